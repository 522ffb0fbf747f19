import { expect, test } from 'vitest'
import { openGround, signInAndSync, until } from './ground.ts'
import { blocksOf } from './lists-mirrored.ts'
import { colleaguesOf } from './sync-ground.ts'
import { differences } from './sync-whole.ts'

const HOUR = 3_600_000

/** A ground with an engine that has read everything, and what its log says to have seen. */
const begin = async () => {
  const ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  return {
    ground,
    desk,
    seen: async () => {
      const { entries } = await desk.call('log.page', { limit: 200 })
      return entries.filter(({ source }) => source === 'saw').reverse()
    },
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
