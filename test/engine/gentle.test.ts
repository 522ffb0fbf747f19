import { expect, test } from 'vitest'
import { playHours } from './gentle.ts'

// The long form, a day on a larger server, is in test/soak.
test('hours beside someone who browses: nobody is refused, and most of everything is left to them', async () => {
  const played = await playHours(2, { reports: 4_200, page: 20, blocks: 1_200, signups: 300, seed: 1 })
  expect([played.refusedOfOurs, played.refusedOfPerson]).toEqual([0, 0])
  expect(played.mostCalls).toBeLessThanOrEqual(180)
  // The history alone is more than may be read in a quarter of an hour.
  expect(played.mostPaged).toBeGreaterThan(150)
  expect(played.mostPaged).toBeLessThanOrEqual(180)
  expect(played.sweepShare).toBeLessThanOrEqual(0.05)
  expect(played.sweeps).toBeGreaterThan(20)
  expect(played.firstRequests).toBeLessThanOrEqual(played.firstWanted + 10)
}, 120_000)
