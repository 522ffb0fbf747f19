import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openGround, signInAndSync, until, untilPast } from './ground.ts'
import { readMirror } from './lists-mirrored.ts'
import { colleaguesOf, mirrored, served, worldOf } from './sync-ground.ts'

/** Every path that is asked for from now on, without streams. */
const watch = (ground: Awaited<ReturnType<typeof openGround>>): string[] => {
  const asked: string[] = []
  ground.between((real, input, init) => {
    const { pathname, search } = new URL(String(input))
    if (!pathname.includes('streaming')) asked.push(pathname + search)
    return real(input, init)
  })
  return asked
}

test('paused, nothing is read by itself, also after a restart; what a person asks for is', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const nextAt = async () => (await desk.call('sync.status', {})).servers[0]?.nextAt
  await until(nextAt, next => typeof next === 'number')
  await desk.call('sync.pause', { paused: true })
  expect(await nextAt(), 'no next look is told').toBeNull()
  await ground.closeEngine()
  const asked = watch(ground)
  await ground.openEngine()
  const again = ground.client()
  expect(await again.call('sync.status', {})).toMatchObject({ paused: true })
  const later = ground.clock.now() + 7_200_000
  await untilPast(ground, later, 120_000)
  expect(asked).toEqual([])
  colleaguesOf(ground).file('while paused')
  await again.call('sync.now', {})
  expect(mirrored(ground.folder)).toEqual(served(ground))
  colleaguesOf(ground).file('after')
  await again.call('settings.set', { paused: false })
  await until(
    () => JSON.stringify(mirrored(ground.folder)) === JSON.stringify(served(ground)),
    same => same,
    ground.patient,
    10_000,
  )
  const { entries } = await again.call('log.page', { limit: 50 })
  expect(entries.filter(({ action }) => action === 'setting.changed').map(({ facts }) => facts.after)).toEqual([
    false,
    true,
  ])
})

test('on a metered connection there is no history and no list of peers, and sweeps are rarer; without it all of it comes', async () => {
  await using ground = await openGround({ world: worldOf(900) })
  await ground.openEngine()
  const asked = watch(ground)
  const desk = ground.client()
  await desk.call('settings.set', { metered: true })
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  const stateOf = async () => (await desk.call('sync.status', {})).servers[0]
  const pass = async (ms: number) => {
    const later = ground.clock.now() + ms
    await until(
      async () => {
        await stateOf()
        return ground.clock.now()
      },
      now => now > later,
      ground.patient,
      10_000,
    )
  }
  await pass(3_600_000)
  const sweeps = () => asked.filter(path => path === '/api/v1/admin/domain_blocks?limit=500').length
  expect(asked.filter(path => path.includes('resolved=true') && path.includes('max_id'))).toEqual([])
  expect(asked.filter(path => path.endsWith('/peers'))).toEqual([])
  expect(await desk.call('sync.status', {})).toMatchObject({ metered: true })
  const resolved = (await stateOf())?.lists.find(({ list }) => list === 'reports-resolved')
  expect(resolved).toMatchObject({ state: 'metered', complete: false })
  expect([3, 4]).toContain(resolved?.pagesLeft)
  // The first reading, and no sweep before an hour and a half.
  expect(sweeps()).toBe(1)
  const open = readMirror<{ n: number }>(ground.folder, 'SELECT count(*) AS n FROM report WHERE resolved_at IS NULL')
  expect(open[0]?.n).toBe(327)
  await desk.call('settings.set', { metered: false })
  await pass(3_600_000)
  expect(mirrored(ground.folder)).toEqual(served(ground))
  expect(asked.filter(path => path.endsWith('/peers'))).toHaveLength(1)
  expect(sweeps()).toBeGreaterThanOrEqual(3)
  expect(await stateOf()).toMatchObject({ leftMs: 0 })
  // What was put off is not late any more either, were it also said while no engine ran.
  await desk.call('settings.set', { metered: true })
  const then = sweeps()
  await until(sweeps, count => count > then, ground.patient, 60_000)
  await ground.closeEngine()
  const vault = new Database(join(ground.folder, 'vault.db'))
  vault.prepare(`UPDATE setting SET value = 'false' WHERE name = 'metered'`).run()
  vault.close()
  await ground.openEngine()
  const again = sweeps()
  const late = ground.clock.now() + 1_200_000
  await untilPast(ground, late, 10_000)
  expect(sweeps()).toBeGreaterThan(again)
})

test('what is left is told in pages and time, and gets less', async () => {
  await using ground = await openGround({ world: worldOf(6_000) })
  await ground.openEngine()
  const desk = ground.client()
  await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  // Each page takes the server two seconds.
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    if (!String(input).includes('streaming')) ground.clock.advance(2_000)
    return response
  })
  const seen: [number, number][] = []
  await until(
    async () => {
      const server = (await desk.call('sync.status', {})).servers[0]
      const resolved = server?.lists.find(({ list }) => list === 'reports-resolved')
      if (resolved?.pagesLeft && server?.leftMs) seen.push([resolved.pages + resolved.pagesLeft, server.leftMs])
      return resolved?.complete
    },
    Boolean,
    ground.patient,
    1_000,
  )
  expect(seen.length).toBeGreaterThan(10)
  // 4,000 closed reports are 20 pages, and one of the first page's.
  for (const [pages] of seen) expect(Math.abs(pages - 21)).toBeLessThanOrEqual(2)
  const [first, last] = [seen[0], seen.at(-1)]
  expect([Math.round(Number(first?.[1]) / 10_000), Number(last?.[1])]).toEqual([4, 2_000])
})

test('a server so slow that looks for what is new could take every turn is read whole all the same', async () => {
  await using ground = await openGround({ world: worldOf(300) })
  await ground.openEngine()
  const desk = ground.client()
  ground.between(async (real, input, init) => {
    const answer = await real(input, init)
    if (String(input).includes('/admin/')) ground.clock.advance(25_000)
    return answer
  })
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  const lists = async () => (await desk.call('sync.status', {})).servers[0]?.lists ?? []
  const isRead = (all: Awaited<ReturnType<typeof lists>>) =>
    all.length > 0 && all.every(({ complete, state }) => complete || state === 'not-permitted' || state === 'refused')
  const end = ground.clock.now() + 8 * 3_600_000
  await until(async () => isRead(await lists()) || ground.clock.now() > end, Boolean, ground.patient, 10_000)
  expect((await lists()).filter(one => !isRead([one])).map(({ list }) => list)).toEqual([])
})
