import { expect, test } from 'vitest'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { addBlock, type Domains, openDomains, untilBatchEnds } from './domains-ground.ts'
import { NOON, until, untilPast } from './ground.ts'
import { ended, untilIn } from './journal-ground.ts'
import { blocksOf } from './lists-mirrored.ts'
import { addWaiting } from './signups-ground.ts'
import { colleaguesOf, mirrored, served } from './sync-ground.ts'

// What colleagues do while decisions of ours are under way is theirs all the same, and the log tells it.

/** What the log says to have seen, the oldest first, once there are so many. */
const seen = async ({ ground, desk }: Domains, count: number) =>
  await until(
    async () =>
      (await desk.call('log.page', { limit: 200 })).entries.filter(({ source }) => source === 'saw').reverse(),
    all => all.length >= count,
    ground.patient,
    60_000,
  )

/** An open report about someone who is no staff and not limited. */
const someoneReported = ({ server: { world } }: Domains['ground']) => {
  const found = world.reports.all().flatMap(report => {
    const target = world.account(report.targetAccountId)
    const fits = report.actionTakenAt === null && target?.silencedAt === null && target.user?.roleId == null
    return fits ? [{ report, target }] : []
  })[0]
  if (!found) throw new Error('no report')
  return found
}

/** Limits someone on the server; nobody knows yet how that ended, since its answer does not come. */
const limitInDoubt = async ({ ground, desk, key }: Domains) => {
  const { report, target } = someoneReported(ground)
  ground.server.faults.add({ kind: 'cut-after' }, { method: 'POST', path: /\/action$/ })
  const subject = { of: 'report', id: report.id } as const
  const { decision } = await desk.call('decisions.arm', { server: key, subject, kind: 'account.limit' })
  await untilIn(ground, desk, decision.id, ['unknown'], 500)
  return { report, target, decision }
}

test('a block that was come across while deciding on another is held as it was then, so that its next change is told', async () => {
  await using domains = await openDomains()
  const { ground, desk, key } = domains
  ground.clock.advance(1_000)
  const theirs = addBlock(ground, 'theirs.example')
  const range = blocksOf(ground).ip('198.51.100.7/32')
  await domains.decide('ours.example', 'domain.block', { fields: { severity: 'silence' } })
  const { decision } = await desk.call('decisions.arm', {
    server: key,
    subject: { of: 'address', id: '198.51.100.9' },
    kind: 'address.block',
    fields: { severity: 'sign_up_block' },
  })
  expect((await untilIn(ground, desk, decision.id, ended, 1_000)).state).toBe('done')
  const before = ground.clock.now()
  ground.clock.advance(1_000)
  theirs.privateComment = 'said later'
  range.comment = 'said later'
  const told = await seen(domains, 4)
  expect(told.map(({ action, facts }) => [action, facts.block])).toEqual([
    ['domain-block.seen-added', theirs.id],
    ['ip-block.seen-added', range.id],
    ['domain-block.seen-changed', theirs.id],
    ['ip-block.seen-changed', range.id],
  ])
  for (const { facts } of told.slice(0, 2)) expect(facts.to).toBeLessThanOrEqual(before)
})

test('what a colleague does to an account while our own decision on it is under way, and right after it, is told once', async () => {
  await using domains = await openDomains()
  const { ground, desk } = domains
  // No two requests are of the same moment.
  ground.between(async (real, ...asked) => {
    ground.clock.advance(1)
    return await real(...asked)
  })
  const { target, decision } = await limitInDoubt(domains)
  const from = ground.clock.now()
  target.sensitizedAt = from
  expect((await untilIn(ground, desk, decision.id, ended, 1_000)).state).toBe('done')
  // Lifted at once, before anything was read again.
  ground.clock.advance(1_000)
  target.silencedAt = null
  colleaguesOf(ground).file('about the same', { targetAccountId: target.id })
  const told = (await seen(domains, 2)).filter(({ action }) => action === 'account.seen-changed')
  expect(told.map(({ facts }) => [facts.account, facts.sensitive, facts.limited])).toEqual([
    [target.id, true, undefined],
    [target.id, undefined, false],
  ])
  expect(told[0]?.facts.from).toBeLessThanOrEqual(from)
  expect(told[0]?.facts.to).toBeGreaterThanOrEqual(from)
})

