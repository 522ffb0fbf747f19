import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Fault } from '../../src/main/sample/faults/faults.ts'
import { type Ground, openGround, signInAndSync, until } from './ground.ts'
import { colleaguesOf, mirrored, served, worldOf } from './sync-ground.ts'

/** Pages of reports that were asked for since, as query texts. */
const watchPages = (ground: Ground): string[] => {
  const asked: string[] = []
  ground.between((real, input, init) => {
    const url = new URL(String(input))
    if (url.pathname.endsWith('/admin/reports')) asked.push(url.search)
    return real(input, init)
  })
  return asked
}

const cursorOf = (ground: Ground, list: string): Record<string, unknown> => {
  const raw = new Database(join(ground.folder, 'mirror.db'), { readonly: true })
  try {
    return raw.prepare<[string], Record<string, unknown>>('SELECT * FROM cursor WHERE list = ?').get(list) ?? {}
  } finally {
    raw.close()
  }
}

const seen = async (desk: Awaited<ReturnType<typeof signInAndSync>>['desk']) => {
  const { entries } = await desk.call('log.page', { limit: 200 })
  return entries.filter(entry => entry.source === 'saw')
}

test.for([
  ['4.3.23', undefined],
  ['4.6.5', undefined],
  // From 16 to 17 digits, and beyond what a number can hold.
  ['4.6.5', 9_999_999_999_999_000n],
] as const)(
  'first sync of release %s, ids from %s: everything once, in as few pages as can be',
  async ([release, first]) => {
    await using ground = await openGround({ world: worldOf(900, first), release })
    await ground.openEngine()
    const asked = watchPages(ground)
    const { desk } = await signInAndSync(ground)
    expect(mirrored(ground.folder)).toEqual(served(ground))
    const open = served(ground).filter(one => one.split(' ')[1] === '0').length
    expect(asked.length).toBeLessThanOrEqual(Math.ceil(open / 200) + Math.ceil((930 - open) / 200) + 10)
    const [{ lists } = { lists: [] }] = (await desk.call('sync.status', {})).servers
    expect(lists.map(({ list, state, rows, bad }) => [list, state, rows, bad])).toEqual([
      ['reports-open', 'complete', open, 0],
      ['reports-resolved', 'complete', 930 - open, 0],
      ['signups', 'complete', 4, 0],
      // A moderator may not see them: they are not asked for.
      ['domain-blocks', 'not-permitted', 0, 0],
      ['domain-allows', 'not-permitted', 0, 0],
      ['email-domain-blocks', 'not-permitted', 0, 0],
      ['ip-blocks', 'not-permitted', 0, 0],
      ['canonical-email-blocks', 'not-permitted', 0, 0],
    ])
    expect(await seen(desk)).toEqual([])
  },
)

test('many reports between two looks: the gap is closed without a hole, opened and closed ones too', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const colleagues = colleaguesOf(ground)
  ground.clock.advance(1_000)
  for (let n = 0; n < 450; n++) {
    const report = colleagues.file(`storm ${n}`)
    if (n % 4 === 1) colleagues.resolve(report)
  }
  await desk.call('sync.now', {})
  expect(mirrored(ground.folder)).toEqual(served(ground))
})

test('opened between the looks at the two lists, and closed before the next: not lost between them', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const colleagues = colleaguesOf(ground)
  ground.clock.advance(1_000)
  let early: ReturnType<typeof colleagues.file> | undefined
  ground.between((real, input, init) => {
    // The open list was looked at; now two come, and the later one is closed at once.
    if (new URL(String(input)).searchParams.has('resolved') && !early) {
      early = colleagues.file('early')
      colleagues.resolve(colleagues.file('late'))
    }
    return real(input, init)
  })
  await desk.call('sync.now', {})
  if (!early) throw new Error('no look')
  colleagues.resolve(early)
  for (let look = 0; look < 2; look++) {
    ground.clock.advance(1_000)
    await desk.call('sync.now', {})
  }
  expect(mirrored(ground.folder)).toEqual(served(ground))
})

test('the back-fill goes on at the page after a restart', async () => {
  await using ground = await openGround({ world: worldOf(1800) })
  await ground.openEngine()
  const desk = ground.client('cli')
  await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  ground.server.faults.add({ kind: 'cut-before' }, { path: /admin\/reports$/, skip: 7 })
  await expect(desk.call('sync.now', { all: true })).rejects.toMatchObject({ code: 'offline' })
  const floor = cursorOf(ground, 'reports-resolved').floor
  expect(floor).not.toBeNull()
  await ground.closeEngine()
  await ground.openEngine()
  const asked = watchPages(ground)
  await ground.client('cli').call('sync.now', { all: true })
  expect(mirrored(ground.folder)).toEqual(served(ground))
  expect(asked.some(search => search.includes(`max_id=${floor}`))).toBe(true)
  expect(asked.length).toBeLessThan(10)
})

