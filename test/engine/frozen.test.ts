import { expect, test } from 'vitest'
import { permissionsOf } from '../../src/main/sample/rules/roles.ts'
import { openBatchGround, readBatch, resolves, untilBatch, waitLong } from './batches-ground.ts'
import { arm, openRows, until, untilState } from './ground.ts'
import { readDecision } from './journal-ground.ts'
import { colleaguesOf, worldOf } from './sync-ground.ts'

// Where a right is lost, a login closed or a server put back, nothing goes out that no person confirmed since, wherever it stood just then.

type Bench = Awaited<ReturnType<typeof openBatchGround>>

/** Between engine and network: the first request that `is` the one waits for `meanwhile`, and is answered by `answer`, or fails. */
const interrupt = (
  { ground }: Bench,
  is: (method: string, path: string) => boolean,
  meanwhile: () => Promise<unknown>,
  answer: (real: () => Promise<Response>) => Promise<Response>,
) => {
  let isFirst = true
  ground.between(async (real, input, init) => {
    if (!isFirst || !is(init?.method ?? 'GET', new URL(String(input)).pathname)) return await real(input, init)
    isFirst = false
    await meanwhile()
    return await answer(() => real(input, init))
  })
}
const down = () => Promise.reject(new TypeError('down'))
const busy = async () =>
  new Response('{"error":"Too many requests"}', { status: 429, headers: { 'content-type': 'application/json' } })

/** A right is lost, found to be, and given back. */
const loseRight = async ({ ground, desk, user }: Bench) => {
  for (const role of ['1', '2']) {
    user.roleId = role
    await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  }
}
const asks = (bench: Bench, id: string) =>
  until(
    () => readDecision(bench.desk, id),
    one => one.waitingFor === 'confirm',
    bench.ground.patient,
    1_000,
  )

test.each([
  ['its target is read', (method: string, path: string) => method === 'GET' && /\/reports\/\d+$/.test(path), down],
  [
    'it is on the wire, and is not taken',
    (method: string, path: string) => method === 'POST' && path.endsWith('/resolve'),
    busy,
  ],
])('a right that is lost while %s: the decision asks, and is not sent by itself', async (_, is, answer) => {
  await using bench = await openBatchGround()
  const { ground, desk, rows } = bench
  interrupt(bench, is, () => loseRight(bench), answer)
  const { id } = await arm(desk, rows[0] ?? { server: '', id: '' }, 'report.close')
  await waitLong(ground)
  expect(await asks(bench, id)).toMatchObject({ state: 'ready', why: 'why.role-changed' })
  await waitLong(ground)
  expect(resolves(ground)).toEqual([])
  await desk.call('decisions.confirm', { id, send: true })
  await untilState(ground, desk, id, 'done')
})

test('a batch that is paused while one of it is on the wire, and not taken, sends nothing more', async () => {
  await using bench = await openBatchGround()
  const { ground, desk, items } = bench
  let id = ''
  interrupt(
    bench,
    (method, path) => method === 'POST' && path.endsWith('/resolve'),
    () => desk.call('batches.pause', { id }),
    busy,
  )
  ;({ id } = (await desk.call('batches.arm', { kind: 'report.close', items: items.slice(0, 1), label: '' })).batch)
  await untilBatch(ground, desk, id, one => one.state === 'paused' && !one.counts.sending)
  await waitLong(ground)
  expect(resolves(ground)).toEqual([])
  await desk.call('batches.resume', { id })
  await untilBatch(ground, desk, id, one => one.state === 'ended')
})

test.each([
  ['a right is lost', loseRight, 'pause.role-changed'],
  [
    'a person pauses it',
    async ({ desk }: Bench) => {
      const [batch] = (await desk.call('batches.list', { all: true })).batches
      await desk.call('batches.pause', { id: batch?.id ?? '' })
    },
    'pause.by-person',
  ],
])('%s while a batch is being armed: all of it is there, says why, and nothing goes out', async (_, meanwhile, why) => {
  await using bench = await openBatchGround({ world: worldOf(300) })
  const { ground, desk, items } = bench
  const arming = desk.call('batches.arm', { kind: 'report.close', items, label: '' })
  const early = await until(
    async () => (await desk.call('batches.list', { all: true })).batches[0],
    batch => (batch?.counts.held ?? 0) > 0,
  )
  expect(early?.counts.held).toBeLessThan(items.length)
  await meanwhile(bench)
  const { id } = (await arming).batch
  expect(await readBatch(desk, id)).toMatchObject({
    state: 'paused',
    why,
    size: items.length,
    counts: { held: items.length },
  })
  await waitLong(ground)
  expect(resolves(ground)).toEqual([])
  await desk.call('batches.resume', { id })
  await untilBatch(ground, desk, id, one => (one.counts.done ?? 0) > 0)
})

