import { expect, test } from 'vitest'
import type { BatchItem } from '../../src/shared/contract/batches.ts'
import { openBatchGround, readBatch, resolves, untilBatch } from './batches-ground.ts'
import { until } from './ground.ts'

const MINUTE = 60_000

test('many decisions at once: shown before, held as one, each sent once, ended as one, all in the log', async () => {
  await using bench = await openBatchGround()
  const { desk, ground, items: reports } = bench
  const gone: BatchItem = { server: bench.key, subject: { of: 'report', id: '999999' } }
  const items = [...reports.slice(0, 8), ...reports.slice(0, 1), gone]
  const preview = await desk.call('batches.preview', { kind: 'report.close', items, sample: 3 })
  expect(preview).toMatchObject({ possible: 8, closes: 8, mails: 0, requests: 16, seconds: 0 })
  expect(preview.left.map(({ code, count }) => [code, count])).toEqual([
    ['refusal.same-target', 1],
    ['refusal.gone', 1],
  ])
  expect(preview.sample).toEqual([0, 2, 5])
  // Fewer than the sample takes: each once.
  const few = await desk.call('batches.preview', { kind: 'report.close', items: reports.slice(0, 2) })
  expect(few.sample).toEqual([0, 1])
  const { batch } = await desk.call('batches.arm', { kind: 'report.close', items, label: 'the spam of Tuesday' })
  expect(batch).toMatchObject({ state: 'held', size: 8, counts: { held: 8 }, servers: [bench.key], requestsLeft: 16 })
  expect((await desk.call('decisions.bar', {})).decisions).toEqual([])
  const ended = await untilBatch(ground, desk, batch.id, one => one.state === 'ended')
  expect(ended.counts).toEqual({ done: 8 })
  expect(resolves(ground)).toHaveLength(8)
  expect(ground.server.world.reports.all().filter(one => one.actionTakenAt !== null).length).toBeGreaterThanOrEqual(8)
  const { entries } = await desk.call('log.page', { limit: 200 })
  expect(entries.filter(entry => entry.action.startsWith('batch.')).map(entry => entry.action)).toEqual([
    'batch.ended',
    'batch.armed',
  ])
  expect(entries.find(entry => entry.action === 'batch.armed')?.personal).toEqual({ label: 'the spam of Tuesday' })
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})

test('paused in the middle, over a restart, and on: nothing goes out meanwhile, nothing twice', async () => {
  await using bench = await openBatchGround()
  const { desk, ground, items: reports } = bench
  ground.server.faults.add({ kind: 'delayed', ms: 30 }, { method: 'POST', times: 99 })
  const { batch } = await desk.call('batches.arm', { kind: 'report.close', items: reports.slice(0, 12), label: '' })
  await untilBatch(ground, desk, batch.id, one => (one.counts.done ?? 0) >= 2)
  const paused = (await desk.call('batches.pause', { id: batch.id })).batch
  expect(paused).toMatchObject({ state: 'paused', why: 'pause.by-person' })
  await untilBatch(ground, desk, batch.id, one => (one.counts.sending ?? 0) === 0)
  const sent = resolves(ground).length
  expect(sent).toBeLessThan(12)
  for (let n = 0; n < 10; n++) ground.clock.advance(10_000)
  await ground.closeEngine()
  await ground.openEngine()
  const again = ground.client()
  for (let n = 0; n < 10; n++) ground.clock.advance(10_000)
  expect(await readBatch(again, batch.id)).toMatchObject({ state: 'paused' })
  expect(resolves(ground)).toHaveLength(sent)
  await again.call('batches.resume', { id: batch.id })
  const ended = await untilBatch(ground, again, batch.id, one => one.state === 'ended')
  expect(ended.counts).toEqual({ done: 12 })
  expect(resolves(ground)).toHaveLength(12)
  await expect(again.call('batches.pause', { id: batch.id })).rejects.toMatchObject({
    code: 'conflict',
    detail: { reason: 'failure.batch-ended' },
  })
})

test('taken back as one, also after a restart: what was not sent never is', async () => {
  await using bench = await openBatchGround()
  const { desk, ground, items: reports } = bench
  await desk.call('settings.set', { graceSeconds: 60 })
  const { batch } = await desk.call('batches.arm', { kind: 'report.close', items: reports.slice(0, 9), label: '' })
  await ground.closeEngine()
  await ground.openEngine()
  const again = ground.client()
  const { taken, batch: ended } = await again.call('batches.takeBack', { id: batch.id })
  expect(taken).toBe(9)
  expect(ended).toMatchObject({ state: 'ended', counts: { cancelled: 9 }, requestsLeft: 0 })
  for (let n = 0; n < 12; n++) ground.clock.advance(10_000)
  expect(resolves(ground)).toEqual([])
})