test('an account that is suspended while the lift of its domain still works in the background was suspended by a colleague', async () => {
  await using domains = await openDomains(ground => void addBlock(ground, 'spam.example'))
  const { ground } = domains
  const { world, clock } = ground.server
  const target = [...world.accounts.all()].find(
    ({ id, domain, suspendedAt }) => domain === 'spam.example' && suspendedAt === null && world.reportsByTarget.has(id),
  )
  if (!target) throw new Error('nobody there')
  target.silencedAt = clock.now()
  const { file } = colleaguesOf(ground)
  file('still limited', { targetAccountId: target.id })
  expect((await seen(domains, 1)).map(({ facts }) => facts.limited)).toEqual([true])
  expect((await domains.decide('spam.example', 'domain.lift')).state).toBe('done')
  // The server lifts what its block had done; a colleague suspends.
  Object.assign(target, { silencedAt: null, suspendedAt: clock.now(), suspensionOrigin: 'local' })
  file('about the same', { targetAccountId: target.id })
  const [, told] = await seen(domains, 2)
  expect([told?.action, told?.facts.suspended, told?.facts.limited]).toEqual(['account.seen-changed', true, undefined])
})

test('a comment that a colleague writes on a block whose severity we change is told, and our severity is not', async () => {
  await using domains = await openDomains(ground => {
    addBlock(ground, 'both.example')
    blocksOf(ground).ip('198.51.100.7/32')
  })
  const { ground, desk, key } = domains
  const { world, faults } = ground.server
  faults.add({ kind: 'cut-after' }, { method: 'PUT', times: 2 })
  const block = world.domainBlocks.find('both.example')
  const range = world.ipBlocks.all().find(({ ip }) => ip === '198.51.100.7/32')
  if (!block || !range) throw new Error('no block')
  const arm = async (of: 'domain' | 'address', id: string, severity: string) =>
    (await desk.call('decisions.arm', { server: key, subject: { of, id }, kind: `${of}.change`, fields: { severity } }))
      .decision.id
  const change = async (of: 'domain' | 'address', id: string, severity: string, meanwhile: () => void) => {
    const decision = await arm(of, id, severity)
    await untilIn(ground, desk, decision, ['unknown'], 500)
    meanwhile()
    expect((await untilIn(ground, desk, decision, ended, 1_000)).state).toBe('done')
  }
  await change('domain', block.domain, 'noop', () => Object.assign(block, { publicComment: 'theirs' }))
  await change('address', range.ip, 'no_access', () => Object.assign(range, { comment: 'theirs' }))
  expect([block.severity, range.severity]).toEqual(['noop', 'no_access'])
  expect((await seen(domains, 2)).map(({ action, facts }) => [action, facts.fields, facts.before])).toEqual([
    ['domain-block.seen-changed', ['publicComment'], 'noop'],
    ['ip-block.seen-changed', ['comment'], 'no_access'],
  ])
})

test('a block of a colleague’s that a batch of ours meets on the server is told as theirs, and ours is not', async () => {
  await using domains = await openDomains()
  const { ground } = domains
  ground.clock.advance(1_000)
  const blocks = [addBlock(ground, 'theirs.example'), addBlock(ground, 'alike.example', { severity: 'noop' })]
  const { id } = await domains.batch(['theirs.example', 'alike.example', 'ours.example'], 'domain.block', {
    severity: 'noop',
  })
  const ends = (await untilBatchEnds(domains, id)).map(({ name, state, why }) => [name, state, why]).sort()
  expect(ends).toEqual([
    ['alike.example', 'done', 'why.already-so'],
    ['ours.example', 'done', null],
    ['theirs.example', 'failed', 'why.blocked-otherwise'],
  ])
  expect((await seen(domains, 2)).map(({ action, facts }) => [action, facts.block]).sort()).toEqual(
    blocks.map(block => ['domain-block.seen-added', block.id]),
  )
})

