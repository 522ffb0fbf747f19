import { expect, test } from 'vitest'
import type { DecisionKind } from '../../src/shared/contract/decisions.ts'
import { ended, openBench, readDecision, untilIn } from './journal-ground.ts'

test('taken back in its window: nothing is sent, and too late is a conflict', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const armed = await bench.armKind('account.suspend')
  expect(armed).toMatchObject({ state: 'held', sendAt: ground.clock.now() + 2_000 })
  const { decision } = await desk.call('decisions.takeBack', { id: armed.id })
  expect(decision).toMatchObject({ state: 'cancelled', why: 'why.taken-back' })
  await expect(desk.call('decisions.takeBack', { id: armed.id })).rejects.toMatchObject({
    code: 'conflict',
    detail: { reason: 'failure.too-late' },
  })
  for (let second = 0; second < 30; second++) ground.clock.advance(1_000)
  expect((await readDecision(desk, armed.id)).state).toBe('cancelled')
  expect(bench.writes('account.suspend')).toEqual([])
  const again = await bench.armKind('account.suspend')
  expect((await untilIn(ground, desk, again.id, ended)).state).toBe('done')
  await expect(desk.call('decisions.takeBack', { id: again.id })).rejects.toMatchObject({ code: 'conflict' })
})

test('a second decision on an account replaces one still held; the same one again is a conflict', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const report = bench.placeOf('account.limit').report.id
  const on = (kind: DecisionKind) =>
    desk.call('decisions.arm', { server: bench.key, subject: { of: 'report', id: report }, kind })
  const first = (await on('account.limit')).decision
  await expect(on('account.limit')).rejects.toMatchObject({
    code: 'conflict',
    detail: { reason: 'refusal.already-armed' },
  })
  const second = (await on('account.suspend')).decision
  expect(await readDecision(desk, first.id)).toMatchObject({ state: 'superseded', why: 'why.superseded' })
  expect((await untilIn(ground, desk, second.id, ended)).state).toBe('done')
  expect(ground.server.ledger.of(/\/action$/).map(entry => entry.body.type)).toEqual(['suspend'])
})

test('one on the same account queues behind one being sent, and goes out after it', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const { report, account } = bench.placeOf('account.limit')
  const on = (kind: DecisionKind) =>
    desk.call('decisions.arm', { server: bench.key, subject: { of: 'report', id: report.id }, kind })
  bench.faultOn('account.limit', { kind: 'silent' })
  const first = (await on('account.limit')).decision
  await untilIn(ground, desk, first.id, ['sending'], 1_000)
  const second = (await on('account.suspend')).decision
  expect(await untilIn(ground, desk, second.id, ['ready'], 1_000)).toMatchObject({ waitingFor: 'turn' })
  expect(ground.server.ledger.of(/\/action$/)).toHaveLength(1)
  expect((await untilIn(ground, desk, first.id, ended)).state).toBe('done')
  // Its account is limited by now: by our own decision, so it is what was expected.
  expect((await untilIn(ground, desk, second.id, ended)).state).toBe('done')
  expect([account.silencedAt !== null, account.suspendedAt !== null]).toEqual([true, true])
})

test('two desks that arm the same at once: one decision, one write; both see it', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const other = ground.client('desktop')
  const report = bench.placeOf('report.close').report.id
  const results = await Promise.allSettled(
    [desk, other].map(one =>
      one.call('decisions.arm', { server: bench.key, subject: { of: 'report', id: report }, kind: 'report.close' }),
    ),
  )
  expect(results.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  const bars = await Promise.all([desk, other].map(one => one.call('decisions.bar', {})))
  expect(bars[0]).toEqual(bars[1])
  const id = bars[0]?.decisions[0]?.id ?? ''
  expect((await untilIn(ground, desk, id, ended)).state).toBe('done')
  expect(bench.writes('report.close')).toHaveLength(1)
})

test.for([
  [
    'report.close',
    'why.already-closed',
    b => Object.assign(b.report, { actionTakenAt: 1, actionTakenByAccountId: b.by }),
  ],
  ['report.reopen', 'why.already-open', b => Object.assign(b.report, { actionTakenAt: null })],
  ['report.unassign', 'why.not-mine', b => Object.assign(b.report, { assignedAccountId: b.by })],
  [
    'account.warn',
    'why.already-closed',
    b => Object.assign(b.report, { actionTakenAt: 1, actionTakenByAccountId: b.by }),
  ],
  ['account.limit', 'why.already-in-force', b => Object.assign(b.account, { silencedAt: 1 })],
  ['account.limit', 'why.changed', b => Object.assign(b.account, { sensitizedAt: 1 })],
  ['account.sensitive', 'why.suspended-meanwhile', b => Object.assign(b.account, { suspendedAt: 1 })],
  ['account.suspend', 'why.already-in-force', b => Object.assign(b.account, { suspendedAt: 1 })],
  ['account.unlimit', 'why.already-in-force', b => Object.assign(b.account, { silencedAt: null })],
] as const satisfies readonly (readonly [DecisionKind, string, (b: Meanwhile) => unknown])[])(
  'a colleague was faster: %s stops with %s, and nothing is sent',
  async ([kind, why, meanwhile]) => {
    await using bench = await openBench()
    const { ground, desk } = bench
    const armed = await bench.armKind(kind)
    const by = ground.server.world.accountsByHandle.get('moderator2')?.id ?? ''
    meanwhile({ ...bench.placeOf(kind), by })
    expect(await untilIn(ground, desk, armed.id, ended)).toMatchObject({ state: 'stopped', why })
    expect(bench.writes(kind)).toEqual([])
  },
)
type Meanwhile = { report: object; account: object; by: string }

