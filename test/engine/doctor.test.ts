import { expect, test } from 'vitest'
import { checkServers } from '../../src/main/doors/cli/doctor.ts'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { NOON, openGround, signInAndSync } from './ground.ts'

test('doctor waits for each server a while and for all at once: one is silent, one is slow, one is well', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const others = await Promise.all(
    ['silent', 'slow'].map(() =>
      startSampleServer({ clock: ground.clock, colleagues: false, world: smallWorld(NOON) }),
    ),
  )
  const [silent, slow] = others
  for (const { url } of others) await desk.call('servers.signIn', { url, token: 'admin' })
  silent?.faults.add({ kind: 'silent' }, { times: Number.POSITIVE_INFINITY })
  slow?.faults.add({ kind: 'delayed', ms: 400 }, { times: Number.POSITIVE_INFINITY })
  ground.clock.advance(1)
  const began = performance.now()
  const checks = await checkServers(desk, 1_500)
  expect(performance.now() - began, 'not one after the other').toBeLessThan(2_900)
  expect(checks.map(({ ok, todo }) => [ok, todo])).toEqual([
    [true, null],
    [false, expect.stringMatching(/did not answer within 2 seconds/)],
    [true, null],
  ])
  expect(checks[2]?.says).toContain('still being read')
  for (const other of others) await other.close()
})
