import { expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import { openGround, signInAndSync, until } from './ground.ts'
import { agrees, blocksOf, servedRows } from './lists-mirrored.ts'
import { colleaguesOf } from './sync-ground.ts'
import { differences } from './sync-whole.ts'

const HOUR = 3_600_000

const seenOf = async (desk: Engine) => {
  const { entries } = await desk.call('log.page', { limit: 200 })
  return entries.filter(({ source }) => source === 'saw')
}

/** A ground with an engine that has read everything, and what its log says to have seen. */
const begin = async () => {
  const ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  return {
    ground,
    desk,
    seen: async () => (await seenOf(desk)).reverse(),
    /** Lets this time pass at once, and then minutes until mirror and server are the same. */
    untilSame: async (ms = 0) => {
      ground.clock.advance(ms)
      await until(
        async () => {
          ground.clock.advance(ground.patient.isBusy() ? 0 : 60_000)
          await desk.call('sync.status', {})
          return differences(ground)
        },
        ([first]) => first === undefined,
      )
    },
    [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
  }
}

test('a report that was reopened and closed again between two looks bears the name of who closed it last, and the log tells it', async () => {
  await using at = await begin()
  const { ground } = at
  const colleagues = colleaguesOf(ground)
  const report = ground.server.world.reports.all().find(one => one.actionTakenAt !== null)
  if (!report) throw new Error('no closed report')
  ground.clock.advance(60_000)
  colleagues.reopen(report)
  colleagues.resolve(report)
  // Closed by another one than the first.
  report.actionTakenByAccountId = ground.server.world.accountsByHandle.get('owner')?.id ?? ''
  // Closed reports are walked through once a day.
  await at.untilSame(25 * HOUR)
  expect(await at.seen()).toMatchObject([
    {
      action: 'report.seen-resolved',
      facts: { report: report.id, again: 'yes', resolvedAt: report.actionTakenAt },
      personal: { by: 'owner' },
    },
  ])
})

test('a block of which only a comment or its hiding was changed is noticed, and the log names the fields, not what they say', async () => {
  await using at = await begin()
  const { ground } = at
  const [block, other] = ground.server.world.domainBlocks.all()
  if (!block || !other) throw new Error('no blocks')
  ground.clock.advance(60_000)
  block.privateComment = 'a canary in a comment'
  Object.assign(other, { publicComment: 'for everybody', obfuscate: !other.obfuscate })
  await at.untilSame()
  const seen = await at.seen()
  expect(seen.map(({ action, facts }) => [action, facts.block, facts.fields]).sort()).toEqual(
    [
      ['domain-block.seen-changed', block.id, ['privateComment']],
      ['domain-block.seen-changed', other.id, ['obfuscate', 'publicComment']],
    ].sort(),
  )
  expect(JSON.stringify(seen)).not.toContain('canary')
})

test('a rule that was said anew is told once, also where a report showed it first', async () => {
  await using at = await begin()
  const { ground, desk } = at
  await at.untilSame()
  const [rule] = ground.server.world.rules.all()
  if (!rule) throw new Error('no rule')
  rule.text = 'No advertising of any kind'
  const report = colleaguesOf(ground).file('against the rule')
  Object.assign(report, { ruleIds: [rule.id] })
  await desk.call('sync.now', {})
  // What a server says of itself is read once a day.
  await at.untilSame(25 * HOUR)
  expect((await at.seen()).map(({ action, facts }) => [action, facts.changed])).toEqual([
    ['rules.seen-changed', [rule.id]],
  ])
})

test('rules that a colleague puts in another order are told once, and stand so; a translation, of which nothing is held, is nobody’s news', async () => {
  await using at = await begin()
  const { ground } = at
  const { world } = ground.server
  for (const id of ['7', '8'])
    world.rules.add({ id, text: `Rule ${id}`, hint: '', translations: {}, deletedAt: null, priority: Number(id) })
  await at.untilSame(25 * HOUR)
  const [first, second] = world.rules.all()
  if (!first || !second) throw new Error('no rules')
  const from = ground.clock.now()
  Object.assign(second, { priority: -1 })
  await at.untilSame(25 * HOUR)
  Object.assign(first, { translations: { de: { text: 'Ganz anders', hint: '' } } })
  await at.untilSame(25 * HOUR)
  // One that goes moves nobody.
  Object.assign(second, { deletedAt: ground.clock.now() })
  await at.untilSame(25 * HOUR)
  const told = (await at.seen()).map(({ facts: { added, changed, removed, order } }) => [
    added,
    changed,
    removed,
    order,
  ])
  expect(told).toEqual([
    [[], [], [], [second.id, first.id, '7', '8']],
    [[], [], [second.id], undefined],
  ])
  const [moved] = await at.seen()
  expect([Number(moved?.facts.from) <= from, Number(moved?.facts.to) >= from]).toEqual([true, true])
})

test('where the server is so slow that a list is always due again, the others are walked through too', async () => {
  await using at = await begin()
  const { ground, desk } = at
  const add = blocksOf(ground)
  const gone = ground.server.world.ipBlocks.all()[0] ?? add.ip('203.0.113.77/32')
  await desk.call('sync.now', { all: true })
  // A page takes twenty seconds, so the sweeps rest longer than it is until the next of the open reports.
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    if (String(input).includes('/admin/')) await new Promise<void>(resolve => void ground.clock.after(20_000, resolve))
    return response
  })
  ground.server.world.ipBlocks.remove(gone.id)
  const end = ground.clock.now() + 6 * HOUR
  await until(
    async () => {
      ground.clock.advance(5_000)
      await desk.call('sync.status', {})
      return (await at.seen()).length
    },
    count => count > 0 || ground.clock.now() > end,
  )
  expect(await at.seen()).toMatchObject([{ action: 'ip-block.seen-lifted', facts: { block: gone.id } }])
})

