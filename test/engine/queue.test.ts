import { expect, test } from 'vitest'
import { openData } from '../../src/main/engine/db/open.ts'
import { takeMissingGists } from '../../src/main/engine/reports/gist.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { NOON, openGround, signInAndSync, until } from './ground.ts'
import { headsIn, type Input, openQueue, readLog, week } from './queue-ground.ts'
import { colleaguesOf } from './sync-ground.ts'

test('each campaign of the week is one group, and whatever is said about it comes back with it', async () => {
  await using ground = await week()
  const { desk, key } = await signInAndSync(ground)
  const heads = await headsIn(desk, { filter: {} })
  const campaigns = heads.filter(({ kind }) => kind === 'campaign')
  const link = campaigns.find(({ campaign }) => campaign?.key === 'link:gluecksrad-am-fluss.example/start')
  expect(link).toMatchObject({ reports: 90, campaign: { shows: 'gluecksrad-am-fluss.example/start', said: null } })
  expect(link?.accounts).toBeGreaterThan(30)
  expect(campaigns.find(({ reports }) => reports === 60)?.campaign?.key).toBe('link:weidemarkt-geschenk.example/claim')
  const text = campaigns.find(({ reports }) => reports === 50)
  expect(text?.campaign?.key).toMatch(/^text:/)
  expect(text?.campaign?.shows.normalize('NFKC').replaceAll('\u200B', '')).toMatch(/lost/i)
  expect((await desk.call('reports.counts', {})).campaigns).toBe(campaigns.length)

  const { lines } = await openQueue(desk, { filter: { campaign: 'any' } })
  expect(lines.filter(line => line.line === 'group').every(({ group }) => group.kind === 'campaign')).toBe(true)
  expect(lines.length).toBe(campaigns.reduce((sum, { reports }) => sum + reports + 1, 0))

  const campaign = link?.campaign?.key ?? ''
  await desk.call('campaigns.say', { key: campaign, server: key, text: ' spam wave of Tuesday ' })
  const [said] = (await headsIn(desk, { filter: { campaign } })).map(head => head.campaign?.said)
  expect(said).toBe('spam wave of Tuesday')
  const about = await desk.call('campaigns.about', { key: campaign })
  expect(about).toMatchObject({ open: 90, closed: 0, accounts: link?.accounts, said: { author: 'ada' } })
  expect(about.origins.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(about.accounts)
  expect(await readLog(desk, 'campaign.said')).toMatchObject([
    { facts: { campaign: 'link' }, personal: { text: 'spam wave of Tuesday' } },
  ])
  await desk.call('campaigns.say', { key: campaign, server: key, text: '' })
  expect((await desk.call('campaigns.about', { key: campaign })).said).toBeNull()
})

test('a brigade says so in numbers, a campaign does not, and a target with a few reports neither', async () => {
  await using ground = await week()
  const { desk } = await signInAndSync(ground)
  const heads = await headsIn(desk, { filter: {} })
  const brigades = heads.filter(({ brigade }) => brigade !== null)
  expect(brigades.map(({ account }) => account?.username)).toEqual(['henriette'])
  const [{ brigade, reports, reporters } = { brigade: null, reports: 0, reporters: 0 }] = brigades
  expect(brigade?.withinMs).toBeLessThanOrEqual(6 * 3_600_000)
  expect(brigade?.reporters).toBeGreaterThan(20)
  expect(brigade?.reporters).toBeLessThanOrEqual(reporters)
  expect(brigade?.reports).toBeLessThanOrEqual(reports)
})

test('what is marked is told in accounts, each once, with all that is open about them; what is gone counts not', async () => {
  await using ground = await week()
  const { desk, key } = await signInAndSync(ground)
  const { rows } = await openQueue(desk, { filter: {}, group: 'none' })
  const campaign = (await openQueue(desk, { filter: { campaign: 'link:gluecksrad-am-fluss.example/start' } })).rows
  const about = await desk.call('reports.about', {
    reports: [...campaign.map(({ id }) => ({ server: key, id })), { server: key, id: '999999' }],
  })
  const accounts = new Map(campaign.map(row => [row.target.id, row]))
  const sum = (which: readonly (typeof rows)[number][]) => which.reduce((all, row) => all + row.openOnTarget, 0)
  const members = [...accounts.values()].filter(row => row.target.domain === null)
  expect(about).toEqual({
    accounts: accounts.size,
    members: members.length,
    open: sum([...accounts.values()]),
    ofMembers: sum(members),
  })
  expect(about.accounts).toBeGreaterThan(about.members)
  expect(about.open).toBeGreaterThanOrEqual(campaign.length)
  // Forty reports about one member are one account.
  const many = rows.filter(row => row.target.username === 'henriette' && row.target.domain === null)
  const one = await desk.call('reports.about', { reports: many.map(({ id }) => ({ server: key, id })) })
  expect(one).toEqual({ accounts: 1, members: 1, open: many.length, ofMembers: many.length })
})

const found = async (desk: Engine, text: string, filter: Input['filter'] = {}) =>
  (await openQueue(desk, { filter: { ...filter, text }, group: 'none' })).rows

test('comments, posts, names and handles are found in any script, and so is what was edited away', async () => {
  await using ground = await week()
  const { desk } = await signInAndSync(ground)
  const count = async (text: string) => (await found(desk, text)).length
  expect(await count('gluecksrad-am-fluss')).toBeGreaterThanOrEqual(90)
  expect(await count('https://gluecksrad-am-fluss.example/start')).toBeGreaterThan(30)
  expect(await count('詐欺')).toBeGreaterThan(0)
  expect(await count('رابط')).toBeGreaterThan(0)
  // Forty about her, and two that call her.
  expect(await count('@henriette@lindenhof.example')).toBe(42)
  expect(await count('henri')).toBeGreaterThanOrEqual(40)
  expect(await found(desk, 'no such words anywhere')).toEqual([])
  const spam = await found(desk, 'gluecksrad', { category: 'spam' })
  expect(spam.length).toBeGreaterThan(0)
  expect(spam.every(({ category }) => category === 'spam')).toBe(true)

  const [report] = await found(desk, '"fake investment"')
  const [post] = ground.server.world.reports.get(report?.id ?? '')?.statusIds ?? []
  const status = ground.server.world.statuses.get(post ?? '')
  if (!report || !status) throw new Error('no post')
  const before = await count('"quietly changed afterwards"')
  Object.assign(status, { content: '<p>quietly changed afterwards</p>', editedAt: ground.clock.now() })
  await desk.call('reports.refresh', report)
  expect(before).toBe(0)
  expect((await found(desk, '"quietly changed afterwards"')).map(({ id }) => id)).toEqual([report.id])
  expect((await found(desk, '"fake investment"')).map(({ id }) => id)).toContain(report.id)
})

test('what was held before the search was there is taken bit by bit, and nothing twice', async () => {
  await using ground = await week()
  const { desk } = await signInAndSync(ground)
  const before = (await found(desk, 'gluecksrad')).length
  await ground.closeEngine(1_000)
  const data = openData(ground.folder, NOON)
  data.gate.write([], db => {
    db.run(`UPDATE mirror.report SET gist = '', keys = '[]', languages = '[]'`)
    db.run('DELETE FROM mirror.report_text')
  })
  const told: number[] = []
  data.gate.onChange(topics => topics.has('reports') && told.push(1))
  const faults: unknown[] = []
  const queue: (() => void)[] = []
  const clock = {
    now: () => NOON,
    after: (_: number, run: () => void) => {
      queue.push(run)
      return () => {}
    },
  }
  takeMissingGists(data.gate, clock, new AbortController().signal, error => faults.push(error))
  let turns = 0
  for (let run = queue.shift(); run; run = queue.shift(), turns++) run()
  expect(faults).toEqual([])
  expect(turns).toBeGreaterThan(3)
  expect(told.length).toBeLessThan(turns)
  const left = data.gate.read(db =>
    db.get<{ left: number }>(`SELECT count(*) AS left FROM mirror.report WHERE gist = ''`),
  )
  expect(left).toEqual({ left: 0 })
  data.close()
  await ground.openEngine()
  const again = ground.client()
  expect((await found(again, 'gluecksrad')).length).toBe(before)
  expect((await again.call('reports.counts', {})).campaigns).toBeGreaterThanOrEqual(3)
})

test('a snoozed report is out of the open queue until its time, or until it changes, and says why it was away', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  const all = (await openQueue(desk, { filter: {}, group: 'none' })).rows
  const [first, second, third] = all.map(({ server, id }) => ({ server, id }))
  if (!first || !second || !third) throw new Error('too few reports')
  const hours = (count: number) => ground.clock.now() + count * 3_600_000
  const open = async () => (await openQueue(desk, { filter: {}, group: 'none' })).rows.map(({ id }) => id)
  const waiting = async () => (await openQueue(desk, { filter: { snoozed: 'only' }, group: 'none' })).rows

  const { list: before } = await desk.call('reports.open', { filter: {}, group: 'none' })
  await desk.call('reports.snooze', { reports: [first, second], until: hours(2), reason: 'waiting for an answer' })
  await desk.call('reports.snooze', { reports: [third], until: hours(30), reason: '' })
  expect(await open()).toHaveLength(all.length - 3)
  expect((await waiting()).map(({ id, snooze }) => [id, snooze?.back]).toSorted()).toEqual(
    [first, second, third].map(({ id }) => [id, null]).toSorted(),
  )
  expect(await desk.call('reports.counts', {})).toMatchObject({ open: all.length - 3, snoozed: 3 })
  // What one goes on to is none of them, in a list that was opened before; among those that wait it is one.
  const { list: away } = await desk.call('reports.open', { filter: { snoozed: 'only' }, group: 'none' })
  const next = async (list: string, report = first) =>
    (await desk.call('reports.place', { list, report, next: true })).report?.id ?? ''
  expect([second.id, third.id]).toContain(await next(away))
  const seen = new Set<string>()
  for (const row of all) seen.add(await next(before, row))
  expect([...seen].toSorted()).toEqual((await open()).toSorted())
  expect(await readLog(desk, 'report.snoozed')).toMatchObject([
    { server: key, facts: { count: 1, reports: [third.id] } },
    { server: key, facts: { count: 2 }, personal: { reason: 'waiting for an answer' } },
  ])

  // Whoever watches is told when the time has come.
  const list = await desk.call('reports.open', { filter: {}, group: 'none' })
  ground.clock.advance(2 * 3_600_000)
  await until(
    async () => (await desk.call('reports.news', { list: list.list })).added,
    added => added === 2,
  )
  const { rows } = await openQueue(desk, { filter: {}, group: 'none' })
  expect(rows.find(({ id }) => id === first.id)?.snooze).toMatchObject({
    reason: 'waiting for an answer',
    back: 'time',
  })

  // A colleague takes the third: it has changed.
  const report = ground.server.world.reports.get(third.id)
  if (report) colleaguesOf(ground).assign(report)
  await desk.call('reports.refresh', third)
  expect((await waiting()).map(({ id }) => id)).toEqual([])
  expect(
    (await openQueue(desk, { filter: {}, group: 'none' })).rows.find(({ id }) => id === third.id)?.snooze?.back,
  ).toBe('change')

  await desk.call('reports.snooze', { reports: [first], until: hours(1), reason: 'again' })
  await ground.closeEngine(1_000)
  ground.clock.advance(2 * 3_600_000)
  await ground.openEngine()
  const later = ground.client()
  expect((await openQueue(later, { filter: {}, group: 'none' })).rows.some(({ id }) => id === first.id)).toBe(true)
  await later.call('reports.snooze', { reports: [first], until: hours(1), reason: '' })
  expect(await later.call('reports.wake', { reports: [first, second] })).toEqual({ woken: 2 })
  expect(await readLog(later, 'report.woken')).toHaveLength(1)
  const refused = (until: number, id = first.id) =>
    later.call('reports.snooze', { reports: [{ server: key, id }], until, reason: '' })
  await expect(refused(hours(-1))).rejects.toMatchObject({ detail: { reason: 'failure.snooze-past' } })
  await expect(refused(hours(1), '404')).rejects.toMatchObject({ detail: { reason: 'failure.snooze-closed' } })
})

