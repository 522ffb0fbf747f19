import { expect, test } from 'vitest'
import { type Bench, ended, openBench, untilIn } from './journal-ground.ts'

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

/** Where each of these kinds looks whether it happened, and what names its item there; without that it cannot be read. */
const looks = {
  'report.forward': { list: '/admin/reports', names: 'target_account' },
  'domain.block': { list: '/admin/domain_blocks', names: 'domain' },
  'domain.allow': { list: '/admin/domain_allows', names: 'domain' },
  'email-domain.block': { list: '/admin/email_domain_blocks', names: 'domain' },
  'address.block': { list: '/admin/ip_blocks', names: 'ip' },
  'canonical-email.block': { list: '/admin/canonical_email_blocks', names: 'canonical_email_hash' },
} as const
const looking = Object.keys(looks) as (keyof typeof looks)[]

test.each(looking)(
  '%s: what was made and cannot be read is no proof that it was not made: a person is asked',
  async kind => {
    await using bench = await openBench()
    const { ground, desk } = bench
    const { list, names } = looks[kind]
    const before = new Set<string>()
    ground.between(async (real, input, init) => {
      const response = await real(input, init)
      if (!new URL(String(input)).pathname.endsWith(list)) return response
      const rows: { id: string }[] = JSON.parse(await response.clone().text())
      if (!Array.isArray(rows)) return response
      if (bench.writes(kind).length === 0) for (const { id } of rows) before.add(id)
      return Response.json(rows.map(row => (before.has(row.id) ? row : { ...row, [names]: null })))
    })
    bench.faultOn(kind, { kind: 'cut-after' })
    const asked = await untilIn(ground, desk, (await bench.armKind(kind)).id, ended)
    expect(asked).toMatchObject({ state: 'needs-person', why: 'why.nothing-shows' })
    expect([bench.writes(kind).length, bench.happened(kind)]).toEqual([1, true])
  },
)

/** Answers the report of a kind, asked for alone, as something that cannot be read. */
const breakReport = ({ ground, placeOf }: Bench, isBroken: () => boolean) =>
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    const url = input instanceof Request ? input.url : String(input)
    const isIts = url.endsWith(`/admin/reports/${placeOf('report.close').report.id}`)
    if (!isIts || !isBroken()) return response
    const told: object = JSON.parse(await response.text())
    return Response.json({ ...told, target_account: null })
  })

test('a record that has become unreadable stops its own decision, and no other waits behind it', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  breakReport(bench, () => true)
  const close = await bench.armKind('report.close')
  const assign = await bench.armKind('report.assign')
  expect(await untilIn(ground, desk, close.id, ended)).toMatchObject({ state: 'stopped', why: 'why.unreadable' })
  expect(await untilIn(ground, desk, assign.id, ended)).toMatchObject({ state: 'done' })
  expect([bench.writes('report.close').length, bench.happened('report.close')]).toEqual([0, false])
})

test('a record that became unreadable as its decision went out shows nothing: a person is asked', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  breakReport(bench, () => bench.writes('report.close').length > 0)
  bench.faultOn('report.close', { kind: 'cut-after' })
  const close = await bench.armKind('report.close')
  expect(await untilIn(ground, desk, close.id, ended)).toMatchObject({
    state: 'needs-person',
    why: 'why.nothing-shows',
  })
  expect([bench.writes('report.close').length, bench.happened('report.close')]).toEqual([1, true])
})

test('a list that is none stops the decision that looks into it, and no other waits behind it', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  ground.between(async (real, input, init) => {
    const isList = new URL(input instanceof Request ? input.url : String(input)).pathname.endsWith('/domain_blocks')
    return isList && init?.method !== 'POST' ? Response.json({ blocks: [] }) : await real(input, init)
  })
  const block = await bench.armKind('domain.block')
  const close = await bench.armKind('report.close')
  expect(await untilIn(ground, desk, block.id, ended)).toMatchObject({ state: 'stopped', why: 'why.unreadable' })
  expect(await untilIn(ground, desk, close.id, ended)).toMatchObject({ state: 'done' })
  expect(bench.writes('domain.block')).toEqual([])
})
