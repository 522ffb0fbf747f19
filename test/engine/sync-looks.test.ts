import { expect, test } from 'vitest'
import { newAccount } from '../../src/main/sample/rules/records.ts'
import { permissionsOf } from '../../src/main/sample/rules/roles.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, openGround, signInAndSync, until } from './ground.ts'
import { blocksOf } from './lists-mirrored.ts'
import { colleaguesOf } from './sync-ground.ts'

const HOUR = 3_600_000

/** What the log says to have seen, the earliest first, once there are so many entries or two hours went by. */
const untilSaw = async (ground: Ground, desk: Engine, count: number) => {
  const end = ground.clock.now() + 2 * HOUR
  const read = async () =>
    (await desk.call('log.page', { limit: 200 })).entries.filter(({ source }) => source === 'saw').reverse()
  await until(read, seen => seen.length >= count || ground.clock.now() > end, ground.patient, 30_000)
  return await read()
}

test('a page is seen, although what is gone from it cannot be read by itself', async () => {
  await using ground = await openGround()
  const add = blocksOf(ground)
  const gone = add.domain('gone.example')
  const changed = add.domain('changed.example')
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  let fails = true
  ground.between(async (real, input, init) =>
    fails && new URL(String(input)).pathname.endsWith(`/domain_blocks/${gone.id}`)
      ? new Response('', { status: 503 })
      : await real(input, init),
  )
  ground.server.world.domainBlocks.remove(gone.id)
  changed.publicComment = 'said anew'
  const at = ground.clock.now()
  const [told, ...more] = await untilSaw(ground, desk, 1)
  expect(more).toEqual([])
  expect(told).toMatchObject({ action: 'domain-block.seen-changed', facts: { block: changed.id } })
  expect(Number(told?.facts.to)).toBeLessThan(at + HOUR)
  fails = false
  const [, lifted, ...others] = await untilSaw(ground, desk, 2)
  expect(others).toEqual([])
  expect(lifted).toMatchObject({ action: 'domain-block.seen-lifted', facts: { block: gone.id } })
})

test('who may see no reports is still told what others do to blocks, the newest of them too', async () => {
  await using ground = await openGround()
  const add = blocksOf(ground)
  const [changed, newest] = [add.ip('203.0.113.77/32'), add.ip('203.0.113.78/32')]
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const own = ground.server.world.roles.get('2')
  if (!own) throw new Error('no role')
  own.permissions &= ~permissionsOf('manage_reports')
  ground.server.world.ipBlocks.remove(newest.id)
  changed.comment = 'said anew'
  const told = (await untilSaw(ground, desk, 2)).filter(({ action }) => action.startsWith('ip-block'))
  expect(told.map(({ action, facts }) => [action, facts.block]).sort()).toEqual([
    ['ip-block.seen-changed', changed.id],
    ['ip-block.seen-lifted', newest.id],
  ])
})

test('accounts that are looked at since the newest reports are gone are seen', async () => {
  await using ground = await openGround()
  const { world } = ground.server
  const targets = ['one', 'other'].map((username, n) =>
    world.addAccount(
      newAccount({
        id: world.snowflakes.next(ground.clock.now() + n),
        username,
        domain: 'far.example',
        createdAt: ground.clock.now(),
      }),
    ),
  )
  const colleagues = colleaguesOf(ground)
  const reports = targets.map(({ id }) => colleagues.file('by one person', { targetAccountId: id, statusIds: [] }))
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  // Nothing else shows these accounts any more.
  for (const { id } of reports) world.reports.remove(id)
  Object.assign(targets[0] ?? {}, { silencedAt: ground.clock.now() })
  const told = await untilSaw(ground, desk, 3)
  expect(told.map(({ action, facts }) => [action, facts.report ?? facts.account]).sort()).toEqual([
    ['account.seen-changed', targets[0]?.id],
    ...reports.map(({ id }) => ['report.seen-gone', id]),
  ])
})

test('someone whose sign-up was answered before ours was sent is seen as the look before sending shows them', async () => {
  await using ground = await openGround()
  const { world } = ground.server
  const someone = world.accounts.all().find(one => one.user?.approved === false)
  if (!someone?.user) throw new Error('nobody waits')
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  await desk.call('settings.set', { graceSeconds: 60 })
  await desk.call('decisions.arm', {
    server: key,
    subject: { of: 'signup', id: someone.id },
    kind: 'signup.approve',
    fields: {},
  })
  someone.user.approved = true
  await desk.call('sync.now', { all: true })
  // Nothing but our own look before it is sent shows this.
  someone.silencedAt = ground.clock.now()
  const told = await untilSaw(ground, desk, 2)
  expect(told.map(({ action, facts }) => [action, facts.account])).toEqual([
    ['signup.seen-approved', someone.id],
    ['account.seen-changed', someone.id],
  ])
})
