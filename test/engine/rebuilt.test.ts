import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until } from './ground.ts'
import { ended, kinds, openBench, untilIn } from './journal-ground.ts'

test('the mirror breaks while the outcome of every kind is unknown: each is looked at before the lists are read anew, proves the same, and nothing is sent again', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const armed = new Map<string, string>()
  for (const kind of kinds) {
    bench.faultOn(kind, { kind: 'cut-after' })
    armed.set(kind, (await bench.armKind(kind)).id)
  }
  ground.clock.advance(2_000)
  const states = async (on = desk) =>
    Object.fromEntries(
      await Promise.all(
        [...armed].map(async ([kind, id]) => [kind, (await on.call('decisions.one', { id })).decision.state]),
      ),
    )
  // No second passes, so that none is looked at yet.
  await until(
    () => states(),
    all => Object.values(all).every(state => state === 'unknown'),
    ground.patient,
    1,
  )
  await ground.closeEngine()
  writeFileSync(join(ground.folder, 'mirror.db'), 'no database at all '.repeat(400))
  ground.clock.advance(10_000)
  const asked: string[] = []
  ground.between(async (real, input, init) => {
    asked.push(`${init?.method ?? 'GET'} ${new URL(String(input)).pathname}${new URL(String(input)).search}`)
    return await real(input, init)
  })
  await ground.openEngine()
  const again = ground.client()
  for (const [kind, id] of armed) {
    const { state, why } = await untilIn(ground, again, id, ended)
    expect([kind, state, why]).toEqual([kind, 'done', 'why.read-back'])
  }
  // As many looks as may be on the way at once, then the first page of the sync.
  const page = asked.findIndex(one => one.startsWith('GET /api/v1/admin/reports?limit'))
  expect(asked.slice(0, page).filter(one => one.includes('/admin/')).length).toBeGreaterThanOrEqual(4)
  for (const kind of kinds) expect([kind, bench.writes(kind).length, bench.happened(kind)]).toEqual([kind, 1, true])
  const { entries } = await again.call('log.page', { limit: 200 })
  expect(entries.filter(({ source }) => source === 'saw')).toEqual([])
})