test('what one may filter by, the most frequent first', async () => {
  await using ground = await week()
  const { desk, key } = await signInAndSync(ground)
  const { targets, rules, origins, sources, languages, assignees, unassigned } = await desk.call('reports.choices', {})
  const falling = (all: readonly { count: number }[]) =>
    all.every(({ count }, at) => count <= (all[at - 1]?.count ?? count))
  for (const all of [targets, rules, origins, sources, languages, assignees]) {
    expect(all.length).toBeGreaterThan(0)
    expect(falling(all)).toBe(true)
  }
  const reportsOf = async (filter: Input['filter']) =>
    (await desk.call('reports.open', { filter, group: 'none' })).reports
  expect(await reportsOf({ target: targets[0]?.target })).toBe(targets[0]?.count)
  expect(await reportsOf({ rule: rules[0]?.rule })).toBe(rules[0]?.count)
  expect(await reportsOf({ origin: { domain: origins[0]?.domain ?? null } })).toBe(origins[0]?.count)
  expect(await reportsOf({ source: { domain: null } })).toBe(sources.find(({ domain }) => domain === null)?.count)
  expect(await reportsOf({ language: languages[0]?.language })).toBe(languages[0]?.count)
  expect(await reportsOf({ assignee: assignees[0]?.assignee })).toBe(assignees[0]?.count)
  expect(await reportsOf({ assignee: 'nobody' })).toBe(unassigned)
  expect(unassigned + assignees.reduce((sum, { count }) => sum + count, 0)).toBe(await reportsOf({ snoozed: 'in' }))
  expect(rules.every(({ rule, text }) => rule.server === key && text !== '')).toBe(true)
  expect(assignees.map(({ name }) => name)).toContain('jun')
})

