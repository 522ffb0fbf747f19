import { expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import { arm, NOON, openGround, openRows, realFetch, signInAndSync, until, untilState } from './ground.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const read = (desk: Engine, since: number | null = null) => desk.call('handover.read', { since })

test('a sitting goes on over a reload, and ends after half an hour; who comes back after hours is told', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const here = () => ground.client().call('handover.here', {})
  expect(await here()).toEqual({ left: null, returns: false })
  expect(await read(ground.client())).toMatchObject({ left: null, since: NOON - 7 * DAY })
  ground.clock.advance(20 * MINUTE)
  expect(await here()).toEqual({ left: null, returns: false })
  ground.clock.advance(40 * MINUTE)
  expect(await here()).toEqual({ left: NOON + 20 * MINUTE, returns: false })
  await ground.closeEngine()
  await ground.openEngine()
  expect(await here()).toEqual({ left: NOON + 20 * MINUTE, returns: false })
  ground.clock.advance(4 * HOUR)
  const left = NOON + 60 * MINUTE + 1
  // Before anyone is here again it is the end of the last sitting all the same.
  expect((await read(ground.client('cli'))).left).toBe(left)
  expect(await here()).toEqual({ left, returns: true })
  expect(await here()).toEqual({ left, returns: false })
  expect(await read(ground.client())).toMatchObject({ left, since: left })
})

test('what colleagues did is told by whom, and what was decided before says how it ended', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  await desk.call('handover.here', {})
  const rows = await openRows(desk)
  const [mine, theirs, also, taken] = [...new Map(rows.map(row => [row.target.id, row])).values()]
  if (!mine || !theirs || !also || !taken) throw new Error('too few reports')
  const { decision } = { decision: await arm(desk, mine, 'report.close') }
  const colleague = (path: string) =>
    realFetch(`${ground.server.url}/api/v1/admin/reports/${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer moderator2' },
    })
  ground.clock.advance(31_000)
  for (const path of [`${theirs.id}/resolve`, `${also.id}/resolve`, `${taken.id}/assign_to_self`])
    expect((await colleague(path)).status).toBe(200)
  await untilState(ground, desk, decision.id, 'done')
  await ground.closeEngine()
  ground.clock.advance(5 * HOUR)
  await ground.openEngine()
  const back = ground.client()
  expect((await back.call('handover.here', {})).returns).toBe(true)
  await back.call('sync.now', { all: true })
  const by = ground.server.world.accounts.get(
    ground.server.world.accountsByHandle.get('moderator2')?.id ?? '',
  )?.username
  const told = await until(
    () => read(back),
    ({ seen }) => seen.length >= 2,
  )
  expect(told.seen.map(({ newestAt: _, ...each }) => each)).toEqual(
    expect.arrayContaining([
      { server: key, by, me: false, action: 'report.seen-resolved', count: 2 },
      { server: key, by, me: false, action: 'report.seen-assigned', count: 1 },
    ]),
  )
  expect(told.more).toBe(false)
  expect(told.ended).toMatchObject([{ server: key, kind: 'report.close', state: 'done', count: 1 }])
  expect((await read(back, ground.clock.now())).seen).toEqual([])
})

test('what waits and what is left lying is counted, the oldest first', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  await desk.call('handover.here', {})
  const rows = await openRows(desk)
  const [mine, off, held] = [...new Map(rows.map(row => [row.target.id, row])).values()]
  if (!mine || !off || !held) throw new Error('too few reports')
  const { id } = await arm(desk, mine, 'report.assign')
  await untilState(ground, desk, id, 'done')
  await desk.call('reports.snooze', {
    reports: [{ server: key, id: off.id }],
    until: ground.clock.now() + DAY,
    reason: 'waits for an answer',
  })
  const before = await read(desk)
  expect(before.stale.mine.rows).toEqual([])
  expect(before.stale.back).toEqual({ count: 0, rows: [] })
  const old = rows.filter(row => ground.clock.now() - row.createdAt > 3 * DAY && row.id !== off.id)
  expect(before.stale.old.count).toBe(old.length)
  ground.clock.advance(5 * DAY)
  await desk.call('handover.here', {})
  const after = await until(
    () => read(desk),
    ({ stale }) => stale.back.count === 1,
    ground.clock,
    1_000,
  )
  expect(after.stale.back.rows[0]).toMatchObject({ id: off.id, snooze: { back: 'time' } })
  expect(after.stale.mine).toMatchObject({ count: 1, rows: [{ id: mine.id }] })
  expect(after.stale.old.count).toBe((await openRows(desk)).length - 1)
  const ages = after.stale.old.rows.map(({ createdAt }) => createdAt)
  expect(ages).toHaveLength(5)
  expect(ages).toEqual([...ages].sort((a, b) => a - b))
  await arm(desk, held, 'report.close')
  expect((await read(desk)).waits).toEqual({ held: 1, confirm: 0, paused: 0, signIn: 0, unknown: 0, needsPerson: 0 })
  await ground.closeEngine()
  await ground.openEngine()
  expect((await read(ground.client('cli'))).waits.held).toBe(1)
})
