import { expect, test } from 'vitest'
import { openGround, signInAndSync, until } from './ground.ts'
import { agrees, blocksOf, readMirror } from './lists-mirrored.ts'
import { colleaguesOf, mirrored, served, worldOf } from './sync-ground.ts'

/** The same world on each release, seen by the owner: reports of every category, 600 domain blocks, sign-ups, staff. */
const worldAt = (release: string) => {
  const world = worldOf(450)
  const at = (from: string) => Number(release.slice(2, 3)) >= Number(from)
  const reports = world.reports.all()
  for (const [index, report] of reports.entries())
    Object.assign(report, {
      category: (['other', 'spam', 'violation', 'legal'] as const)[index % 4],
      ruleIds: index % 4 === 2 ? ['1'] : [],
    })
  // Some are about staff, and about a member who keeps followers secret.
  const [hider, staff] = ['member', 'moderator2'].map(handle => world.accountsByHandle.get(handle))
  const [first, second] = reports
  if (!hider || !staff || !first || !second) throw new Error('too small a world')
  Object.assign(hider.profile, { hideCollections: true })
  Object.assign(hider, { followersCount: 7 })
  Object.assign(first, { targetAccountId: staff.id, statusIds: [] })
  Object.assign(second, { targetAccountId: hider.id, statusIds: [] })
  return { world, at }
}

test.for(['4.0.15', '4.1.25', '4.2.20', '4.3.23', '4.4.14', '4.5.15', '4.6.5', '4.6.5+glitch'])(
  'release %s: signed in, every list synced, and what colleagues change there is seen',
  async release => {
    const { world, at } = worldAt(release)
    await using ground = await openGround({ world, release })
    const add = blocksOf(ground)
    for (let n = 0; n < 600; n++) add.domain(`n${n}.example`, n === 7 && release === '4.3.23' ? { severity: null } : {})
    add.allow('friend.example')
    add.emailDomain('throw.example')
    add.ip('198.51.100.0/24', ground.clock.now() + 86_400_000)
    add.canonical('ab'.repeat(32))
    const asked: string[] = []
    ground.between((real, input, init) => {
      const { pathname, search } = new URL(String(input))
      asked.push(pathname + search)
      return real(input, init)
    })
    await ground.openEngine()
    const { desk, key } = await signInAndSync(ground, 'owner')
    expect((await desk.call('servers.list', {})).servers[0]).toMatchObject({ release, cannot: expect.any(Array) })
    const [sync] = (await desk.call('sync.status', {})).servers
    for (const { list, state, bad } of sync?.lists ?? []) expect([list, state, bad]).toEqual([list, 'complete', 0])
    expect(agrees(ground)).toBe(true)
    expect(mirrored(ground.folder)).toEqual(served(ground))

    // Pages as large as the release gives, and never a filter that an older one misreads.
    const pages = asked.filter(path => path.includes('/admin/domain_blocks'))
    expect(pages).toHaveLength(at('3') ? 2 : 4)
    expect(asked.filter(path => /resolved=(false|0)|unresolved/.test(path))).toEqual([])

    // Categories: what a release does not know is told as another by the server itself.
    const categories = readMirror<{ category: string }>(ground.folder, 'SELECT DISTINCT category FROM report')
    expect(categories.map(({ category }) => category).sort()).toEqual(
      at('2') ? ['legal', 'other', 'spam', 'violation'] : ['other', 'spam', 'violation'],
    )
    // Staff is known as such, also where the role comes as the server's own record.
    const staff = readMirror<{ permissions: string }>(
      ground.folder,
      `SELECT permissions FROM account WHERE username = 'moderator2'`,
    )
    expect(staff.map(({ permissions }) => BigInt(permissions) & 16n)).toEqual([16n])
    const [hider] = readMirror<{ followers: number }>(
      ground.folder,
      `SELECT followers FROM account WHERE username = 'member'`,
    )
    expect(hider?.followers).toBe(release.endsWith('glitch') ? 0 : 7)

    const { world: there } = ground.server
    const colleagues = colleaguesOf(ground)
    const [open] = there.reports.all().filter(one => one.actionTakenAt === null)
    const [closed] = there.reports.all().filter(one => one.actionTakenAt !== null)
    const [blocked] = there.domainBlocks.all()
    if (!open || !closed || !blocked) throw new Error('too small a world')
    colleagues.resolve(open)
    colleagues.reopen(closed)
    blocked.severity = 'noop'
    const limits = () =>
      readMirror<{ limited_federation: number | null }>(ground.folder, 'SELECT limited_federation FROM instance')[0]
    await until(
      () =>
        agrees(ground) &&
        JSON.stringify(mirrored(ground.folder)) === JSON.stringify(served(ground)) &&
        limits() !== undefined,
      same => same,
      ground.patient,
      20_000,
    )
    await until(
      () =>
        readMirror<{ read_at: number | null }>(ground.folder, 'SELECT read_at FROM instance').some(
          ({ read_at }) => read_at !== null,
        ),
      Boolean,
      ground.patient,
      20_000,
    )
    expect(limits()?.limited_federation ?? null).toBe(at('4') ? 0 : null)
    const { entries } = await desk.call('log.page', { limit: 100 })
    expect(
      entries
        .filter(({ source }) => source === 'saw')
        .map(({ action }) => action)
        .sort(),
    ).toEqual(['domain-block.seen-changed', 'report.seen-reopened', 'report.seen-resolved'])
    await expect(desk.call('reports.case', { server: key, id: open.id })).resolves.toBeDefined()
  },
)
