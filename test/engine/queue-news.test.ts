import { expect, test } from 'vitest'
import { openGround } from './ground.ts'
import { colleaguesOf, worldOf } from './sync-ground.ts'

test('what a list lacks because its server was not read to the end is no news; what is filed after it was opened is', async () => {
  await using ground = await openGround({ world: worldOf(300) })
  await ground.openEngine()
  const desk = ground.client('cli')
  await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  await desk.call('sync.now', {})
  await desk.call('sync.pause', { paused: true })
  const counted = async () => (await desk.call('reports.counts', {})).byServer[0]
  const open = async () => (await desk.call('reports.open', { filter: {}, group: 'none' })).list
  const before = await counted()
  const list = await open()
  ground.clock.advance(1)
  await desk.call('sync.now', { all: true })
  const after = await counted()
  expect([before?.whole, after?.whole]).toEqual([false, true])
  const older = (after?.open ?? 0) - (before?.open ?? 0)
  expect(older).toBeGreaterThan(0)
  expect(await desk.call('reports.news', { list })).toEqual({ added: older, older })
  const whole = await open()
  ground.clock.advance(60_000)
  colleaguesOf(ground).file('after it')
  ground.clock.advance(1)
  await desk.call('sync.now', {})
  expect(await desk.call('reports.news', { list })).toEqual({ added: older + 1, older })
  expect(await desk.call('reports.news', { list: whole })).toEqual({ added: 1, older: 0 })
})