test('a whole list that a colleague brings to an empty one is told item by item, once', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const from = ground.clock.now()
  ground.clock.advance(1_000)
  for (let n = 0; n < 1_100; n++) blocksOf(ground).allow(`n${n}.example`)
  await until(
    () => agrees(ground),
    same => same,
    ground.patient,
    20_000,
  )
  const { total } = await desk.call('log.page', { kind: 'domain-allow.seen-added', limit: 1 })
  expect(total).toBe(1_100)
  for (const { facts } of await seenOf(desk)) expect(Number(facts.from)).toBeLessThanOrEqual(from)
})

test('an item that cannot be read by itself keeps no list from being walked through', async () => {
  await using ground = await openGround()
  const [block, other] = ground.server.world.domainBlocks.all()
  const [report, closed] = ground.server.world.reports.all().filter(one => one.actionTakenAt === null)
  const [row, next] = servedRows(ground, 'signups').map(line => line.split(' ')[0] ?? '')
  if (!block || !other || !report || !closed || !row || !next) throw new Error('too small a world')
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  // Gone from its list, and by itself an answer that says nothing.
  const odd = new RegExp(`/(domain_blocks/${block.id}|reports/${report.id}|accounts/${row})$`)
  let asked = 0
  ground.between(async (real, input, init) => {
    const { pathname } = new URL(String(input))
    if (!odd.test(pathname)) return await real(input, init)
    asked++
    return new Response('{"id":"7"}', { headers: { 'content-type': 'application/json' } })
  })
  const { world } = ground.server
  world.domainBlocks.remove(block.id)
  world.domainBlocks.remove(other.id)
  Object.assign(report, { actionTakenAt: ground.clock.now() })
  Object.assign(closed, { actionTakenAt: ground.clock.now(), updatedAt: ground.clock.now() })
  for (const id of [row, next]) Object.assign(world.account(id)?.user ?? {}, { approved: true })
  await until(
    () => seenOf(desk),
    all => all.length >= 3,
    ground.patient,
    10_000,
  )
  const told = (await seenOf(desk)).map(({ facts }) => facts.block ?? facts.report ?? facts.account)
  expect(told.sort()).toEqual([other.id, closed.id, next].sort())
  expect(asked).toBeGreaterThan(2)
  const [server] = (await desk.call('sync.status', {})).servers
  expect(server?.failure).toBe(null)
})
