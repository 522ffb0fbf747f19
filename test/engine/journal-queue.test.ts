import { expect, test } from 'vitest'
import type { DecisionKind } from '../../src/shared/contract/decisions.ts'
import { until, untilPast } from './ground.ts'
import { type Bench, ended, kinds, openBench, readDecision, untilIn } from './journal-ground.ts'

const minute = 60_000
const three: readonly DecisionKind[] = ['report.close', 'account.limit', 'account.unfreeze']

const statesOf = async ({ desk }: Bench, ids: readonly string[]) =>
  (await Promise.all(ids.map(id => readDecision(desk, id)))).map(one => `${one.state} ${one.waitingFor}`)

test('a token that is refused stops the queue until someone signs in, and nothing is lost', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  bench.faultOn('account.suspend', { kind: 'status', status: 401 })
  const refused = await bench.armKind('account.suspend')
  expect(await untilIn(ground, desk, refused.id, ended, 1_000)).toMatchObject({
    state: 'failed',
    why: 'why.signed-out',
    status: 401,
  })
  expect((await desk.call('servers.list', {})).servers[0]?.signedIn).toBe(false)
  const ids: string[] = []
  for (const kind of three) ids.push((await bench.armKind(kind)).id)
  await untilIn(ground, desk, ids[2] ?? '', ['ready'], 1_000)
  expect(await statesOf(bench, ids)).toEqual(Array(3).fill('ready sign-in'))
  const before = ground.server.ledger.entries.length
  for (let n = 0; n < 20; n++) ground.clock.advance(10_000)
  expect(ground.server.ledger.entries.length).toBe(before)
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  for (const id of ids) expect((await untilIn(ground, desk, id, ended, 1_000)).state).toBe('done')
  for (const kind of three) expect(bench.writes(kind)).toHaveLength(1)
})

test('a minute without the server: what is decided waits, what was on the wire is read back, and each goes out once and by itself', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const offline = async () => (await desk.call('sync.status', {})).servers[0]?.offlineSince ?? null
  // This one happens as the line goes, and nobody hears of it.
  bench.faultOn('report.assign', { kind: 'cut-after' })
  const lost = await bench.armKind('report.assign')
  await untilIn(ground, desk, lost.id, ['unknown'], 500)
  ground.server.faults.add({ kind: 'cut-before' }, { times: Number.POSITIVE_INFINITY })
  const goneAt = ground.clock.now()
  const ids: string[] = []
  for (const kind of [...three, 'account.suspend', 'signup.approve', 'domain.block'] as const) {
    ids.push((await bench.armKind(kind)).id)
    await untilPast(ground, goneAt + ids.length * 10_000, 1_000)
  }
  expect(ground.clock.now() - goneAt).toBeGreaterThan(60_000)
  expect(await statesOf(bench, ids)).toEqual(Array(6).fill('ready server'))
  expect(await statesOf(bench, [lost.id])).toEqual(['unknown null'])
  expect(await offline()).toBeGreaterThanOrEqual(goneAt)
  // Still to be had back: nothing of it has left.
  const [, limited = ''] = ids
  await desk.call('decisions.takeBack', { id: limited })
  expect((await desk.call('decisions.bar', {})).decisions.filter(one => one.waitingFor === 'server')).toHaveLength(5)

  // It is back, and nobody presses anything.
  ground.server.faults.clear()
  const others = ids.filter(id => id !== limited)
  // What was on the wire is not left for the next of its looks, a minute and a half after it was sent.
  await until(offline, since => since === null, ground.patient, 1_000)
  const backAt = ground.clock.now()
  await untilIn(ground, desk, lost.id, ended, 500)
  expect(ground.clock.now() - backAt).toBeLessThan(5_000)
  for (const id of [lost.id, ...others]) expect((await untilIn(ground, desk, id, ended, 1_000)).state, id).toBe('done')
  expect(await readDecision(desk, limited)).toMatchObject({ state: 'cancelled' })
  expect(bench.writes('account.limit')).toEqual([])
  for (const kind of [
    'report.assign',
    'report.close',
    'account.unfreeze',
    'account.suspend',
    'signup.approve',
  ] as const)
    expect([kind, bench.writes(kind).filter(({ effect }) => effect).length, bench.happened(kind)]).toEqual([
      kind,
      1,
      true,
    ])
  expect(bench.writes('domain.block').filter(({ effect }) => effect)).toHaveLength(1)
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})

