import { expect, test } from 'vitest'
import { lastArmed } from '../../../src/renderer/src/app/last-armed.ts'
import { batchWords, isHeld, lookOfBatch, mailLanguages } from '../../../src/renderer/src/features/batches/words.ts'
import type { Batch } from '../../../src/shared/contract/batches.ts'
import type { Decision } from '../../../src/shared/contract/decisions.ts'

const batch = (state: Batch['state'], why: string | null, counts: Batch['counts']): Batch => ({
  id: '01a218cd-413d-79dd-ba13-94b928ebc74f',
  kind: 'account.limit',
  label: '40 accounts',
  state,
  why,
  waitingFor: null,
  armedAt: 0,
  sendAt: state === 'held' ? 7_000 : null,
  counts,
  size: 40,
  servers: ['s1'],
  requestsLeft: 0,
  secondsLeft: 0,
})

test('a batch that is just being armed is not told to be paused, and the key that takes back takes it', () => {
  const arming = batch('paused', 'pause.arming', { held: 25 })
  expect(batchWords(arming, 0)).toBe('limiting: 25 of 40 held so far')
  expect(isHeld(arming)).toBe(true)
})

test('what counts down is held; what a person paused in the middle is not, and says how far it came', () => {
  const held = batch('held', null, { held: 40 })
  expect(batchWords(held, 0)).toBe('limiting 40 at once in 7s')
  expect(isHeld(held)).toBe(true)
  expect(batchWords({ ...batch('running', null, { done: 6, ready: 34 }), waitingFor: 'server' }, 0)).toBe(
    'limiting waits for the server: 6 of 40 sent',
  )
  const paused = batch('paused', 'pause.by-person', { done: 24, ready: 16 })
  expect(batchWords(paused, 0)).toBe('limiting: paused at 24 of 40')
  expect(isHeld(paused)).toBe(false)
  expect(isHeld(batch('ended', null, { done: 40 }))).toBe(false)
})

test('what ended says how: taken back whole it did nothing, and what failed or is unknown is not told to be done', () => {
  const back = batch('ended', null, { cancelled: 40 })
  expect(batchWords(back, 0)).toBe('limiting 40: taken back, nothing was sent')
  expect(lookOfBatch(back)).toBe('cancelled')
  const some = batch('ended', null, { done: 24, cancelled: 13, superseded: 1, failed: 1, stopped: 1 })
  expect(batchWords(some, 0)).toBe('limiting: ended, 24 of 40 done, 14 taken back, 2 not done')
  expect(lookOfBatch(some)).toBe('failed')
  expect(batchWords(batch('ended', null, { done: 40 }), 0)).toBe('limiting: ended, 40 of 40 done')
  expect(lookOfBatch(batch('ended', null, { done: 40 }))).toBe('done')
  const lost = batch('ended', null, { done: 39, 'needs-person': 1 })
  expect(batchWords(lost, 0)).toBe('limiting: ended, 39 of 40 done, 1 unknown')
  expect(lookOfBatch(lost)).toBe('unknown')
})

test('in which languages members get a mail is told by name, the few last as a number', () => {
  expect(
    mailLanguages([
      { language: 'de', count: 6 },
      { language: 'pt_BR', count: 2 },
      { language: null, count: 1 },
    ]),
  ).toMatch(/^The server’s own words will be in German for 6, .*Portuguese.* for 2, a language not known here for 1\.$/)
  expect(mailLanguages([{ language: 'de', count: 1 }])).toBe(
    'The server’s own words will be in German, the member’s language.',
  )
  const many = ['de', 'fr', 'es', 'it', 'nl', 'pl'].map(language => ({ language, count: 1 }))
  expect(mailLanguages(many)).toContain('other languages for 2')
})

test('the key takes back what was armed last, and the bar says so there and nowhere else', () => {
  const one = (armedAt: number, state: Decision['state'] = 'held') =>
    ({ id: `one at ${armedAt}`, armedAt, state }) as Decision
  const many = (armedAt: number, state: Batch['state'] = 'held') => ({ ...batch(state, null, { held: 40 }), armedAt })
  const id = many(0).id
  expect(lastArmed([one(1), one(3)], [many(2)])).toEqual({ of: 'decision', id: 'one at 3' })
  expect(lastArmed([one(1)], [many(2)])).toEqual({ of: 'batch', id })
  expect(lastArmed([one(1)], [many(2, 'running')])).toEqual({ of: 'decision', id: 'one at 1' })
  expect(lastArmed([one(3, 'done')], [many(2)])).toEqual({ of: 'batch', id })
  expect(lastArmed([one(3, 'sending')], [])).toBe(null)
})
