import { expect, test } from 'vitest'
import { batchWords, isHeld } from '../../../src/renderer/src/features/batches/words.ts'
import type { Batch } from '../../../src/shared/contract/batches.ts'

const batch = (state: Batch['state'], why: string | null, counts: Batch['counts']): Batch => ({
  id: '01a218cd-413d-79dd-ba13-94b928ebc74f',
  kind: 'account.limit',
  label: '40 accounts',
  state,
  why,
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
  const paused = batch('paused', 'pause.by-person', { done: 24, ready: 16 })
  expect(batchWords(paused, 0)).toBe('limiting: paused at 24 of 40')
  expect(isHeld(paused)).toBe(false)
  expect(isHeld(batch('ended', null, { done: 40 }))).toBe(false)
})
