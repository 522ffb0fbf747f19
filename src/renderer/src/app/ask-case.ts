import type { Target } from '../../../shared/contract/ids.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import type { Output } from '../client/use-live.ts'
import { sameTarget } from '../features/reports/store.ts'

type CaseAndLadder = [Output<'reports.case'>, Output<'decisions.ladder'>]
type Caller = Pick<Engine, 'call'>

const ask = (engine: Caller, { server, id }: Target, signal: AbortSignal): Promise<CaseAndLadder> =>
  Promise.all([
    engine.call('reports.case', { server, id }, { signal }),
    engine.call('decisions.ladder', { server, subject: { of: 'report', id } }, { signal }),
  ])

let asked: { target: Target; abort: AbortController; answer: Promise<CaseAndLadder> } | undefined

/** Asks for a case and its ladder before the page draws that it goes there, so that the engine reads meanwhile. */
export const askAhead = (engine: Caller, target: Target): void => {
  const abort = new AbortController()
  const answer = ask(engine, target, abort.signal)
  // Whoever takes it hears why it failed.
  answer.catch(() => {})
  asked?.abort.abort()
  const mine = { target, abort, answer }
  asked = mine
  // Taken in this very task or never: later, a change told meanwhile would have been missed.
  setTimeout(() => {
    if (asked !== mine) return
    asked = undefined
    abort.abort()
  })
}

/** What was asked ahead for this target, once; else it is asked now. */
export const takeCase = (engine: Caller, target: Target, signal: AbortSignal): Promise<CaseAndLadder> => {
  const mine = asked && sameTarget(asked.target, target) ? asked : undefined
  if (!mine) return ask(engine, target, signal)
  asked = undefined
  signal.addEventListener('abort', () => mine.abort.abort())
  return mine.answer
}
