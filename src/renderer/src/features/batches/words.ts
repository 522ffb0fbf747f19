import type { Batch } from '../../../../shared/contract/batches.ts'
import type { DecisionState } from '../../../../shared/contract/decisions.ts'
import { say, sayCode } from '../../../../shared/messages/say.ts'
import { languageTag } from '../../../../shared/template-text.ts'
import type { Output } from '../../client/question.ts'
import { doing, secondsLeft } from '../../ui/decision-words.ts'
import { language, seconds, series, span } from '../../ui/format.ts'

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

const endedWords = (batch: Batch, values: { what: string; size: number }) => {
  const of = (state: DecisionState) => lines(batch).find(line => line.state === state)?.count ?? 0
  if (of('cancelled') === batch.size) return say('batch.ended-back', values)
  const ends = { done: of('done'), back: of('cancelled'), failed: of('failed'), unknown: of('unknown') }
  return say('batch.ended', { ...values, ...ends })
}

/** How it looks as a whole. One that ended is done only where all that went out of it is. */
export const lookOfBatch = (batch: Batch): DecisionState => {
  if (batch.state === 'held') return 'held'
  if (batch.state === 'running') return batch.waitingFor === null ? 'sending' : 'ready'
  if (batch.state === 'paused') return 'unknown'
  const has = (state: DecisionState) => lines(batch).some(line => line.state === state)
  return has('unknown') ? 'unknown' : has('failed') ? 'failed' : has('done') ? 'done' : 'cancelled'
}

/** So many languages are named; the rest is a number. */
const NAMED = 4

/** In which languages a server writes to those who get a mail: `German for 6, French for 2`. */
export const mailLanguages = (readers: Output<'batches.preview'>['readers']): string => {
  const [only, second] = readers
  const tag = languageTag(only?.language ?? null)
  if (tag !== null && only?.count === 1 && !second) return say('preview.language', { language: language(tag) })
  const one = readers.slice(0, NAMED).map(({ language: name, count }) => {
    const tag = languageTag(name)
    return tag === null
      ? say('batch.reader-unknown', { count })
      : say('batch.reader', { language: language(tag), count })
  })
  const rest = readers.slice(NAMED).reduce((sum, { count }) => sum + count, 0)
  return say('batch.readers', {
    languages: series(rest === 0 ? one : [...one, say('batch.reader-others', { count: rest })]),
  })
}

/** One sentence: `limiting 38 accounts in 7s`, `24 of 38 sent`, `paused at 24 of 38`. */
export const batchWords = (batch: Batch, now: number): string => {
  const values = { what: doing(batch.kind), size: batch.size, sent: sent(batch) }
  if (isArming(batch)) return say('batch.arming', { ...values, armed: waiting(batch) })
  if (countsDown(batch, now)) return say('batch.held', { ...values, left: seconds(secondsLeft(batch.sendAt, now)) })
  if (batch.state === 'ended') return endedWords(batch, values)
  if (batch.state === 'paused') return say('batch.paused', values)
  if (batch.waitingFor !== null)
    return say('batch.waits', { ...values, waits: say(`waits.${batch.waitingFor}`, { what: values.what }) })
  return say('batch.running', values)
}

/** Whether something stopped it, so that it waits for a person who may not know of it: not one who paused it, nor for a moment. */
export const asksAboutBatch = ({ state, why }: Batch): boolean =>
  state === 'paused' && !['pause.by-person', 'pause.taking-back', 'pause.arming'].includes(why ?? '')

/** Why it is paused, in a sentence. */
export const pauseWords = (batch: Batch) => (batch.why === null ? null : sayCode(batch.why))
