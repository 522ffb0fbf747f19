import { type MessageCode, say } from '../../shared/messages/say.ts'
import type { Question } from './question.ts'

/** What can be wrong with the desktop's page: its process ended soon after it had begun again, or it answers no key. */
export type PageTrouble = 'died' | 'hangs'

/** What a person answers then. */
export type PageAnswer = 'again' | 'quit' | 'wait'

/** Two deaths so near to one another are of one cause: beginning again by itself would go round and round. */
const SOON_MS = 10_000

const labels: Readonly<Record<PageAnswer, MessageCode>> = {
  again: 'door.page.again',
  quit: 'door.quit',
  wait: 'door.page.wait',
}

/** What is asked where the shell cannot know what is better. */
export const pageQuestion = (trouble: PageTrouble): Question<PageAnswer> => {
  const answers: readonly PageAnswer[] = trouble === 'died' ? ['again', 'quit'] : ['wait', 'again']
  return {
    type: 'warning',
    message: say(`door.page.${trouble}`),
    detail: say('door.page.says'),
    answers,
    labels: answers.map(answer => say(labels[answer])),
    closed: trouble === 'died' ? 'again' : 'wait',
  }
}

/** What the shell can do with its page. */
export type PageHands = {
  /** Asks the person, until `over` says that there is nothing to ask any more; only the shell can. */
  ask(question: Question<PageAnswer>, over: AbortSignal): Promise<PageAnswer>
  /** Loads it anew in a new process. */
  reload(): void
  /** Ends the process of one that hangs: it then died, and is reloaded for that. */
  end(): void
  quit(): void
}

/**
 * Watches over the desktop's page: all that it showed and all that was typed into it is in the engine, so that one that died begins again.
 * One question at a time; it goes away where the page answers again or dies meanwhile.
 */
export const watchPage = ({ ask, reload, end, quit }: PageHands, now: () => number = Date.now) => {
  let diedAt = Number.NEGATIVE_INFINITY
  let asking: AbortController | undefined
  const over = () => {
    asking?.abort()
    asking = undefined
  }
  const askAbout = async (trouble: PageTrouble, again: () => void) => {
    if (asking) return
    const mine = new AbortController()
    asking = mine
    const answer = await ask(pageQuestion(trouble), mine.signal)
    if (asking !== mine) return
    asking = undefined
    if (answer === 'again') again()
    if (answer === 'quit') quit()
  }
  return {
    /** Its process ended; `reason` as Electron names it. */
    died: (reason: string): void => {
      if (reason === 'clean-exit') return
      over()
      const soon = now() - diedAt < SOON_MS
      diedAt = now()
      if (soon) void askAbout('died', reload)
      else reload()
    },
    hangs: (): void => void askAbout('hangs', end),
    answers: over,
  }
}
