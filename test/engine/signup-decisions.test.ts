import { expect, test } from 'vitest'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import type { BatchItem } from '../../src/shared/contract/batches.ts'
import type { DecisionKind, Fields } from '../../src/shared/contract/decisions.ts'
import { NOON, openGround, openRows, signInAndSync, until } from './ground.ts'
import { ended, openBench, readDecision, untilIn } from './journal-ground.ts'
import { addWave } from './signups-ground.ts'

test.for(['signup.approve', 'signup.reject'] as const)(
  'a colleague approved first: %s stops, and nothing is sent',
  async kind => {
    await using bench = await openBench()
    const { ground, desk } = bench
    const armed = await bench.armKind(kind)
    const { user } = bench.placeOf(kind).account
    if (user) user.approved = true
    expect(await untilIn(ground, desk, armed.id, ended)).toMatchObject({
      state: 'stopped',
      why: 'why.approved-meanwhile',
    })
    expect(bench.writes(kind)).toEqual([])
    // It waits no more here either.
    const subject = { of: 'signup' as const, id: bench.placeOf(kind).account.id }
    await expect(desk.call('decisions.ladder', { server: bench.key, subject })).rejects.toMatchObject({
      code: 'not-found',
    })
  },
)

test.for(['signup.approve', 'signup.reject'] as const)('a colleague rejected first: %s stops', async kind => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const armed = await bench.armKind(kind)
  ground.server.world.removeAccount(bench.placeOf(kind).account)
  expect(await untilIn(ground, desk, armed.id, ended)).toMatchObject({
    state: 'stopped',
    why: 'why.rejected-meanwhile',
  })
  expect(bench.writes(kind)).toEqual([])
})

test('a batch of 60: those whom colleagues answered first say so, one fault stops nothing, nobody is read before', async () => {
  await using ground = await openGround()
  const wave = addWave(ground.server.world, 60)
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  await desk.call('settings.set', { graceSeconds: 2 })
  const items: BatchItem[] = wave.map(({ id }) => ({ server: key, subject: { of: 'signup', id } }))
  const preview = await desk.call('batches.preview', { kind: 'signup.reject', items })
  expect(preview).toMatchObject({ possible: 60, closes: 0, mails: 0, requests: 60 })
  const { batch } = await desk.call('batches.arm', { kind: 'signup.reject', items, label: 'the wave' })
  const [approved, rejected, broken] = wave.slice(10, 13)
  if (!approved?.user || !rejected || !broken) throw new Error('no wave')
  // Four in a row that a colleague approved: each is a 403, and none of them a reason to stop.
  for (const one of wave.slice(20, 24)) if (one.user) one.user.approved = true
  approved.user.approved = true
  ground.server.world.removeAccount(rejected)
  ground.server.faults.add(
    { kind: 'status', status: 422 },
    { method: 'POST', path: new RegExp(`/${broken.id}/reject$`) },
  )
  const readBatch = async () =>
    (await desk.call('batches.list', { all: true })).batches.find(one => one.id === batch.id)
  const end = await until(readBatch, one => one?.state === 'ended', ground.patient, 2_000)
  expect(end?.counts).toEqual({ done: 53, failed: 7 })
  const { decisions } = await desk.call('decisions.page', { limit: 200 })
  const whyOf = (id: string) => decisions.find(one => one.subject.id === id)?.why
  expect([whyOf(approved.id), whyOf(rejected.id), whyOf(broken.id)]).toEqual([
    'why.approved-meanwhile',
    'why.rejected-meanwhile',
    'why.refused',
  ])
  expect(ground.server.ledger.of(/\/reject$/)).toHaveLength(60)
  expect(
    wave
      .filter(one => ground.server.world.account(one.id) !== undefined)
      .map(one => one.id)
      .sort(),
  ).toEqual([approved, broken, ...wave.slice(20, 24)].map(one => one.id).sort())
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})

