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
  // Page by page too, not on the whole alone: a twentieth of the time, and of the paged calls.
  expect(played.leastRest).toBeGreaterThanOrEqual(19.9)
  expect(played.mostSwept).toBeLessThanOrEqual(15)
  // And yet the short lists were walked through, and the long one of open reports, for which the hours are too short, had its turns.
  const short = played.lists.filter(({ list, rows }) => !list.startsWith('reports') && rows > 0)
  expect(short.map(({ list }) => list)).toEqual(['signups', 'domain-blocks', 'email-domain-blocks', 'ip-blocks'])
  expect(short.filter(({ sweptAt }) => sweptAt === null)).toEqual([])
  expect(played.openSweeps).toBeGreaterThan(10)
  expect(played.firstRequests).toBeLessThanOrEqual(played.firstWanted + 10)
}, 120_000)