test('a queue is narrowed by state, category, target and age, and sorted in four ways', async () => {
  await using ground = await week()
  const { desk } = await signInAndSync(ground)
  const rowsOf = async (filter: Input['filter'], sort: Input['sort'] = 'oldest') =>
    (await openQueue(desk, { filter, group: 'none', sort })).rows
  const all = await rowsOf({})
  const now = ground.clock.now()
  const expectOnly = async (filter: Input['filter'], fits: (row: (typeof all)[number]) => boolean) => {
    const wanted = all.filter(fits).map(({ id }) => id)
    expect([filter, wanted.length]).not.toEqual([filter, 0])
    expect([filter, (await rowsOf(filter)).map(({ id }) => id)]).toEqual([filter, wanted])
  }
  const [first] = all
  if (!first) throw new Error('no report')
  await expectOnly({ category: 'legal' }, row => row.category === 'legal')
  await expectOnly({ target: { server: first.server, id: first.target.id } }, row => row.target.id === first.target.id)
  await expectOnly({ claim: 'unclaimed' }, row => row.assignedTo === null)
  const day = 86_400_000
  await expectOnly({ age: { least: day, below: null } }, row => now - row.createdAt >= day)
  await expectOnly({ age: { least: null, below: day } }, row => now - row.createdAt < day)
  await expectOnly({ category: 'spam', claim: 'unclaimed' }, row => row.category === 'spam' && row.assignedTo === null)
  const closed = await rowsOf({ state: 'resolved' })
  expect(closed.length).toBeGreaterThan(0)
  expect(closed.every(row => row.resolvedAt !== null)).toBe(true)

  const times = (rows: typeof all) => rows.map(({ createdAt }) => createdAt)
  expect(times(all)).toEqual([...times(all)].sort((a, b) => a - b))
  expect(times(await rowsOf({}, 'newest'))).toEqual([...times(all)].sort((a, b) => b - a))
  const most = (await rowsOf({}, 'most')).map(row => row.openOnTarget)
  expect(most).toEqual([...most].sort((a, b) => b - a))
  const weight = { legal: 0, violation: 1, spam: 2, other: 3 }
  const severest = (await rowsOf({}, 'severest')).map(row => weight[row.category])
  expect(severest).toEqual([...severest].sort((a, b) => a - b))
})

test('views keep what a list was asked for, under a name of their own', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const asks = { filter: { category: 'spam', text: 'shop' }, group: 'none', sort: 'oldest' } as const
  const { view } = await desk.call('views.save', { name: ' Shops ', asks })
  expect(view).toMatchObject({ name: 'Shops', asks })
  await desk.call('views.save', { name: 'Adverts', asks })
  await expect(desk.call('views.save', { name: 'SHOPS', asks })).rejects.toMatchObject({ code: 'conflict' })
  await desk.call('views.change', { id: view.id, name: 'Zebra' })
  const names = async () => (await desk.call('views.list', {})).views.map(({ name }) => name)
  expect(await names()).toEqual(['Adverts', 'Zebra'])
  await ground.closeEngine(1_000)
  await ground.openEngine()
  const again = ground.client()
  expect((await again.call('views.list', {})).views[1]).toMatchObject({ name: 'Zebra', asks })
  await again.call('views.remove', { id: view.id })
  await expect(again.call('views.remove', { id: view.id })).rejects.toMatchObject({ code: 'not-found' })
  expect((await readLog(again, 'view.')).map(({ action }) => action)).toEqual([
    'view.removed',
    'view.changed',
    'view.saved',
    'view.saved',
  ])
})