test('what the role does not allow is refused; so is who does not wait', async () => {
  await using bench = await openBench()
  const { desk, key } = bench
  const member = bench.ground.server.world.accountsByHandle.get('amina')?.id ?? ''
  const on = { server: key, subject: { of: 'signup' as const, id: member } }
  await expect(desk.call('decisions.arm', { ...on, kind: 'signup.reject' })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(desk.call('decisions.ladder', on)).rejects.toMatchObject({ code: 'not-found' })
})

test('deleted data: only of the suspended, with the name typed, never in a batch; lifting is not offered after it', async () => {
  await using bench = await openBench()
  const { ground, desk, key } = bench
  const { account } = bench.placeOf('account.delete')
  const on = { server: key, subject: { of: 'account' as const, id: account.id } }
  const arm = (kind: DecisionKind, typed = '') => desk.call('decisions.arm', { ...on, kind, typed })
  await expect(arm('account.delete')).rejects.toMatchObject({ code: 'not-allowed', detail: { reason: 'brake.delete' } })
  const preview = await desk.call('batches.preview', { kind: 'account.delete', items: [on] })
  expect(preview).toMatchObject({ possible: 0, left: [{ code: 'brake.delete', count: 1 }] })
  const before = await desk.call('decisions.ladder', on)
  expect(before.ways.map(way => way.kind)).toContain('account.unsuspend')
  const other = { server: key, subject: { of: 'account' as const, id: bench.placeOf('account.limit').account.id } }
  await expect(desk.call('decisions.arm', { ...other, kind: 'account.delete' })).rejects.toMatchObject({
    detail: { reason: 'refusal.delete-first-suspend' },
  })
  // Lifting that was armed first does not go out behind a deletion: the later decision takes its place.
  const lift = (await arm('account.unsuspend')).decision
  const rung = before.asides.find(each => each.kind === 'account.delete')
  const deleting = (await arm('account.delete', rung?.name)).decision
  expect((await untilIn(ground, desk, deleting.id, ended)).state).toBe('done')
  expect((await readDecision(desk, lift.id)).state).toBe('superseded')
  ground.clock.advance(1)
  expect(account.purged).toBe(true)
  const after = await desk.call('decisions.ladder', on)
  expect(after.ways.map(way => way.kind)).not.toContain('account.unsuspend')
  await expect(arm('account.unsuspend')).rejects.toMatchObject({ detail: { reason: 'refusal.deleted' } })
  await expect(arm('account.delete', rung?.name)).rejects.toMatchObject({ detail: { reason: 'refusal.deleted' } })
})

test('nothing left to delete: the server says no, and the decision says why', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  ground.server.world.deletions.delete(bench.placeOf('account.delete').account.id)
  const armed = await bench.armKind('account.delete')
  expect(await untilIn(ground, desk, armed.id, ended)).toMatchObject({ state: 'failed', why: 'why.nothing-to-delete' })
})

test('a role without the right may not delete', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'moderator')
  const [row] = await openRows(desk)
  const on = { server: key, subject: { of: 'account' as const, id: row?.target.id ?? '' } }
  const { asides } = await desk.call('decisions.ladder', on)
  expect(asides.find(rung => rung.kind === 'account.delete')?.refusal).toBe('refusal.role-delete')
})

test.for<[Fields, string, string]>([
  [{ category: 'violation', rules: [] }, 'rules', 'field.rules-needed'],
  [{ category: 'violation', rules: ['77'] }, 'rules', 'field.rule-unknown'],
  [{ category: 'violation', rules: ['1; drop'] }, 'rules.0', 'field.rule-unknown'],
  [{ category: 'nonsense' }, 'category', 'field.category'],
  [{ rules: ['1'] }, 'category', 'field.category'],
])('a category that the server refuses or breaks on is caught: %j', async ([fields, path, reason]) => {
  await using bench = await openBench()
  const { desk, key, ground } = bench
  const subject = { of: 'report' as const, id: bench.placeOf('report.categorise').report.id }
  await expect(
    desk.call('decisions.arm', { server: key, subject, kind: 'report.categorise', fields }),
  ).rejects.toMatchObject({ code: 'invalid-input', detail: { path, reason } })
  expect(ground.server.ledger.entries).toEqual([])
})

test('a category as it goes out: rules only with violation, each once; the same again is refused', async () => {
  await using bench = await openBench()
  const { desk, key, ground } = bench
  const { report } = bench.placeOf('report.categorise')
  const subject = { of: 'report' as const, id: report.id }
  const arm = async (fields: Fields) =>
    (await desk.call('decisions.arm', { server: key, subject, kind: 'report.categorise', fields })).decision
  const first = await arm({ category: 'violation', rules: ['2', '1', '2'] })
  expect(first.fields).toEqual({ category: 'violation', rules: ['1', '2'] })
  expect((await untilIn(ground, desk, first.id, ended)).state).toBe('done')
  expect([report.category, report.ruleIds]).toEqual(['violation', ['1', '2']])
  await expect(arm({ category: 'violation', rules: ['2', '1'] })).rejects.toMatchObject({
    detail: { reason: 'refusal.same-category' },
  })
  const second = await arm({ category: 'spam', rules: ['1'] })
  expect((await untilIn(ground, desk, second.id, ended)).state).toBe('done')
  expect(report.category).toBe('spam')
  const third = await arm({ category: 'legal' })
  report.category = 'other'
  expect(await untilIn(ground, desk, third.id, ended)).toMatchObject({ state: 'stopped', why: 'why.category-changed' })
})