test('what colleagues do is found by the sweep without being asked, and logged once with its interval', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  const colleagues = colleaguesOf(ground)
  const [closed, assigned, gone] = ground.server.world.reports.all().filter(one => one.actionTakenAt === null)
  const [reopened] = ground.server.world.reports.all().filter(one => one.actionTakenAt !== null)
  if (!closed || !assigned || !gone || !reopened) throw new Error('no reports')
  const from = ground.clock.now()
  colleagues.resolve(closed)
  colleagues.assign(assigned)
  colleagues.reopen(reopened)
  const quiet = () => JSON.stringify(mirrored(ground.folder)) === JSON.stringify(served(ground))
  await until(quiet, same => same, ground.patient, 10_000)
  const found = await seen(desk)
  expect(found.map(entry => [entry.action, entry.facts.report]).sort()).toEqual(
    [
      ['report.seen-assigned', assigned.id],
      ['report.seen-reopened', reopened.id],
      ['report.seen-resolved', closed.id],
    ].sort(),
  )
  for (const { facts } of found) expect([Number(facts.from) <= from, Number(facts.to) > from]).toEqual([true, true])
  expect(found.find(entry => entry.action === 'report.seen-resolved')?.personal).toMatchObject({ by: 'moderator2' })
  // An account is deleted there, and its reports with it: the sweep goes on, and says so.
  const { targetAccountId } = gone
  const about = ground.server.world.reports.all().filter(one => one.targetAccountId === targetAccountId)
  const account = ground.server.world.accounts.get(targetAccountId)
  if (!account) throw new Error('no account')
  for (const one of about) ground.server.world.reports.remove(one.id)
  ground.server.world.removeAccount(account)
  await until(
    () => seen(desk),
    all =>
      all.filter(entry => entry.action === 'report.seen-gone').length ===
      about.filter(one => one.actionTakenAt === null).length,
    ground.patient,
    10_000,
  )
  for (let n = 0; n < 80; n++) {
    ground.patient.advance(10_000)
    await desk.call('sync.status', {})
  }
  const after = await seen(desk)
  expect(new Set(after.map(entry => `${entry.action} ${entry.facts.report}`)).size).toBe(after.length)
  await expect(desk.call('reports.case', { server: key, id: gone.id })).rejects.toMatchObject({ code: 'not-found' })
})

test('a slow page does not undo what was decided while it was on its way', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  const [report] = ground.server.world.reports
    .all()
    .filter(one => one.actionTakenAt === null && one.assignedAccountId === null)
  if (!report) throw new Error('no report')
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  ground.between(async (real, input, init) => {
    const url = new URL(String(input))
    const response = await real(input, init)
    if (url.pathname.endsWith('/admin/reports') && url.searchParams.get('limit') === '200') await held
    return response
  })
  ground.clock.advance(1_000)
  const sweeping = desk.call('sync.now', { all: true })
  ground.clock.advance(1_000)
  const { decision } = await desk.call('decisions.arm', {
    server: key,
    subject: { of: 'report', id: report.id },
    kind: 'report.assign',
  })
  await until(
    async () => (await desk.call('decisions.page', {})).decisions.find(one => one.id === decision.id)?.state,
    state => state === 'done',
  )
  release()
  await sweeping
  expect(mirrored(ground.folder)).toEqual(served(ground))
  expect(await seen(desk)).toEqual([])
})

const whole: Fault[] = [
  { kind: 'cut-before' },
  { kind: 'truncated' },
  { kind: 'html' },
  { kind: 'captive-portal' },
  { kind: 'wrong-type' },
  { kind: 'wrong-content-type', contentType: 'text/html' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
]
test.for(whole)('a page that is $kind is discarded whole, the cursor unmoved, and read again', async fault => {
  await using ground = await openGround({ world: worldOf(500) })
  await ground.openEngine()
  const desk = ground.client('cli')
  await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  await desk.call('sync.now', {})
  await desk.call('sync.pause', { paused: true })
  const before = [cursorOf(ground, 'reports-open'), mirrored(ground.folder)]
  // One page of the open ones, one of the closed ones.
  ground.server.faults.add(fault, { path: /admin\/reports$/, times: 2 })
  ground.clock.advance(1)
  await expect(desk.call('sync.now', { all: true })).rejects.toMatchObject({
    code: expect.stringMatching(/offline|upstream/),
  })
  expect([cursorOf(ground, 'reports-open'), mirrored(ground.folder)]).toEqual(before)
  ground.server.faults.clear()
  await desk.call('sync.now', { all: true })
  expect(mirrored(ground.folder)).toEqual(served(ground))
})

test.for([{ kind: 'duplicate-rows' }, { kind: 'out-of-order' }] as const)(
  'pages with $kind are taken all the same',
  async fault => {
    await using ground = await openGround({ world: worldOf(500) })
    await ground.openEngine()
    ground.server.faults.add(fault, { path: /admin\/reports$/, times: 1_000 })
    const { desk } = await signInAndSync(ground)
    expect(mirrored(ground.folder)).toEqual(served(ground))
    expect(await seen(desk)).toEqual([])
  },
)
