import { expect, test } from 'vitest'
import { openCases, readCase, reportWhere } from './case-ground.ts'
import { until } from './ground.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

test('a report without posts keeps the profile as it was, also after its owner changed it', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const report = reportWhere(ground, one => one.actionTakenAt === null && one.statusIds.length === 0)
  const account = ground.server.world.account(report.targetAccountId)
  if (!account) throw new Error('no account')
  const was = account.profile.displayName
  account.profile = { ...account.profile, displayName: 'Nobody in particular', note: '<p>Nothing to see here</p>' }
  ground.clock.advance(60_000)
  await desk.call('reports.refresh', { server: key, id: report.id })
  const { profiles, account: now } = await readCase(desk, key, report)
  expect(now.displayName).toBe('Nobody in particular')
  expect(profiles.map(one => one.displayName)).toEqual(['Nobody in particular', was])
  expect(profiles[1]?.seenAt).toBeLessThan(profiles[0]?.seenAt ?? 0)
})

test('the reporter’s record counts by reporter and never names one; upheld is what led to something', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const { world } = ground.server
  const reports = [...world.reports.all()]
  const report = reportWhere(
    ground,
    one =>
      one.actionTakenAt === null &&
      reports.filter(other => other.accountId === one.accountId && other.actionTakenAt !== null).length > 1,
  )
  const theirs = reports.filter(
    one => one.accountId === report.accountId && one.createdAt > ground.clock.now() - 90 * 86_400_000,
  )
  const restricted = (id: string) => {
    const account = world.account(id)
    return [account?.suspendedAt, account?.silencedAt, account?.sensitizedAt].some(at => typeof at === 'number')
  }
  const found = await readCase(desk, key, report)
  const domain = world.account(report.accountId)?.domain ?? null
  expect(found.records).toContainEqual({
    domain,
    here: found.told.length > 0 ? expect.any(Number) : 1,
    filed: theirs.length,
    closed: theirs.filter(one => one.actionTakenAt !== null).length,
    upheld: theirs.filter(one => one.actionTakenAt !== null && restricted(one.targetAccountId)).length,
  })
  const text = JSON.stringify(found.records)
  for (const account of [world.account(report.accountId)]) expect(text).not.toContain(account?.username ?? '?')
})

test('what colleagues did to the report since stands in its case; what is known of the target’s server too', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const report = reportWhere(
    ground,
    one =>
      one.actionTakenAt === null &&
      one.assignedAccountId === null &&
      ground.server.world.account(one.targetAccountId)?.domain !== null,
  )
  const writable: Writable<typeof report> = report
  const kim = ground.server.world.accountsByHandle.get('kim')
  writable.assignedAccountId = kim?.id ?? null
  writable.category = 'spam'
  writable.updatedAt = ground.clock.now() + 1
  ground.clock.advance(1000)
  await desk.call('reports.refresh', { server: key, id: report.id })
  const { since, origin } = await readCase(desk, key, report)
  expect(since.map(one => one.action).sort()).toEqual(
    report.category === 'spam' && since.length === 1
      ? ['report.seen-assigned']
      : ['report.seen-assigned', 'report.seen-changed'],
  )
  expect(since.find(one => one.action === 'report.seen-assigned')?.personal).toEqual({
    assigned: 'kim',
    target: expect.stringMatching(/^@/),
  })
  const domain = ground.server.world.account(report.targetAccountId)?.domain ?? ''
  const about = [...ground.server.world.reports.all()].filter(
    one => ground.server.world.account(one.targetAccountId)?.domain === domain,
  )
  expect(origin).toMatchObject({
    domain,
    accounts: new Set(about.map(one => one.targetAccountId)).size,
    open: about.filter(one => one.actionTakenAt === null).length,
    closed: about.filter(one => one.actionTakenAt !== null).length,
  })
})

test('a block of the server, or of a name above it, stands beside its accounts', async () => {
  await using cases = await openCases()
  const { ground } = cases
  const { world } = ground.server
  const report = reportWhere(
    ground,
    one => one.actionTakenAt === null && (world.account(one.targetAccountId)?.domain ?? '') !== '',
  )
  const domain = world.account(report.targetAccountId)?.domain ?? ''
  const admin = ground.client()
  const signedIn = await admin.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  const [first] = world.domainBlocks.all()
  if (!first) throw new Error('no block')
  const block: Writable<typeof first> = first
  block.domain = domain.split('.').slice(1).join('.')
  await admin.call('sync.now', { all: true })
  const { origin } = await until(
    () => readCase(admin, signedIn.server.key, report),
    one => one.origin?.block !== null,
    ground.patient,
    1000,
  )
  expect(origin?.block).toMatchObject({ domain: block.domain, severity: block.severity })
})