test('before 4.2 there is no category for what is illegal', async () => {
  await using ground = await openGround({ release: '4.1.25' })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const row = (await openRows(desk)).find(one => one.category !== 'legal')
  const subject = { of: 'report' as const, id: row?.id ?? '' }
  await expect(
    desk.call('decisions.arm', { server: key, subject, kind: 'report.categorise', fields: { category: 'legal' } }),
  ).rejects.toMatchObject({ detail: { reason: 'refusal.no-legal' } })
})

test.for([
  ['4.6.5', 'refusal.report-scope'],
  // Before 4.3 a server does not say what a token may: it is tried.
  ['4.2.20', null],
] as const)('forwarding, %s: for those elsewhere, once, with the right to file reports', async ([release, refusal]) => {
  const world = smallWorld(NOON)
  const accountId = world.accountsByHandle.get('admin')?.id ?? null
  world.addCaller({ name: 'narrow', accountId, scopes: ['read', 'admin:read', 'admin:write'] })
  await using ground = await openGround({ world, release })
  for (const app of world.apps.all()) Object.assign(app, { scopes: ['read', 'admin:read', 'admin:write'] })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'narrow')
  await desk.call('settings.set', { graceSeconds: 2 })
  const refusalOn = async (id: string) =>
    (await desk.call('decisions.ladder', { server: key, subject: { of: 'report', id } })).asides.find(
      aside => aside.kind === 'report.forward',
    )?.refusal
  const rows = await openRows(desk)
  const of = (fits: (row: (typeof rows)[number]) => boolean) => rows.find(fits)?.id ?? ''
  expect(await refusalOn(of(row => row.target.domain === null))).toBe('refusal.forward-local')
  const forwarded = (id: string) => world.reports.get(id)?.forwarded === true
  expect(await refusalOn(of(row => row.target.domain !== null && forwarded(row.id)))).toBe('refusal.forwarded')
  const id = of(row => row.target.domain !== null && !forwarded(row.id))
  expect(await refusalOn(id)).toBe(refusal)
  const on = { server: key, subject: { of: 'report' as const, id }, kind: 'report.forward' as const }
  if (refusal !== null) {
    // Before all else the person is asked to sign in for the right.
    await expect(desk.call('decisions.arm', on)).rejects.toMatchObject({ detail: { reason: 'refusal.no-write-scope' } })
    return
  }
  await expect(desk.call('decisions.arm', { ...on, fields: { comment: 'x'.repeat(1001) } })).rejects.toMatchObject({
    code: 'invalid-input',
    detail: { path: 'comment', reason: 'field.comment-too-long' },
  })
  const { decision } = await desk.call('decisions.arm', { ...on, fields: { comment: ' They sell boots. ' } })
  expect(decision.fields).toEqual({ comment: 'They sell boots.' })
  expect(await untilIn(ground, desk, decision.id, ended)).toMatchObject({ state: 'failed', why: 'why.no-report-scope' })
  // Log: the text is a personal value, no fact.
  const { entries } = await desk.call('log.page', { limit: 50 })
  const armed = entries.find(entry => entry.action === 'decision.armed')
  expect([armed?.facts.fields, armed?.personal.comment]).toEqual([undefined, 'They sell boots.'])
})

test('what we told the server of a target is not told again with another report about them', async () => {
  await using bench = await openBench()
  const { ground, desk, key } = bench
  const armed = await bench.armKind('report.forward')
  expect((await untilIn(ground, desk, armed.id, ended)).state).toBe('done')
  const subject = { of: 'report' as const, id: bench.placeOf('report.forward').report.id }
  const { asides } = await desk.call('decisions.ladder', { server: key, subject })
  expect(asides.find(aside => aside.kind === 'report.forward')?.refusal).toBe('refusal.forwarded')
})
