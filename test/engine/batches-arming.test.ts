import { expect, test } from 'vitest'
import type { BatchItem } from '../../src/shared/contract/batches.ts'
import { openGround, openRows, signInAndSync, until } from './ground.ts'

/** A desk of an admin, with enough open reports that arming all of them takes a while. */
const openMany = async () => {
  const ground = await openGround({ reports: 160 })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const items: BatchItem[] = rows.map(row => ({ server: key, subject: { of: 'report', id: row.id } }))
  return { ground, desk, key, rows, items, [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose]() }
}

test('killed while a batch is being armed: it stays paused and nothing goes out, until a person lets what is there go on', async () => {
  await using many = await openMany()
  const { ground, desk, items } = many
  await desk.call('settings.set', { graceSeconds: 2 })
  const arming = desk.call('batches.arm', { kind: 'report.close', items, label: 'all of it' }).catch(() => null)
  // Between two of its slices the engine answers others; then it is gone.
  const found = await until(
    () => desk.call('batches.list', { all: true }),
    ({ batches }) => (batches[0]?.counts.held ?? 0) > 0,
  )
  expect(found.batches[0]?.counts.held).toBeLessThan(found.batches[0]?.size ?? 0)
  await ground.closeEngine()
  expect(await arming).toBe(null)
  await ground.openEngine()
  const again = ground.client('browser')
  const read = async () => (await again.call('batches.list', { all: true })).batches[0]
  const left = await read()
  expect(left).toMatchObject({ state: 'paused' })
  const armed = left?.counts.held ?? 0
  expect(armed).toBeGreaterThan(0)
  expect(armed).toBeLessThan(items.length)
  for (let n = 0; n < 30; n++) {
    ground.clock.advance(60_000)
    await read()
  }
  const resolves = () => ground.server.ledger.of(/\/resolve$/)
  expect(resolves()).toEqual([])
  await again.call('batches.resume', { id: left?.id ?? '' })
  await until(read, batch => batch?.state === 'ended', ground.patient, 1_000)
  expect(resolves()).toHaveLength(armed)
  expect(new Set(resolves().map(({ path }) => path)).size).toBe(armed)
})

test('taken back while it is still being armed: it is armed no further, ends, and nothing of it goes out', async () => {
  await using many = await openMany()
  const { ground, desk, items } = many
  const arming = desk.call('batches.arm', { kind: 'report.close', items, label: 'all of it' })
  const read = async () => (await desk.call('batches.list', { all: true })).batches[0]
  const early = await until(read, batch => (batch?.counts.held ?? 0) > 0)
  expect(early).toMatchObject({ state: 'paused', why: 'pause.arming' })
  const { taken } = await desk.call('batches.takeBack', { id: early?.id ?? '' })
  expect(taken).toBeGreaterThan(0)
  expect(taken).toBeLessThan(items.length)
  await arming
  expect(await read()).toMatchObject({ state: 'ended', counts: { cancelled: taken } })
  expect(ground.server.ledger.of(/\/resolve$/)).toEqual([])
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})

test('whoever is kept out stays out by whichever report; the numbers say so, and the sample stays as it was', async () => {
  await using many = await openMany()
  const { desk, key, rows, items } = many
  const twice = rows.find(
    ({ id, target }) => target.domain === null && rows.some(other => other.target.id === target.id && other.id !== id),
  )
  if (!twice) throw new Error('no member was reported twice')
  const asked = { kind: 'account.limit' as const, items, sample: 20 }
  const kept: BatchItem[] = [{ server: key, subject: { of: 'report', id: twice.id } }]
  const whole = await desk.call('batches.preview', asked)
  const less = await desk.call('batches.preview', { ...asked, kept })
  expect(less).toMatchObject({
    possible: whole.possible - 1,
    mails: whole.mails - 1,
    requests: whole.requests - 4,
    sample: whole.sample,
  })
  expect(less.readers.reduce((sum, { count }) => sum + count, 0)).toBe(less.mails)
  expect(less.closes).toBeLessThan(whole.closes)
  expect(less.left).toContainEqual({ code: 'refusal.kept', count: 1, example: expect.any(String) })
  const { batch } = await desk.call('batches.arm', { kind: 'account.limit', items, kept, label: '' })
  expect(batch.size).toBe(less.possible)
  expect((await desk.call('reports.case', { server: key, id: twice.id })).decisions).toEqual([])
})
