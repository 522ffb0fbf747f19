import { decisions } from '../../../shared/contract/decisions.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import { reports } from '../../../shared/contract/reports.ts'
import type { Output } from '../client/question.ts'
import type { Known } from '../client/use-live.ts'

export type CaseAndLadder = [Output<'reports.case'>, Output<'decisions.ladder'>]

/** What makes a case or its ladder stale. */
export const caseTopics = [...new Set([...reports['reports.case'].topics, ...decisions['decisions.ladder'].topics])]

/** A command on its way, behind which a question was sent. */
type Command = { isAnswered: boolean }
/** `behind`: the command that it is sent behind. `later`: nobody waits for it. */
type How = { behind?: Command; later?: true | undefined }
type Asked = {
  answer: Promise<CaseAndLadder>
  /** Somebody waits for it now: it no longer lets all else go before it. */
  hurry(): void
  came: CaseAndLadder | undefined
  abort: AbortController
  /** The command that the question was sent behind. */
  behind: Command | undefined
  /** The command that leads to it and does not concern it. */
  over: Command | undefined
  /** Whether something was told to be changed while that command was on its way. */
  isStale: boolean
}

const keyOf = ({ server, id }: Target) => `${server} ${id}`

/**
 * Cases with their ladders, each asked for once for as long as its answer is fresh: the one in view, and those that a key would lead
 * to. Whoever makes it watches `caseTopics`, and has `drop` run when one of them changes.
 */
export const askCases = (engine: Pick<Engine, 'call'>) => {
  const asked = new Map<string, Asked>()
  const ask = (target: Target, { behind, later }: How = {}): Asked => {
    const key = keyOf(target)
    const known = asked.get(key)
    // What was asked before the command is not what it leads to.
    if (known && !behind) {
      if (!later) known.hurry()
      return known
    }
    const { server, id } = target
    const abort = new AbortController()
    const { signal } = abort
    const waited = new AbortController()
    const how = { signal, later: later && waited.signal }
    const answer = Promise.all([
      engine.call('reports.case', { server, id }, how),
      engine.call('decisions.ladder', { server, subject: { of: 'report', id } }, how),
    ])
    const hurry = () => waited.abort()
    const mine: Asked = { answer, hurry, came: undefined, abort, behind, over: undefined, isStale: false }
    asked.set(key, mine)
    const gone = () => asked.get(key) === mine && asked.delete(key)
    answer.then(
      came => {
        // Answered before the command: it may not have seen what that did.
        mine.isStale = behind?.isAnswered === false
        if (mine.isStale && mine.over !== behind) gone()
        else mine.came = came
      },
      // Whoever waits for it hears why; the next one asks anew.
      gone,
    )
    return mine
  }
  const begin = (command: Promise<unknown>): Command => {
    const begun: Command = { isAnswered: false }
    const answered = () => {
      begun.isAnswered = true
    }
    command.then(answered, answered)
    return begun
  }
  return {
    /** What is here already. It is fresh where nothing was told to be changed since it was asked for. */
    known: (target: Target): Known<CaseAndLadder> | undefined => {
      const known = asked.get(keyOf(target))
      return known?.came && { data: known.came, isFresh: !known.isStale }
    },
    read: (target: Target, later?: true): Promise<CaseAndLadder> => {
      if (asked.get(keyOf(target))?.isStale) asked.delete(keyOf(target))
      return ask(target, { later }).answer
    },
    /** The same for whoever only waits: it ends when the answer is here, or none can be had. */
    ahead: (target: Target): Promise<unknown> => ask(target).answer.catch(() => {}),
    /**
     * Asks in the same breath as a command, without waiting for it: a wire is answered in order, so an answer behind the command's own
     * has seen all that was told to be changed until then.
     */
    behind: (command: Promise<unknown>, target: Target): void => {
      ask(target, { behind: begin(command) }).answer.catch(() => {})
    },
    /**
     * The same for a command that changes nothing about it: what was read ahead is gone to, and read again where anything was told to be
     * changed meanwhile. What nobody asked for yet is asked for behind the command.
     */
    over: (command: Promise<unknown>, target: Target): void => {
      const behind = begin(command)
      const known = asked.get(keyOf(target))
      const mine = known ? ask(target) : ask(target, { behind })
      mine.over = behind
      mine.answer.catch(() => {})
    },
    /** Asks for these; forgets, or calls off, all others but one that may be gone back to. */
    keep: (targets: readonly Target[], back?: Target) => {
      const keys = new Set([...targets, ...(back ? [back] : [])].map(keyOf))
      for (const [key, { abort }] of asked) {
        if (keys.has(key)) continue
        asked.delete(key)
        abort.abort()
      }
      for (const target of targets) ask(target, { later: true })
    },
    /** Something changed: no answer to a question from before holds, but for one behind a command that is not answered yet. Who waits for one still gets it. */
    drop: () => {
      for (const [key, known] of asked) {
        const { came, behind, over } = known
        if (over?.isAnswered === false) known.isStale ||= over !== behind
        else if (came || !behind || behind.isAnswered) asked.delete(key)
      }
    },
  }
}
export type Cases = ReturnType<typeof askCases>