test('what comes about long after a person was asked how a decision of ours ended is not taken for it', async () => {
  await using domains = await openDomains()
  const { ground, desk, key } = domains
  const { world, faults } = ground.server
  const { report } = someoneReported(ground)
  faults.add({ kind: 'cut-before' }, { method: 'POST', path: /\/action$/ })
  const subject = { of: 'account', id: report.targetAccountId } as const
  const { decision } = await desk.call('decisions.arm', { server: key, subject, kind: 'account.warn' })
  expect((await untilIn(ground, desk, decision.id, ended)).state).toBe('needs-person')
  // The same person closes it in the web admin, an hour later.
  const later = ground.clock.now() + 3_600_000
  await untilPast(ground, later, 30_000)
  const me = world.accountsByHandle.get('admin')?.id ?? ''
  const now = ground.clock.now()
  Object.assign(report, { actionTakenAt: now, actionTakenByAccountId: me, updatedAt: now })
  expect((await seen(domains, 1)).map(({ action, facts }) => [action, facts.report])).toEqual([
    ['report.seen-resolved', report.id],
  ])
})

test('a report that went with a sign-up which we rejected was not taken away by a colleague, and one that went otherwise was', async () => {
  const filed = { about: '', other: '' }
  await using domains = await openDomains(ground => {
    const { world } = ground.server
    const { file } = colleaguesOf(ground)
    const person = addWaiting(world, 'waiting')
    filed.about = file('about who waits', { targetAccountId: person.id, statusIds: [] }).id
    filed.other = file('by who waits', { accountId: person.id }).id
    file('goes by itself')
  })
  const { ground, desk, key } = domains
  const { world } = ground.server
  const person = world.accountsByHandle.get('waiting')
  const alone = world.reports.all().find(({ comment }) => comment === 'goes by itself')
  if (!person || !alone) throw new Error('nobody waits')
  const { decision } = await desk.call('decisions.arm', {
    server: key,
    subject: { of: 'signup', id: person.id },
    kind: 'signup.reject',
  })
  expect((await untilIn(ground, desk, decision.id, ended, 1_000)).state).toBe('done')
  world.removeReport(alone)
  expect([world.reports.get(filed.about), world.reports.get(filed.other)]).toEqual([undefined, undefined])
  const same = () => JSON.stringify(mirrored(ground.folder)) === JSON.stringify(served(ground))
  await until(same, Boolean, ground.patient, 60_000)
  expect((await seen(domains, 1)).map(({ action, facts }) => [action, facts.report])).toEqual([
    ['report.seen-gone', alone.id],
  ])
})

test('on two servers with the same ids what colleagues do is told of the one where they did it, also while ours is under way on the other', async () => {
  await using domains = await openDomains()
  const { ground, desk, key } = domains
  const world = smallWorld(NOON)
  world.instance.domain = 'beacon.example'
  const other = await startSampleServer({ clock: ground.clock, jobDelay: 0, colleagues: false, world })
  try {
    const { key: away } = (await desk.call('servers.signIn', { url: other.url, token: 'admin' })).server
    await desk.call('sync.now', { all: true })
    const { report, decision } = await limitInDoubt(domains)
    const twin = other.world.reports.get(report.id)
    if (twin?.targetAccountId !== report.targetAccountId) throw new Error('no twins')
    // There a colleague does the same to the account of the same id, and here someone assigns another report.
    const now = ground.clock.now()
    Object.assign(other.world.account(twin.targetAccountId) ?? {}, { silencedAt: now })
    colleaguesOf({ ...ground, server: other }).file('again', { targetAccountId: twin.targetAccountId })
    const mine = ground.server.world.reports.all().find(one => one.targetAccountId !== report.targetAccountId)
    if (!mine) throw new Error('no other report')
    colleaguesOf(ground).assign(mine)
    const told = await seen(domains, 2)
    expect((await untilIn(ground, desk, decision.id, ended, 1_000)).state).toBe('done')
    expect(
      told.map(({ server, action, facts }) => [server, action, facts.account === report.targetAccountId]).sort(),
    ).toEqual(
      [
        [away, 'account.seen-changed', true],
        [key, 'report.seen-assigned', false],
      ].sort(),
    )
  } finally {
    await other.close()
  }
})