test('what waited for a sign-in while the computer slept asks first', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  await desk.call('servers.signOut', { server: bench.key })
  const armed = await bench.armKind('account.suspend')
  await untilIn(ground, desk, armed.id, ['ready'], 1_000)
  ground.sleep(3 * 3_600_000)
  ground.clock.advance(20_000)
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  for (let n = 0; n < 5; n++) ground.clock.advance(10_000)
  expect(await readDecision(desk, armed.id)).toMatchObject({ state: 'ready', waitingFor: 'confirm' })
  expect((await desk.call('decisions.bar', {})).needsPerson).toBe(1)
  await desk.call('decisions.confirm', { id: armed.id, send: true })
  expect((await untilIn(ground, desk, armed.id, ended)).state).toBe('done')
  const { entries } = await desk.call('log.page', { limit: 50 })
  expect(entries.some(entry => entry.action === 'decision.confirmed')).toBe(true)
})

test('a token that the server no longer knows answers 403: it is asked who we are, and the queue waits for a sign-in', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  ground.server.world.tokens.delete('admin')
  const armed = await bench.armKind('account.limit')
  await until(
    () => readDecision(desk, armed.id),
    one => one.waitingFor === 'sign-in',
    ground.patient,
    1_000,
  )
  expect((await desk.call('servers.list', {})).servers[0]?.signedIn).toBe(false)
  await desk.call('servers.signIn', { url: ground.server.url, token: 'owner' })
  expect((await readDecision(desk, armed.id)).state).toBe('ready')
  expect(bench.writes('account.limit')).toEqual([])
})

test('a role that changed stops the queue: the rest asks a person, and can go on or be dropped', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const admin = ground.server.world.accountsByHandle.get('admin')
  if (!admin?.user) throw new Error('no admin')
  const first = await bench.armKind('account.suspend')
  bench.faultOn('account.suspend', { kind: 'status', status: 403 })
  const ids: string[] = []
  await desk.call('settings.set', { graceSeconds: 60 })
  for (const kind of three) ids.push((await bench.armKind(kind)).id)
  admin.user.roleId = '1'
  expect(await untilIn(ground, desk, first.id, ended, 1_000)).toMatchObject({
    state: 'failed',
    why: 'why.role-changed',
  })
  expect(await statesOf(bench, ids)).toEqual(Array(3).fill('ready confirm'))
  for (let n = 0; n < 20; n++) ground.clock.advance(10_000)
  expect(await statesOf(bench, ids)).toEqual(Array(3).fill('ready confirm'))
  // Nor does a restart send them.
  await ground.closeEngine()
  await ground.openEngine()
  const again = ground.client()
  for (let n = 0; n < 5; n++) ground.clock.advance(10_000)
  for (const id of ids) expect(await readDecision(again, id)).toMatchObject({ state: 'ready', waitingFor: 'confirm' })
  const [close = '', limit = ''] = ids
  await again.call('decisions.confirm', { id: limit, send: false })
  expect(await readDecision(again, limit)).toMatchObject({ state: 'cancelled', why: 'why.not-confirmed' })
  await again.call('decisions.confirm', { id: close, send: true })
  expect((await untilIn(ground, again, close, ended, 1_000)).state).toBe('done')
})

test('a reopened laptop fires no stale suspension: windows begin again, what was ready asks', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  await desk.call('settings.set', { graceSeconds: 30 })
  const held = await bench.armKind('account.limit')
  ground.sleep(8 * 3_600_000)
  ground.clock.advance(40_000)
  const window = await readDecision(desk, held.id)
  expect(window.state).toBe('held')
  expect((window.sendAt ?? 0) - 8 * 3_600_000 - ground.clock.now()).toBeGreaterThan(0)
  expect((await untilIn(ground, desk, held.id, ended)).state).toBe('done')
  // The server is away, so this one is ready and waits; then the lid closes.
  let away = true
  ground.between((real, input, init) =>
    away
      ? Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: new Error('cut') }))
      : real(input, init),
  )
  const ready = await bench.armKind('account.suspend')
  await until(
    () => readDecision(desk, ready.id),
    one => one.waitingFor === 'server',
    ground.patient,
    5_000,
  )
  ground.sleep(16 * minute)
  away = false
  for (let n = 0; n < 20; n++) {
    ground.clock.advance(5_000)
    await readDecision(desk, ready.id)
  }
  expect(await readDecision(desk, ready.id)).toMatchObject({ state: 'ready', waitingFor: 'confirm' })
  expect(bench.writes('account.suspend')).toEqual([])
})

