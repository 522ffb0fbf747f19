import { describe, expect, test } from 'vitest'
import type { ReportRecord } from '../../src/main/sample/rules/model.ts'
import { migrationWeek } from '../../src/main/sample/scenario/migration-week.ts'

const world = migrationWeek()
const reports = world.reports.all()
const label = (name: string): ReportRecord[] => reports.filter(one => one.label === name)
const hour = 3_600_000

/** The first link in HTML that is no mention and no tag, without its dress; else the words alone. */
function keyOf(html: string): string {
  for (const [, attributes = ''] of html.matchAll(/<a ([^>]*)>/g)) {
    if (/class="[^"]*mention/.test(attributes)) continue
    const address = new URL((/href="([^"]*)"/.exec(attributes)?.[1] ?? '').replaceAll('&amp;', '&'))
    if (address.protocol === 'https:') return `${address.host}${address.pathname.replace(/\/$/, '')}`
  }
  const words = html.replace(/<span class="h-card".*?<\/a><\/span>/g, '').replace(/<[^>]*>/g, '')
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

const keysOf = (report: ReportRecord): string[] =>
  report.statusIds.map(id => keyOf(world.statuses.get(id)?.content ?? ''))

describe.each([
  ['campaign:casino', 90, 'gluecksrad-am-fluss.example/start'],
  ['campaign:giveaway', 60, 'weidemarkt-geschenk.example/claim'],
  ['campaign:recovery', 50, 'ilost38000toafakeinvestment'],
])('%s', (name, count, key) => {
  const own = label(name)

  test('all its reports share one key, and no other report has it', () => {
    expect(own).toHaveLength(count)
    for (const report of own) for (const one of keysOf(report)) expect(one.startsWith(key), one).toBe(true)
    for (const report of own) expect(report.statusIds.length).toBeGreaterThan(0)
    const others = reports.filter(one => one.label !== name)
    expect(others.flatMap(keysOf).filter(one => one.startsWith(key))).toEqual([])
  })

  test('many accounts of six servers or more, in a burst', () => {
    const targets = new Set(own.map(one => one.targetAccountId))
    const hosts = new Set([...targets].map(id => world.account(id)?.domain))
    expect(targets.size).toBeGreaterThan(30)
    expect(hosts.size).toBeGreaterThanOrEqual(6)
    const times = own.map(one => one.createdAt)
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(7 * hour)
    for (const id of targets) expect(world.account(id)?.label).toBe(name)
  })
})

test('the brigade: many reporters, one target who did nothing wrong, a short time', () => {
  const own = label('brigade:historian')
  expect(new Set(own.map(one => one.targetAccountId)).size).toBe(1)
  expect(world.account(own[0]?.targetAccountId ?? '')?.username).toBe('henriette')
  expect(new Set(own.map(one => one.accountId)).size).toBeGreaterThan(30)
  const times = own.map(one => one.createdAt)
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(4 * hour)
  expect(world.strikes.all().filter(one => one.targetAccountId === own[0]?.targetAccountId)).toEqual([])
  const call = world.statuses.all().find(one => one.content.includes('Bei vierzig Meldungen'))
  expect(call?.createdAt).toBeLessThan(Math.min(...times))
  expect(new Set(own.map(one => one.category))).toContain('legal')
})

test('two waves of sign-ups: one by mail domain and name, one by network and reason; honest neighbours in both', () => {
  const pending = (world.accountsByDomain.get('')?.all() ?? []).filter(one => one.user?.approved === false)
  const mail = pending.filter(one => one.label === 'wave:mail-domain')
  const net = pending.filter(one => one.label === 'wave:network')
  expect([mail.length, net.length]).toEqual([25, 20])
  for (const one of mail) {
    expect(one.user?.email).toMatch(/@wegwerf-post\.example$/)
    expect(one.username).toMatch(/^[a-z]+\d{4}$/)
  }
  for (const one of net) expect(one.user?.ips[0]?.ip).toMatch(/^203\.0\.113\./)
  expect(new Set(net.map(one => one.user?.inviteRequest)).size).toBe(1)
  expect(new Set(mail.map(one => one.user?.email)).size).toBe(25)
  const honest = (world.accountsByDomain.get('')?.all() ?? []).filter(one => one.label === null)
  expect(honest.filter(one => one.user?.email.endsWith('@wegwerf-post.example')).map(one => one.username)).toEqual([
    'nele_n',
    'hanna_h',
  ])
  expect(
    honest.filter(one => one.user?.ips.some(({ ip }) => ip.startsWith('203.0.113.'))).map(one => one.username),
  ).toEqual(['pilar', 'bela_bass'])
})

test('colleagues act at a set pace, and leave the hard cases to whoever sits at the desk', () => {
  const every = world.background.map(one => one.after)
  expect(world.background.length).toBeGreaterThan(60)
  expect(every.every(after => after % 75_000 === 0)).toBe(true)
  expect(migrationWeek({ pace: 1000 }).background[0]?.after).toBe((every[0] ?? 0) / 75)
  const spared = new Set(
    ['henriette', 'torben_k', 'wache_auf', 'fotokiste'].map(user => world.accountsByHandle.get(user)?.id),
  )
  for (const { step } of world.background) {
    if ('reportId' in step && step.reportId !== null) {
      const target = world.reports.get(step.reportId)?.targetAccountId
      expect(target).toBeDefined()
      expect(spared.has(target)).toBe(false)
    }
    if ('by' in step) expect(world.account(step.by)).toBeDefined()
    if (step.do === 'approve' || step.do === 'reject') expect(world.account(step.accountId)?.user?.approved).toBe(false)
    if (step.do === 'delete-status' || step.do === 'edit-status')
      expect(world.statuses.get(step.statusId)).toBeDefined()
  }
})

test('a larger world has exactly the numbers asked for, the same story in it, and one order of numbers and times', () => {
  const start = performance.now()
  const large = migrationWeek({ reports: 20_000, accounts: 100_000 })
  process.stdout.write(`scale: 20,000 reports and 100,000 accounts in ${Math.round(performance.now() - start)} ms\n`)
  expect([large.reports.size, large.accounts.size]).toEqual([20_000, 100_000])
  expect(new Set(large.accounts.all().map(one => one.id)).size).toBe(100_000)
  const labels = large.reports.all().flatMap(one => (one.label === null ? [] : [one.label]))
  expect(labels.filter(one => !one.startsWith('history:'))).toHaveLength(240)
  expect(labels.length / 20_000).toBeGreaterThan(0.05)
  expect(large.reports.all().filter(one => one.actionTakenAt === null).length / 20_000).toBeCloseTo(0.25, 1)
  const born = (id: string) => large.account(id)?.createdAt ?? Number.POSITIVE_INFINITY
  const tooEarly = large.reports
    .all()
    .filter(one => born(one.targetAccountId) > one.createdAt || born(one.accountId) > one.createdAt)
  expect(tooEarly).toEqual([])
  const times = large.reports.all().map(one => one.createdAt)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(
    large.reports
      .all()
      .flatMap(one => one.statusIds)
      .every(id => large.statuses.get(id) !== undefined),
  ).toBe(true)
})