test('its server goes away in the middle: it says that it waits for it, and goes on; taken back in a pause, it is no longer paused', async () => {
  await using bench = await openBatchGround()
  const { desk, ground, items: reports } = bench
  // Slow enough that the batch is in its middle whenever it is looked at.
  ground.server.faults.add({ kind: 'delayed', ms: 100 }, { method: 'POST', times: 99 })
  const { batch } = await desk.call('batches.arm', { kind: 'report.close', items: reports.slice(0, 12), label: '' })
  const some = await untilBatch(ground, desk, batch.id, one => (one.counts.done ?? 0) >= 2)
  expect(some.waitingFor).toBe(null)
  const comesBack = ground.server.faults.add({ kind: 'cut-before' }, { path: /^\//, times: Infinity })
  const waits = await untilBatch(ground, desk, batch.id, one => one.waitingFor === 'server')
  expect(waits.counts.sending).toBe(undefined)
  expect(waits.state).toBe('running')
  comesBack()
  await untilBatch(ground, desk, batch.id, one => one.waitingFor === null && (one.counts.done ?? 0) > 3)
  await desk.call('batches.pause', { id: batch.id })
  await untilBatch(ground, desk, batch.id, one => (one.counts.sending ?? 0) === 0)
  const { batch: back } = await desk.call('batches.takeBack', { id: batch.id })
  expect(back).toMatchObject({ state: 'ended', why: null, waitingFor: null })
})

test('one that fails stops nothing; three 403 in a row pause the batch', async () => {
  await using bench = await openBatchGround()
  const { desk, ground, items: reports } = bench
  const [broken] = reports
  ground.server.faults.add(
    { kind: 'status', status: 422 },
    { method: 'POST', path: new RegExp(`/reports/${broken?.subject.id}/resolve$`) },
  )
  const first = (await desk.call('batches.arm', { kind: 'report.close', items: reports.slice(0, 5), label: '' })).batch
  const ended = await untilBatch(ground, desk, first.id, one => one.state === 'ended')
  expect(ended.counts).toEqual({ done: 4, failed: 1 })
  // Which one, with its steps, and by itself.
  const { decisions } = await desk.call('batches.trouble', { id: first.id })
  expect(decisions).toMatchObject([{ subject: broken?.subject, state: 'failed', status: 422, batch: first.id }])
  const id = decisions[0]?.id ?? ''
  expect((await desk.call('decisions.one', { id })).decision).toEqual(decisions[0])
  ground.server.faults.add({ kind: 'status', status: 403 }, { method: 'POST', path: /\/resolve$/, times: 3 })
  const second = (await desk.call('batches.arm', { kind: 'report.close', items: reports.slice(5, 20), label: '' }))
    .batch
  const paused = await untilBatch(
    ground,
    desk,
    second.id,
    one => one.state === 'paused' && (one.counts.sending ?? 0) === 0,
  )
  expect(paused.why).toBe('pause.forbidden')
  expect(paused.counts.failed).toBe(3)
  expect(paused.counts.ready ?? 0).toBeGreaterThan(0)
  await desk.call('batches.resume', { id: second.id })
  const on = await untilBatch(ground, desk, second.id, one => one.state === 'ended')
  expect(on.counts).toEqual({ done: 12, failed: 3 })
})

test('401 stops all of it until someone signs in', async () => {
  await using bench = await openBatchGround()
  const { desk, ground, items: reports } = bench
  ground.server.faults.add({ kind: 'status', status: 401 }, { method: 'POST', path: /\/resolve$/ })
  const { batch } = await desk.call('batches.arm', { kind: 'report.close', items: reports.slice(0, 10), label: '' })
  await until(
    async () => (await desk.call('servers.list', {})).servers[0]?.signedIn,
    is => is === false,
    ground.patient,
    1_000,
  )
  await untilBatch(ground, desk, batch.id, one => (one.counts.sending ?? 0) === 0)
  const sent = resolves(ground).length
  for (let n = 0; n < 10; n++) ground.clock.advance(10_000)
  expect(resolves(ground)).toHaveLength(sent)
  await untilBatch(ground, desk, batch.id, one => one.waitingFor === 'sign-in')
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  const ended = await untilBatch(ground, desk, batch.id, one => one.state === 'ended')
  expect((ended.counts.done ?? 0) + (ended.counts.failed ?? 0)).toBe(10)
  expect(resolves(ground).filter(entry => entry.effect)).toHaveLength(ended.counts.done ?? 0)
})

test('what grew old over a crash asks as one, not one by one', async () => {
  await using bench = await openBatchGround()
  const { desk, ground, items: reports } = bench
  ground.between((real, input, init) =>
    init?.method === 'POST'
      ? Promise.reject(
          Object.assign(new TypeError('fetch failed'), {
            cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' }),
          }),
        )
      : real(input, init),
  )
  const { batch } = await desk.call('batches.arm', { kind: 'report.close', items: reports.slice(0, 6), label: '' })
  await untilBatch(ground, desk, batch.id, one => one.state === 'running')
  await ground.closeEngine()
  for (let n = 0; n < 20; n++) ground.clock.advance(MINUTE)
  ground.between((real, input, init) => real(input, init))
  await ground.openEngine()
  const again = ground.client()
  expect(await readBatch(again, batch.id)).toMatchObject({ state: 'paused', why: 'pause.stale' })
  for (let n = 0; n < 10; n++) ground.clock.advance(10_000)
  expect(resolves(ground)).toEqual([])
  await again.call('batches.resume', { id: batch.id })
  expect((await untilBatch(ground, again, batch.id, one => one.state === 'ended')).counts).toEqual({ done: 6 })
})

test('staff never go out in a batch, and alone only with the name typed; of each account there is one decision', async () => {
  await using bench = await openBatchGround()
  const { desk, ground, key, rows } = bench
  const { world } = ground.server
  const member = rows.find(row => row.target.domain === null && row.target.username !== 'admin')
  const account = world.accounts.get(member?.target.id ?? '')
  if (!member || !account?.user) throw new Error('no member was reported')
  account.user.roleId = '1'
  await desk.call('reports.refresh', { server: key, id: member.id })
  const subject = { of: 'report', id: member.id } as const
  const items = [{ server: key, subject }]
  const { left, possible } = await desk.call('batches.preview', { kind: 'account.limit', items })
  expect({ possible, codes: left.map(one => one.code) }).toEqual({ possible: 0, codes: ['brake.staff'] })
  await expect(desk.call('batches.arm', { kind: 'account.limit', items, label: '' })).rejects.toMatchObject({
    detail: { reason: 'failure.empty-batch' },
  })
  const name = `@${member.target.username}`
  await expect(desk.call('decisions.arm', { server: key, subject, kind: 'account.limit' })).rejects.toMatchObject({
    code: 'not-allowed',
    detail: { reason: 'brake.staff', name },
  })
  const { rungs } = await desk.call('decisions.ladder', { server: key, subject })
  expect(rungs.find(rung => rung.kind === 'account.limit')).toMatchObject({ brake: 'brake.staff', name, sheet: true })
  const armed = await desk.call('decisions.arm', { server: key, subject, kind: 'account.limit', typed: name })
  expect(armed.decision.state).toBe('held')
})

test('the time it takes is told from the true number of requests and the part of the budget that batches have', async () => {
  await using bench = await openBatchGround()
  const { desk, items: reports } = bench
  const { used } = (await desk.call('sync.status', {})).servers[0] ?? { used: 0 }
  const free = 180 - used
  const preview = await desk.call('batches.preview', { kind: 'report.close', items: reports })
  expect(preview.requests).toBe(reports.length * 2)
  expect(preview.seconds > 0).toBe(preview.requests > free)
  // Four requests an account that is acted on: before, the action, after, the report.
  const accounts = await desk.call('batches.preview', { kind: 'account.limit', items: reports })
  expect(accounts.requests).toBe(accounts.possible * 4)
  // What is beyond the current window of five minutes, of which batches have 180 requests, takes the next one, or more.
  expect(accounts.seconds > 0).toBe(accounts.requests > free)
})

test('before a batch mails members it says how many read which language; one of unknown outcome is left out as such', async () => {
  await using bench = await openBatchGround()
  const { desk, ground, rows, items: reports } = bench
  const members = rows.filter(row => row.target.domain === null)
  const items = reports.filter((_, at) => rows[at]?.target.domain === null)
  const told = await desk.call('batches.preview', { kind: 'account.limit', items })
  expect(told.mails).toBeGreaterThan(1)
  expect(told.mails).toBeLessThanOrEqual(new Set(members.map(row => row.target.id)).size)
  expect(told.readers.reduce((sum, { count }) => sum + count, 0)).toBe(told.mails)
  expect(told.readers.map(({ count }) => count)).toEqual(
    told.readers.map(({ count }) => count).toSorted((a, b) => b - a),
  )
  const { account } = await desk.call('reports.case', { server: bench.key, id: members[0]?.id ?? '' })
  expect(told.readers.map(({ language }) => language)).toContain(account.locale)
  // Those on other servers are mailed by nobody here.
  const others = reports.filter((_, at) => rows[at]?.target.domain !== null)
  expect(await desk.call('batches.preview', { kind: 'account.limit', items: others })).toMatchObject({
    mails: 0,
    readers: [],
  })

  // The server broke off over one: only the last look may say that it did not happen, so nobody knows until then.
  const [first] = items
  ground.server.faults.add({ kind: 'status', status: 500 }, { method: 'POST', path: /\/action$/, times: 1 })
  if (!first) throw new Error('no member was reported')
  await desk.call('decisions.arm', { server: first.server, subject: first.subject, kind: 'account.limit' })
  await until(
    () => desk.call('decisions.bar', {}),
    ({ decisions }) => decisions.some(({ state }) => state === 'unknown'),
    ground.patient,
    1_000,
  )
  const { left } = await desk.call('batches.preview', { kind: 'account.limit', items: [first] })
  expect(left.map(({ code }) => code)).toEqual(['refusal.outcome-unknown'])
})