test('slept over while its target was read: it asks', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  let asleep = false
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    if (/\/admin\/accounts\/\d+$/.test(new URL(String(input)).pathname) && !asleep) {
      asleep = true
      ground.sleep(20 * minute)
    }
    return response
  })
  const armed = await bench.armKind('account.suspend')
  await until(
    () => readDecision(desk, armed.id),
    one => one.waitingFor === 'confirm',
    ground.patient,
    1_000,
  )
  expect(bench.writes('account.suspend')).toEqual([])
})

test('behind an unknown one and grown old: asking comes first, whatever else it waits for', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  bench.faultOn('account.limit', { kind: 'cut-before' })
  const first = await bench.armKind('account.limit')
  await untilIn(ground, desk, first.id, ['unknown'], 1_000)
  const report = bench.placeOf('account.limit').report.id
  const second = (
    await desk.call('decisions.arm', {
      server: bench.key,
      subject: { of: 'report', id: report },
      kind: 'account.suspend',
    })
  ).decision
  await untilIn(ground, desk, second.id, ['ready'], 1_000)
  await ground.closeEngine()
  ground.sleep(20 * minute)
  await ground.openEngine()
  const again = ground.client()
  expect((await untilIn(ground, again, first.id, ended)).state).toBe('not-done')
  for (let n = 0; n < 10; n++) ground.clock.advance(10_000)
  expect(await readDecision(again, second.id)).toMatchObject({ state: 'ready', waitingFor: 'confirm' })
})

test('held over a restart: a new window only while a desk is there, and the command line is none', async () => {
  await using bench = await openBench()
  const { ground } = bench
  const armed = await bench.armKind('account.suspend')
  await ground.closeEngine()
  await ground.openEngine()
  const cli = ground.client('cli')
  for (let n = 0; n < 30; n++) ground.clock.advance(60_000)
  expect(await readDecision(cli, armed.id)).toMatchObject({ state: 'held', sendAt: null, waitingFor: 'desk' })
  const desk = ground.client('desktop')
  expect(
    await until(
      () => readDecision(desk, armed.id),
      one => one.sendAt !== null,
    ),
  ).toMatchObject({
    state: 'held',
    sendAt: ground.clock.now() + 2_000,
  })
  expect((await untilIn(ground, desk, armed.id, ended, 1_000)).state).toBe('done')
  expect(bench.writes('account.suspend')).toHaveLength(1)
})

test('ready over a restart goes on when young', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  ground.between(() => Promise.reject(new TypeError('fetch failed')))
  const armed = await bench.armKind('account.limit')
  await untilIn(ground, desk, armed.id, ['ready'], 1_000)
  await ground.closeEngine()
  ground.sleep(10 * minute)
  ground.between((real, input, init) => real(input, init))
  await ground.openEngine()
  const again = ground.client('cli')
  expect((await untilIn(ground, again, armed.id, ended, 1_000)).state).toBe('done')
})

test('every kind at once on one server: each is sent once, one at a time on each target', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const ids = await Promise.all(kinds.map(async kind => (await bench.armKind(kind)).id))
  for (const id of ids) expect((await untilIn(ground, desk, id, ended, 1_000)).state).toBe('done')
  for (const kind of kinds) expect([kind, bench.writes(kind).length]).toEqual([kind, 1])
  // A close and its account's own decisions: what closes a report besides is found closed.
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
  const { entries } = await desk.call('log.page', { limit: 200 })
  expect(entries.filter(entry => entry.source === 'saw')).toEqual([])
})

test('a close waits for what is on the wire, and starts nothing more', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  ground.server.faults.add({ kind: 'delayed', ms: 150 }, { method: 'POST' })
  const armed = await bench.armKind('account.limit')
  await untilIn(ground, desk, armed.id, ['sending'], 1_000)
  await ground.closeEngine(5_000)
  await ground.openEngine()
  expect((await readDecision(ground.client('cli'), armed.id)).state).toBe('done')
})
