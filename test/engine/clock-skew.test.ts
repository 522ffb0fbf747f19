import { expect, test } from 'vitest'
import { makeBudget } from '../../src/main/engine/mastodon/budget.ts'
import { skewOf } from '../../src/main/engine/mastodon/skew.ts'
import { createClock } from '../../src/main/sample/clock.ts'
import { arm, NOON, openGround, openRows, signInAndSync, untilState } from './ground.ts'

const HOUR = 3_600_000
/** An answer of a server whose clock is ahead by so much. */
const answer = (status: number, now: number, ahead: number, more: Record<string, string> = {}) => ({
  status,
  headers: new Headers({ date: new Date(now + ahead).toUTCString(), ...more }),
  paging: false,
})

test.each([HOUR, -HOUR, 25 * HOUR, -7 * 60_000])(
  'a server that is %i ms ahead: its windows are kept by its own clock',
  ahead => {
    const clock = createClock(NOON, { running: false })
    const budget = makeBudget(clock, () => 0)
    const iso = (at: number) => new Date(at).toISOString().replace('Z', '000Z')
    const end = (Math.floor((NOON + ahead) / 300_000) + 1) * 300_000
    const left = { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '20', 'x-ratelimit-reset': iso(end) }
    budget.learn(answer(200, NOON, ahead, left))
    expect(budget.used().used).toBe(280)
    expect(budget.nextAt('background', false), 'until the window of the server ends').toBe(end - ahead)
    budget.learn(answer(429, NOON, ahead, { ...left, 'x-ratelimit-remaining': '0' }))
    expect(budget.nextAt('interactive', false)).toBe(end - ahead)
    // A server, or what stands before it, that tells another time with every answer keeps nobody waiting for years.
    for (const wild of [10 * 365 * 24 * HOUR, -10 * 365 * 24 * HOUR, 0]) budget.learn(answer(500, NOON, wild))
    expect(budget.nextAt('interactive', false) - NOON).toBeLessThanOrEqual(900_000)
  },
)

test('an answer from a cache is as old as it says', () => {
  const headers = new Headers({ date: new Date(NOON - 170_000).toUTCString(), age: '170' })
  expect(skewOf(headers, NOON)).toBe(0)
  const date = new Date(NOON).toUTCString()
  for (const age of ['x', 'Infinity', '-1', '1e3', '99999999999999', ''])
    expect([age, skewOf(new Headers({ date, age }), NOON)]).toEqual([age, null])
  expect(skewOf(new Headers({ date: '+200000-01-01T00:00:00Z' }), NOON), 'no clock').toBe(null)
  expect(skewOf(new Headers(), NOON)).toBe(null)
})

test('a clock an hour off: the computer that is behind is told so, reads everything, and its decisions go out and are believed', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  ground.server.faults.add({ kind: 'clock-skew', ms: HOUR }, { times: Number.POSITIVE_INFINITY })
  const { desk, key } = await signInAndSync(ground, 'admin')
  const shown = async () =>
    (await desk.call('servers.list', {})).servers.find(server => server.key === key)?.clockAheadMs
  expect(Math.abs(((await shown()) ?? 0) - HOUR)).toBeLessThan(5_000)
  await desk.call('settings.set', { graceSeconds: 2 })
  const [row] = await openRows(desk)
  if (!row) throw new Error('no report')
  const { id } = await arm(desk, row, 'report.close')
  expect((await untilState(ground, desk, id, 'done', 'failed', 'not-done')).state).toBe('done')
  ground.server.faults.clear()
  await desk.call('sync.now', { server: key })
  expect(await shown(), 'set right').toBe(0)
})

test('an age that no cache has takes no server from the desk', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  for (const age of ['Infinity', '99999999999999']) {
    ground.between(async (real, input, init) => {
      const { body, status, headers } = await real(input, init)
      return new Response(body, { status, headers: { ...Object.fromEntries(headers), age } })
    })
    await desk.call('sync.now', { server: key })
    expect((await desk.call('servers.list', {})).servers).toMatchObject([{ key, clockAheadMs: 0 }])
  }
})