test('what already asked, or was paused, says that its server was put back since', async () => {
  const bench = await openBatchGround()
  await using _ = bench
  const { ground, desk, items, rows } = bench
  const putBack = ground.server.backup()
  const lost = colleaguesOf(ground).file('of the time that is lost')
  await desk.call('sync.now', { all: true })
  await desk.call('settings.set', { graceSeconds: 60 })
  const { batch } = await desk.call('batches.arm', { kind: 'report.close', items: items.slice(0, 2), label: '' })
  await desk.call('batches.pause', { id: batch.id })
  await desk.call('settings.set', { graceSeconds: 2 })
  const { id } = await arm(desk, rows.at(-1) ?? { server: '', id: '' }, 'report.close')
  await loseRight(bench)
  expect(await asks(bench, id)).toMatchObject({ why: 'why.role-changed' })
  ground.clock.advance(120_000)
  putBack()
  colleaguesOf(ground).file('another with its id')
  await desk.call('reports.refresh', { server: bench.key, id: lost.id })
  expect(await readDecision(desk, id)).toMatchObject({ waitingFor: 'confirm', why: 'why.went-back' })
  expect(await readBatch(desk, batch.id)).toMatchObject({ state: 'paused', why: 'pause.went-back' })
})

test('a decision of unknown outcome is not ended by what is read while its server is found to be put back', async () => {
  await using bench = await openBatchGround()
  const { ground, desk, key, rows } = bench
  const { world } = ground.server
  const [row] = rows
  const report = world.reports.get(row?.id ?? '')
  const me = world.accountsByHandle.get('admin')?.id ?? ''
  if (!row || !report) throw new Error('no report')
  const putBack = ground.server.backup()
  const lost = colleaguesOf(ground).file('of the time that is lost')
  await desk.call('sync.now', { all: true })
  ground.server.faults.add({ kind: 'cut-before' }, { method: 'POST', path: /resolve$/ })
  const { id } = await arm(desk, row, 'report.close')
  await untilState(ground, desk, id, 'unknown')
  ground.clock.advance(1)
  putBack()
  colleaguesOf(ground).file('another with its id')
  Object.assign(world.reports.get(row.id) ?? {}, { actionTakenAt: ground.clock.now(), actionTakenByAccountId: me })
  interrupt(
    bench,
    (method, path) => method === 'GET' && path.endsWith(`/reports/${row.id}`),
    async () => {
      await desk.call('reports.refresh', { server: key, id: lost.id })
    },
    real => real(),
  )
  await untilState(ground, desk, id, 'needs-person', 'done')
  await waitLong(ground)
  expect(await readDecision(desk, id)).toMatchObject({ state: 'needs-person', why: 'why.went-back' })
})

test('a role that may see no reports any more still decides on what it may', async () => {
  await using bench = await openBatchGround()
  const { ground, desk, key, user } = bench
  const { world } = ground.server
  // What it takes to block domains, and no more.
  world.addRole({
    id: '77',
    name: 'Gardener',
    position: 1,
    color: '',
    highlighted: false,
    permissions: permissionsOf('manage_federation'),
  })
  user.roleId = '77'
  ground.clock.advance(1_000)
  await desk.call('sync.now', { server: key }).catch(() => {})
  await until(
    async () => (await desk.call('servers.list', {})).servers[0],
    server => server?.role.manageReports === false,
  )
  expect((await openRows(desk)).length).toBeGreaterThan(0)
  const subject = { of: 'domain', id: 'weeds.example' } as const
  const { decision } = await desk.call('decisions.arm', {
    server: key,
    subject,
    kind: 'domain.block',
    fields: { severity: 'silence' },
  })
  expect(await untilState(ground, desk, decision.id, 'done', 'stopped', 'failed')).toMatchObject({ state: 'done' })
})

test('a newest report that cannot be read any more keeps neither a decision nor a look waiting', async () => {
  await using bench = await openBatchGround()
  const { ground, desk, key } = bench
  const newest = Math.max(...ground.server.world.reports.all().map(({ id }) => Number(id)))
  ground.between(async (real, input, init) =>
    new URL(String(input)).pathname.endsWith(`/reports/${newest}`)
      ? new Response('{"id":"odd"}', { headers: { 'content-type': 'application/json' } })
      : await real(input, init),
  )
  const subject = { of: 'domain', id: 'weeds.example' } as const
  const fields = { severity: 'silence' }
  const { decision } = await desk.call('decisions.arm', { server: key, subject, kind: 'domain.block', fields })
  await untilState(ground, desk, decision.id, 'done')
  await desk.call('sync.now', { all: true })
})
