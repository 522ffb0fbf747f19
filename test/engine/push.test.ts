import { request } from 'node:http'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Ground, openGround, openRows, signInAndSync, until } from './ground.ts'

/** Asks the sample server past the engine, as another person's browser would. */
const ask = (ground: Ground, caller: string, path: string, form?: Record<string, string>) =>
  new Promise<unknown>((resolve, reject) => {
    const headers = { authorization: `Bearer ${caller}`, 'content-type': 'application/x-www-form-urlencoded' }
    const asked = request(ground.server.url + path, { method: form ? 'POST' : 'GET', headers }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', chunk => {
        text += chunk
      })
      answer.on('end', () => (answer.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(text))))
    })
    asked.on('error', reject)
    asked.end(form ? new URLSearchParams(form).toString() : undefined)
  })
const Ids = z.array(z.object({ id: z.string() }))

/** A member reports somebody about whom no report is open: only then the server's stream says something. */
const fileReport = async (ground: Ground) => {
  const accounts = Ids.parse(await ask(ground, 'owner', '/api/v2/admin/accounts?origin=remote&status=active&limit=200'))
  for (const { id } of accounts) {
    const open = Ids.parse(await ask(ground, 'owner', `/api/v1/admin/reports?target_account_id=${id}`))
    if (open.length === 0)
      return await ask(ground, 'member', '/api/v1/reports', { account_id: id, comment: 'seen just now' })
  }
  throw new Error('everybody is reported')
}
const isThere = (rows: { comment: string }[]) => rows.some(row => row.comment === 'seen just now')

test('a report that the stream tells of is in the queue long before the next look is due', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const start = ground.clock.now()
  await fileReport(ground)
  await until(() => openRows(desk), isThere, ground.clock, 5)
  expect(ground.clock.now() - start, 'before the minute is over').toBeLessThan(30_000)
})

test('a flood of hints takes no more than its share of paged calls, and looks go on to its end', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  await signInAndSync(ground, 'admin')
  await fileReport(ground)
  const { notifications, accountsByHandle } = ground.server.world
  const admin = accountsByHandle.get('admin')?.id
  const find = () => [...notifications.all()].find(one => one.type === 'admin.report' && one.recipientId === admin)
  const told = await until(find, found => found !== undefined, ground.clock, 5)
  if (!told) throw new Error('nobody is told of reports')
  const began = ground.clock.now()
  const looks: number[] = []
  ground.between((real, input, init) => {
    if (/reports\?.*min_id/.test(String(input))) looks.push(ground.clock.now())
    return real(input, init)
  })
  for (let second = 0; second < 15 * 60; second += 2) {
    ground.server.streams.push(told)
    await until(
      () => ground.patient.isBusy(),
      busy => !busy,
    )
    ground.clock.advance(2_000)
  }
  expect(looks.length).toBeLessThanOrEqual(180)
  expect(looks.length).toBeGreaterThan(75)
  const times = [began, ...looks, ground.clock.now()]
  // No longer than without a stream.
  expect(Math.max(...times.slice(1).map((at, n) => at - (times[n] ?? 0)))).toBeLessThan(60_000)
})

test('a stream that was cut is opened again, and what came meanwhile is found', async () => {
  await using ground = await openGround()
  ground.server.faults.add({ kind: 'cut-before' }, { path: '/api/v1/streaming' })
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  await fileReport(ground)
  expect(isThere(await openRows(desk))).toBe(false)
  ground.server.faults.clear()
  const start = ground.clock.now()
  await until(() => openRows(desk), isThere, ground.clock, 20)
  expect(ground.clock.now() - start, 'before the minute is over').toBeLessThan(59_000)
})

test('signing out hangs up: nothing is asked any more with a token that was forgotten; signing in listens again', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const open = () => ground.server.streams.size
  await until(open, count => count === 1, ground.clock, 1)
  await desk.call('servers.signOut', { server: key })
  await until(open, count => count === 0, ground.clock, 1)
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  await until(open, count => count === 1, ground.clock, 1)
})

test('a stream that is cut as soon as it opens, however often, is opened again less and less, and one that stood is opened again at once', async () => {
  await using ground = await openGround()
  const opened: number[] = []
  ground.between(async (real, input, init) => {
    if (!String(input).includes('/streaming')) return await real(input, init)
    opened.push(ground.clock.now())
    return new Response(':)\n\n', { headers: { 'content-type': 'text/event-stream' } })
  })
  await ground.openEngine()
  await signInAndSync(ground, 'admin')
  const began = ground.clock.now()
  while (ground.clock.now() - began < 3_600_000) {
    ground.patient.advance(1_000)
    await new Promise(resolve => setImmediate(resolve))
  }
  // After a second, 5 s, half a minute, two and then ten minutes, each up to half as much more.
  expect(opened.length).toBeGreaterThan(7)
  expect(opened.length).toBeLessThan(12)
  const waits = opened.slice(1).map((at, n) => at - (opened[n] ?? 0))
  expect(Math.min(...waits.slice(4))).toBeGreaterThanOrEqual(600_000)
  // From here on streams stand, and the first of them ends after a while.
  let cut = () => {}
  let opening = 0
  const streams = () => ground.server.streams.size
  ground.between(async (real, input, init) => {
    if (!String(input).includes('/streaming')) return await real(input, init)
    const ends = new AbortController()
    cut = () => ends.abort()
    const asked = init?.signal ? AbortSignal.any([init.signal, ends.signal]) : ends.signal
    opening++
    return await real(input, { ...init, signal: asked }).finally(() => opening--)
  })
  // On a busy machine a stream would be given up while it opens, time and again: the clock waits for it.
  const advance = (ms: number) => (opening === 0 ? ground.patient.advance(ms) : undefined)
  // It stands once the engine has heard so, not when the server has.
  const stands = () => streams() === 1 && opening === 0
  await until(stands, yes => yes, { advance }, 10_000)
  const hangUp = cut
  ground.clock.advance(45_000)
  hangUp()
  await until(streams, count => count === 0, ground.clock, 1)
  const ended = ground.clock.now()
  await until(streams, count => count === 1, ground.clock, 100)
  expect(ground.clock.now() - ended).toBeLessThan(3_000)
})
