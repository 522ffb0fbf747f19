import type { Engine } from '../../shared/contract/index.ts'
import { type MessageCode, say } from '../../shared/messages/say.ts'
import type { Question } from './question.ts'

/** Decisions that go out by themselves: in their window, and past it. */
export type Underway = { held: number; going: number }

/** What a person answers when the desk closes with decisions under way. */
export type Answer = 'send' | 'keep' | 'stay' | 'back'

/** How long one waits for the engine's word, and for what was sent now to be out. */
const WORD_MS = 3_000
const SENDING_MS = 60_000

const labels: Readonly<Record<Answer, MessageCode>> = {
  send: 'door.close.send',
  keep: 'door.close.keep',
  stay: 'door.close.stay',
  back: 'door.close.back',
}

/** What is asked; nothing while nothing is under way. `unsent`: it was tried, and a server does not answer. */
export const closeQuestion = ({ held, going }: Underway, unsent: boolean): Question<Answer> | null => {
  if (held + going === 0) return null
  const answers: readonly Answer[] = unsent ? ['stay', 'keep', 'back'] : ['send', 'keep', 'stay', 'back']
  return {
    type: 'question',
    message: say('door.close.title'),
    detail: unsent
      ? say('door.close.unsent', { left: held + going })
      : `${[held > 0 ? say('door.close.held', { held }) : '', going > 0 ? say('door.close.going', { going }) : ''].join(' ').trim()}\n\n${say('door.close.says')}`,
    answers,
    labels: answers.map(answer => say(labels[answer])),
    closed: 'back',
  }
}

/** What the desktop does when it is told to close. */
export type Leaving = {
  /** Whether the engine ends with this process; another process's goes on. */
  isOwner(): boolean
  /** Asks the person; only the shell can. */
  ask(question: Question<Answer>): Promise<Answer>
  /** Hides the window and stands in the tray. */
  hide(left: number): void
  /** Quits; a question that still stands goes away. */
  leave(): void
}

const within = <T>(ms: number, of: Promise<T>, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>(resolve => {
    timer = setTimeout(() => resolve(otherwise), ms)
  })
  return Promise.race([of.catch(() => otherwise), late]).finally(() => clearTimeout(timer))
}

/** The ways out of the desktop: nothing that was decided is lost or sent by closing a window. One question at a time. */
export const makeClosing = (engine: Engine, { isOwner, ask, hide, leave }: Leaving, sendingMs = SENDING_MS) => {
  const nothing: Underway = { held: 0, going: 0 }
  // An engine that says nothing keeps nobody in: the journal is on the disk.
  const underway = () => within(WORD_MS, engine.call('decisions.underway', {}), nothing)
  /** Until nothing is under way any more, or it takes too long. */
  const sent = async (): Promise<void> => {
    let stop = () => {}
    const empty = new Promise<void>(resolve => {
      const look = async () => {
        const { held, going } = await underway()
        if (held + going === 0) resolve()
      }
      stop = engine.watch(['decisions'], () => void look())
      void look()
    })
    await within(sendingMs, empty, undefined)
    stop()
  }
  let ending = false
  const close = async (unsent: boolean): Promise<void> => {
    const now = isOwner() ? await underway() : nothing
    if (ending) return
    const question = closeQuestion(now, unsent)
    if (!question) return leave()
    const answer = await ask(question)
    if (ending) return
    if (answer === 'keep') return leave()
    if (answer === 'stay') return hide(now.held + now.going)
    if (answer === 'back') return
    await within(WORD_MS, engine.call('decisions.sendNow', {}), { sent: 0 })
    await sent()
    return await close(true)
  }
  let closing: Promise<void> | undefined
  return {
    /** A person closes the window, or quits. */
    close: (): Promise<void> => {
      closing ??= close(false).finally(() => {
        closing = undefined
      })
      return closing
    },
    /** The system ends, and nobody can be asked any more: nothing is sent for that, and what is held is kept for next time. */
    end: (): void => {
      if (ending) return
      ending = true
      leave()
    },
    isEnding: (): boolean => ending,
  }
}
