import { expect, test } from 'vitest'
import { ended, openBench, untilIn } from './journal-ground.ts'

test('F14: a 429 from within a server is read back and never sent again by itself, and keeps no other decision waiting', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  // As many reports as an account may file in a day, from its browser.
  for (let n = 0; n < 400; n++) ground.server.throttles.checkReport(bench.me, ground.clock.now())
  const began = ground.clock.now()
  const forward = await bench.armKind('report.forward')
  const doubted = await untilIn(ground, desk, forward.id, ['unknown'], 1_000)
  expect(doubted).toMatchObject({ why: 'why.limit-within', status: 429 })
  const close = await bench.armKind('report.close')
  await untilIn(ground, desk, close.id, ['done'], 1_000)
  expect(ground.clock.now() - began).toBeLessThan(60_000)
  expect(await untilIn(ground, desk, forward.id, ended)).toMatchObject({ state: 'not-done', why: 'why.read-back-not' })
  expect([bench.writes('report.forward').length, bench.happened('report.forward')]).toEqual([1, false])
})

test('a report of ours that cannot be read is no proof that it was not filed: a person is asked', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const { account } = bench.placeOf('report.forward')
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    const { pathname, searchParams: asked } = new URL(String(input))
    if (!pathname.endsWith('/admin/reports') || asked.get('target_account_id') !== account.id) return response
    const rows: { account: { id: string } }[] = JSON.parse(await response.text())
    const told = rows.map(row => (row.account.id === bench.me ? { ...row, target_account: null } : row))
    return Response.json(told)
  })
  bench.faultOn('report.forward', { kind: 'cut-after' })
  const forward = await bench.armKind('report.forward')
  const asked = await untilIn(ground, desk, forward.id, ended)
  expect(asked).toMatchObject({ state: 'needs-person', why: 'why.nothing-shows' })
  expect([bench.writes('report.forward').length, bench.happened('report.forward')]).toEqual([1, true])
})