test('taken by a colleague, or gone: assigning stops', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const { report } = bench.placeOf('report.assign')
  report.assignedAccountId = ground.server.world.accountsByHandle.get('moderator2')?.id ?? ''
  const armed = await bench.armKind('report.assign')
  expect(await untilIn(ground, desk, armed.id, ended)).toMatchObject({ state: 'stopped', why: 'why.taken' })
  ground.server.world.removeAccount(bench.placeOf('account.limit').account)
  const gone = await bench.armKind('account.limit')
  expect(await untilIn(ground, desk, gone.id, ended)).toMatchObject({ state: 'stopped', why: 'why.gone' })
  expect(ground.server.ledger.entries).toEqual([])
})

test('an unknown outcome is looked at after 2 s, 15 s, 90 s and 10 min, and "not done" comes only from the last', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  bench.faultOn('report.close', { kind: 'cut-before' })
  const looked: number[] = []
  let sentAt = 0
  const armed = await bench.armKind('report.close')
  const { id } = bench.placeOf('report.close').report
  ground.between((real, input, init) => {
    const path = new URL(String(input)).pathname
    if (path.endsWith('/resolve')) sentAt = ground.clock.now()
    else if (sentAt > 0 && path.endsWith(`/reports/${id}`)) looked.push(ground.clock.now() - sentAt)
    return real(input, init)
  })
  const before = await untilIn(ground, desk, armed.id, ['unknown'], 1_000)
  expect(before.why).toBe('why.cut')
  const settled = await untilIn(ground, desk, armed.id, ended, 1_000)
  expect(settled).toMatchObject({ state: 'not-done', why: 'why.read-back-not' })
  expect(looked.map(ms => [2_000, 15_000, 90_000, 600_000].find(due => ms >= due && ms < due + 2_000))).toEqual([
    2_000, 15_000, 90_000, 600_000,
  ])
})

test('what was sent and is of unknown outcome is refused once more, with what to do instead', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  bench.faultOn('account.limit', { kind: 'cut-after' })
  const first = await bench.armKind('account.limit')
  await untilIn(ground, desk, first.id, ['unknown'], 500)
  await expect(bench.armKind('account.limit')).rejects.toMatchObject({
    code: 'conflict',
    detail: { reason: 'refusal.outcome-unknown' },
  })
  await desk.call('decisions.readAgain', { id: first.id })
  expect((await untilIn(ground, desk, first.id, ended)).state).toBe('done')
  expect(bench.writes('account.limit')).toHaveLength(1)
})

test('closed by a colleague while our own close was cut: not done, by whom it says', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  bench.faultOn('report.close', { kind: 'cut-before' })
  const armed = await bench.armKind('report.close')
  await untilIn(ground, desk, armed.id, ['unknown'], 1_000)
  const { report } = bench.placeOf('report.close')
  report.actionTakenAt = ground.clock.now()
  report.actionTakenByAccountId = ground.server.world.accountsByHandle.get('moderator2')?.id ?? ''
  expect(await untilIn(ground, desk, armed.id, ended)).toMatchObject({ state: 'not-done', why: 'why.by-colleague' })
})

test('done is believed of a server whose clock is hours behind', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  ground.sleep(5 * 3_600_000)
  bench.faultOn('report.close', { kind: 'cut-after' })
  const armed = await bench.armKind('report.close')
  expect(await untilIn(ground, desk, armed.id, ended)).toMatchObject({ state: 'done', why: 'why.read-back' })
})

test('nothing shows whether a warning went out: a person looks, and says', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  bench.faultOn('account.warn', { kind: 'cut-before' })
  const armed = await bench.armKind('account.warn')
  await untilIn(ground, desk, armed.id, ['unknown'], 1_000)
  const { report } = bench.placeOf('account.warn')
  report.actionTakenAt = ground.clock.now()
  report.actionTakenByAccountId = ground.server.world.accountsByHandle.get('moderator2')?.id ?? ''
  expect(await untilIn(ground, desk, armed.id, ended)).toMatchObject({
    state: 'needs-person',
    why: 'why.nothing-shows',
  })
  expect((await desk.call('decisions.bar', {})).needsPerson).toBe(1)
  await desk.call('decisions.readAgain', { id: armed.id })
  expect((await readDecision(desk, armed.id)).state).toBe('needs-person')
  const { decision } = await desk.call('decisions.settle', { id: armed.id, done: false })
  expect(decision).toMatchObject({ state: 'not-done', why: 'why.by-person' })
  await expect(desk.call('decisions.settle', { id: armed.id, done: true })).rejects.toMatchObject({ code: 'conflict' })
  const { entries } = await desk.call('log.page', { limit: 50 })
  expect(entries.some(entry => entry.action === 'decision.settled-by-person')).toBe(true)
})

test('an account that is gone when an unknown decision is read back ends with a person, not in asking for ever', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  bench.faultOn('account.limit', { kind: 'cut-before' })
  const armed = await bench.armKind('account.limit')
  await untilIn(ground, desk, armed.id, ['unknown'], 1_000)
  ground.server.world.removeAccount(bench.placeOf('account.limit').account)
  expect((await untilIn(ground, desk, armed.id, ended)).state).toBe('needs-person')
})
