import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import { openGround, signInAndSync, until, untilState } from './ground.ts'
import { addWaiting } from './signups-ground.ts'

const clusters = async (desk: Engine) => (await desk.call('signups.clusters', {})).clusters
const again = async (desk: Engine) => (await clusters(desk)).find(({ pattern }) => pattern === 'rejected')

test('who was rejected from here is known again by the e-mail in any form, or by name and range, and forgotten in time', async () => {
  await using ground = await openGround()
  const { world } = ground.server
  const first = addWaiting(world, 'mallory', { email: 'Mal.Lory@post.example', ip: '203.0.113.7' })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  expect(await again(desk)).toBeUndefined()
  const subject = { of: 'signup' as const, id: first.id }
  const { decision } = await desk.call('decisions.arm', { server: key, subject, kind: 'signup.reject' })
  await untilState(ground, desk, decision.id, 'done')
  // Others wait as before, and nobody is suspected for it.
  expect(await again(desk)).toBeUndefined()

  const sameMail = addWaiting(world, 'quite_another', { email: 'mallory+2@POST.example', ip: '198.51.100.9' })
  const sameName = addWaiting(world, 'Mallory', { email: 'other@else.example', ip: '203.0.113.200' })
  const neither = addWaiting(world, 'mallory_b', { email: 'mallory@else.example', ip: '203.0.113.201' })
  await desk.call('sync.now', { all: true })
  const cluster = await until(
    () => again(desk),
    found => found?.count === 2,
  )
  expect(cluster).toMatchObject({ server: key, value: '', count: 2 })
  const { people } = await desk.call('signups.cluster', { server: key, pattern: 'rejected', value: '' })
  expect(people.map(({ id }) => id).sort()).toEqual([sameMail.id, sameName.id].sort())
  const { rows } = await desk.call('signups.rows', { server: key, ids: [sameMail.id, neither.id] })
  expect(rows.map(row => row.shares.some(({ pattern }) => pattern === 'rejected'))).toEqual([true, false])

  // Neither the e-mail nor a plain hash of it is in the vault.
  await ground.closeEngine(1_000)
  const bytes = ['vault.db', 'vault.db-wal'].flatMap(name => {
    try {
      return [readFileSync(join(ground.folder, name)).toString('latin1').toLowerCase()]
    } catch {
      return []
    }
  })
  for (const secret of ['mal.lory@post', 'mallory@post']) expect(bytes.join('')).not.toContain(secret)
  ground.clock.advance(181 * 86_400_000)
  await ground.openEngine()
  const later = ground.client()
  await until(
    () => again(later),
    found => found === undefined,
    ground.clock,
    1_000,
  )
})
