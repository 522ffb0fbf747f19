import type { Decision, DecisionKind, DecisionState } from '../../../shared/contract/decisions.ts'
import type { MessageCode } from '../../../shared/messages/say.ts'
import { say } from '../../../shared/messages/say.ts'
import { exactTime, seconds, timeOrDate } from './format.ts'

export type ToldDecision = Pick<Decision, 'kind' | 'state' | 'waitingFor' | 'sendAt' | 'settledAt'>

export const kindName = (kind: DecisionKind) => say(`kind.${kind}`)
/** `suspend`: within a sentence. */
export const kindVerb = (kind: DecisionKind) => say(`log.kind.${kind}`)
export const doing = (kind: DecisionKind) => say(`doing.${kind}`)
const done = (kind: DecisionKind) => say(`done.${kind}`)

/** Seconds of the grace window that are left. */
export const secondsLeft = (sendAt: number, now: number) => Math.max(0, Math.ceil((sendAt - now) / 1000))

/** Whether nothing of it has left yet, so that it can be taken back. */
export const canTakeBack = ({ state }: Pick<Decision, 'state'>) => state === 'held' || state === 'ready'

/** Whether it has not ended yet, so that nothing else is decided in its row. */
export const isUnderway = (decision: Pick<Decision, 'settledAt'> | null) =>
  decision !== null && decision.settledAt === null

/** Whether a person has to say something before it goes on. */
export const asksPerson = ({ state, waitingFor }: Pick<Decision, 'state' | 'waitingFor'>) =>
  state === 'unknown' || state === 'needs-person' || (canTakeBack({ state }) && waitingFor === 'confirm')

/** The state that it is drawn as: what asks a person looks so, whatever it waited for before. */
export const drawnAs = (decision: Pick<Decision, 'state' | 'waitingFor'>): DecisionState =>
  asksPerson(decision) ? 'needs-person' : decision.state

/** The five looks of a state; the words beside tell the finer difference. */
export const lookOf = (state: DecisionState) =>
  (
    ({
      held: 'held',
      ready: 'held',
      sending: 'sending',
      unknown: 'unknown',
      'needs-person': 'unknown',
      done: 'done',
      failed: 'failed',
      stopped: 'failed',
      'not-done': 'failed',
      cancelled: 'ended',
      superseded: 'ended',
    }) as const
  )[state]

/** `limiting in 7s`, `waits for the server`, `limited 14:02`, … `until`: when its server may be asked again, where that is known. */
export const decisionWords = (
  { kind, state, waitingFor, sendAt, settledAt }: ToldDecision,
  now: number,
  until: number | null = null,
): string => {
  const what = doing(kind)
  if (canTakeBack({ state })) {
    if (waitingFor === 'rate' && until !== null && until > now)
      return say('waits.rate-until', { what, at: exactTime(until) })
    if (waitingFor !== null) return say(`waits.${waitingFor}`, { what })
    return state === 'held' && sendAt !== null
      ? say('decided.held', { what, left: seconds(secondsLeft(sendAt, now)) })
      : say('waits.turn', { what })
  }
  if (state === 'done')
    return say('decided.done', { what: done(kind), at: settledAt === null ? '' : timeOrDate(settledAt, now) })
  const code: MessageCode = `decided.${state as Exclude<DecisionState, 'held' | 'ready' | 'done'>}`
  return say(code, { what, name: kindName(kind) })
}
