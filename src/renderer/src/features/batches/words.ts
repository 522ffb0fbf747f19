import type { Batch } from '../../../../shared/contract/batches.ts'
import type { DecisionState } from '../../../../shared/contract/decisions.ts'
import { say, sayCode } from '../../../../shared/messages/say.ts'
import { doing, secondsLeft } from '../../ui/decision-words.ts'
import { seconds, span } from '../../ui/format.ts'

const countOf = (batch: Batch, ...states: DecisionState[]) =>
  states.reduce((sum, state) => sum + (batch.counts[state] ?? 0), 0)

/** How many of it have not left yet. */
export const waiting = (batch: Batch) => countOf(batch, 'held', 'ready')
/** How many have left or ended. */
export const sent = (batch: Batch) => batch.size - waiting(batch)

/** The lines of its panel: what looks the same to a person is one line. */
export const lines = (batch: Batch) =>
  (
    [
      { state: 'done', count: countOf(batch, 'done') },
      { state: 'sending', count: countOf(batch, 'sending') },
      { state: 'unknown', count: countOf(batch, 'unknown', 'needs-person') },
      { state: 'failed', count: countOf(batch, 'failed', 'stopped', 'not-done') },
      { state: 'held', count: waiting(batch) },
      { state: 'cancelled', count: countOf(batch, 'cancelled', 'superseded') },
    ] as const
  ).filter(line => line.count > 0)

/** `4 minutes`, or nothing while it takes no time worth telling. */
export const timeLeft = (count: number) => (count < 5 ? null : span(count * 1000))

/** Whether its window still counts down. Its decisions leave the window one after the other, so it may be held and sending at once. */
export const countsDown = (batch: Batch, now: number): batch is Batch & { sendAt: number } =>
  batch.state === 'held' && batch.sendAt !== null && batch.sendAt > now

/** Not all of it is armed yet; for a moment, or for good where a crash came between. */
const isArming = (batch: Batch) => batch.state === 'paused' && batch.why === 'pause.arming'
/** Whether the key that takes back the last thing means it: none of it has left. */
export const isHeld = (batch: Batch) => batch.state === 'held' || isArming(batch)

/** One sentence: `limiting 38 accounts in 7s`, `24 of 38 sent`, `paused at 24 of 38`. */
export const batchWords = (batch: Batch, now: number): string => {
  const values = { what: doing(batch.kind), size: batch.size, sent: sent(batch) }
  if (isArming(batch)) return say('batch.arming', { ...values, armed: waiting(batch) })
  if (countsDown(batch, now)) return say('batch.held', { ...values, left: seconds(secondsLeft(batch.sendAt, now)) })
  if (batch.state === 'ended') return say('batch.ended', { ...values, done: batch.counts.done ?? 0 })
  return say(batch.state === 'paused' ? 'batch.paused' : 'batch.running', values)
}

/** Why it is paused, in a sentence. */
export const pauseWords = (batch: Batch) => (batch.why === null ? null : sayCode(batch.why))
