import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type Ground, openGround, openRows, signInAndSync, until } from './ground.ts'
import { colleaguesOf, mirrored, served, worldOf } from './sync-ground.ts'

const DAY = 86_400_000

const query = <Row>(ground: Ground, file: 'vault.db' | 'mirror.db', sql: string): Row[] => {
  const raw = new Database(join(ground.folder, file), { readonly: true })
  try {
    return raw.prepare<[], Row>(sql).all()
  } finally {
    raw.close()
  }
}
const pageSize = (ground: Ground) =>
  query<{ page_size: number }>(ground, 'mirror.db', `SELECT page_size FROM cursor WHERE list = 'reports-open'`)[0]
    ?.page_size

const isPage = (input: Parameters<typeof fetch>[0]) => new URL(String(input)).pathname.endsWith('/admin/reports')
/** The same answer with another body. */
const remade = async (response: Response, change: (rows: { id: string }[]) => unknown) =>
  new Response(JSON.stringify(change(JSON.parse(await response.text()))), {
    status: response.status,
    headers: { 'content-type': 'application/json' },
  })

test('the same page for ever is refused, not asked for ever; so is one about other ids', async () => {
  await using ground = await openGround({ world: worldOf(900) })
  await ground.openEngine()
  const desk = ground.client('cli')
  await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  await desk.call('sync.now', {})
  let pages = 0
  ground.between((real, input, init) => {
    const url = new URL(String(input))
    if (isPage(input)) pages++
    for (const name of ['max_id', 'min_id']) url.searchParams.delete(name)
    return real(url, init)
  })
  const before = mirrored(ground.folder)
  ground.clock.advance(1)
  await expect(desk.call('sync.now', { all: true })).rejects.toMatchObject({
    code: 'upstream',
    detail: { reason: 'failure.no-progress' },
  })
  expect(pages, 'of two lists').toBeLessThanOrEqual(4)
  expect(mirrored(ground.folder)).toEqual(before)
})

test('a page with nothing on it that says that more follow is refused, not asked for ever', async () => {
  await using ground = await openGround({ world: worldOf(900) })
  await ground.openEngine()
  let pages = 0
  ground.between((real, input, init) => {
    if (!isPage(input) || !new URL(String(input)).searchParams.has('max_id')) return real(input, init)
    pages++
    const headers = { 'content-type': 'application/json', link: `<${input}>; rel="next"` }
    return Promise.resolve(new Response('[]', { headers }))
  })
  const desk = ground.client('cli')
  await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  await expect(desk.call('sync.now', { all: true })).rejects.toMatchObject({
    code: 'upstream',
    detail: { reason: 'failure.no-progress' },
  })
  expect(pages).toBeLessThanOrEqual(2)
})

test('items that cannot be read are counted, and do not stop their page', async () => {
  await using ground = await openGround({ world: worldOf(300) })
  await ground.openEngine()
  const odd = [null, 'text', { id: 7 }, JSON.parse('{"__proto__":{"id":"1"}}'), { id: 'x'.repeat(99) }]
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    return isPage(input) && response.ok
      ? await remade(response, rows => [...odd, { ...rows[0], comment: [] }, ...rows])
      : response
  })
  const { desk } = await signInAndSync(ground)
  expect(mirrored(ground.folder)).toEqual(served(ground))
  const [{ lists } = { lists: [] }] = (await desk.call('sync.status', {})).servers
  for (const { list, bad } of lists) expect([list, bad > 0]).toEqual([list, list.startsWith('reports')])
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('a server that gives fewer than asked for is still read to the end', async () => {
  await using ground = await openGround({ world: worldOf(400) })
  await ground.openEngine()
  ground.between((real, input, init) => {
    const url = new URL(String(input))
    if (isPage(input) && Number(url.searchParams.get('limit')) > 30) url.searchParams.set('limit', '30')
    return real(url, init)
  })
  await signInAndSync(ground)
  expect(mirrored(ground.folder)).toEqual(served(ground))
})

test('too slow or too large: half a page from then on, remembered over a restart, never less than ten', async () => {
  await using ground = await openGround({ world: worldOf(900) })
  await ground.openEngine()
  const desk = ground.client('cli')
  await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  ground.server.faults.add({ kind: 'silent' }, { path: /admin\/reports$/, skip: 1 })
  let failed = false
  const first = desk.call('sync.now', { all: true }).catch(error => {
    failed = true
    expect(error).toMatchObject({ code: 'timeout' })
  })
  await until(() => failed, Boolean, ground.patient, 10_000)
  await first
  expect(pageSize(ground)).toBe(100)
  await desk.call('sync.pause', { paused: true })
  let tooLarge = 1
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    if (!isPage(input) || tooLarge-- <= 0) return response
    return new Response(new Blob(Array(33).fill('x'.repeat(1 << 20))), {
      headers: { 'content-type': 'application/json' },
    })
  })
  ground.clock.advance(1)
  await expect(desk.call('sync.now', { all: true })).rejects.toMatchObject({ detail: { reason: 'failure.too-large' } })
  expect(pageSize(ground)).toBe(50)
  await ground.closeEngine()
  await ground.openEngine()
  const asked: string[] = []
  ground.between((real, input, init) => {
    const url = new URL(String(input))
    if (isPage(input) && !url.searchParams.has('resolved')) asked.push(url.searchParams.get('limit') ?? '')
    return real(input, init)
  })
  await ground.client('cli').call('sync.now', { all: true })
  expect(new Set(asked)).toEqual(new Set(['50']))
  expect(mirrored(ground.folder)).toEqual(served(ground))
})

test('a 429 is obeyed: nothing is asked before its end, then everything comes', async () => {
  await using ground = await openGround({ world: worldOf(900) })
  await ground.openEngine()
  const desk = ground.client('cli')
  await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  ground.server.faults.add({ kind: 'throttled', headers: true }, { path: /admin\/reports$/, skip: 2 })
  await expect(desk.call('sync.now', { all: true })).rejects.toMatchObject({ code: 'rate-limited' })
  const times: number[] = []
  ground.between((real, input, init) => {
    // The stream is another server's, with limits of its own.
    if (!String(input).includes('/streaming')) times.push(ground.clock.now())
    return real(input, init)
  })
  const refusedAt = ground.clock.now()
  await until(
    () => JSON.stringify(mirrored(ground.folder)) === JSON.stringify(served(ground)),
    same => same,
    ground.patient,
    10_000,
  )
  // Windows of five minutes, aligned to the epoch.
  expect(Math.min(...times)).toBeGreaterThanOrEqual((Math.floor(refusedAt / 300_000) + 1) * 300_000)
})

test('e-mail and address are forgotten when the time is up, in an engine that never restarts', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const kept = () =>
    query<{ id: string }>(ground, 'mirror.db', 'SELECT id FROM account WHERE email IS NOT NULL OR address IS NOT NULL')
  expect(kept().length).toBeGreaterThan(3)
  const remote = `SELECT id FROM account WHERE domain IS NOT NULL AND (email IS NOT NULL OR address IS NOT NULL OR personal_until IS NOT NULL)`
  expect(query(ground, 'mirror.db', remote)).toEqual([])
  // All are closed elsewhere, and the server is not asked again.
  await desk.call('sync.pause', { paused: true })
  for (let day = 0; day < 16; day++) ground.clock.advance(DAY)
  expect(kept()).toEqual([])
})

test('evidence: kept for open reports only, once; an edit makes a second copy, and both stay', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const { world } = ground.server
  const evidence = () =>
    query<{ post_id: string; hash: string }>(ground, 'vault.db', 'SELECT post_id, hash FROM evidence')
  const ofOpen = new Set(world.reports.all().flatMap(one => (one.actionTakenAt === null ? one.statusIds : [])))
  expect(new Set(evidence().map(one => one.post_id))).toEqual(ofOpen)
  expect(evidence()).toHaveLength(ofOpen.size)
  const [edited] = [...ofOpen]
  const post = world.statuses.get(edited ?? '')
  if (!post) throw new Error('no post')
  post.content = '<p>I never said that.</p>'
  ground.clock.advance(1_000)
  await desk.call('sync.now', { all: true })
  await desk.call('sync.now', { all: true })
  expect(evidence()).toHaveLength(ofOpen.size + 1)
  expect(evidence().filter(one => one.post_id === edited)).toHaveLength(2)
})

test('a damaged mirror is deleted and fetched again; nothing is said to have been seen, the vault stays', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const first = await signInAndSync(ground)
  const armed = await first.desk.call('decisions.arm', {
    server: first.key,
    subject: { of: 'report', id: (await openRows(first.desk))[0]?.id ?? '' },
    kind: 'account.limit',
  })
  await ground.closeEngine()
  const colleagues = colleaguesOf(ground)
  for (const report of ground.server.world.reports.all().slice(3, 9)) colleagues.resolve(report)
  writeFileSync(join(ground.folder, 'mirror.db'), 'no database at all '.repeat(400))
  await ground.openEngine()
  const desk = ground.client('cli')
  await desk.call('sync.now', { all: true })
  expect(mirrored(ground.folder)).toEqual(served(ground))
  const { entries } = await desk.call('log.page', { limit: 100 })
  expect(entries.filter(entry => entry.source === 'saw')).toEqual([])
  expect(entries.find(entry => entry.action === 'mirror.renewed')?.facts).toMatchObject({ generation: 2 })
  expect((await desk.call('decisions.page', {})).decisions[0]).toMatchObject({ id: armed.decision.id, state: 'held' })
  expect(readdirSync(ground.folder).filter(name => name.startsWith('mirror.db.'))).toEqual([])
})

test('a token that the server has forgotten is answered 403: the sync finds out, and says so', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  ground.server.world.tokens.delete('moderator')
  await until(
    async () => (await desk.call('servers.list', {})).servers[0]?.signedIn,
    signedIn => signedIn === false,
    ground.patient,
    10_000,
  )
  const { entries } = await desk.call('log.page', { limit: 20 })
  expect(entries.some(entry => entry.action === 'server.token-refused')).toBe(true)
})

test('damage that the sync meets in the mirror is looked for at once; it is fetched again', async () => {
  await using ground = await openGround({ world: worldOf(2_000) })
  await ground.openEngine()
  await signInAndSync(ground)
  await ground.closeEngine()
  const file = join(ground.folder, 'mirror.db')
  const raw = new Database(file)
  const pages = raw
    .prepare<[], { pageno: number }>(`SELECT pageno FROM dbstat WHERE name = 'report' AND pagetype = 'leaf'`)
    .all()
  raw.close()
  const bytes = readFileSync(file)
  for (const { pageno } of pages) bytes.fill(0x5a, (pageno - 1) * 4096, pageno * 4096)
  writeFileSync(file, bytes)
  await ground.openEngine()
  const again = ground.client('cli')
  await until(
    () => JSON.stringify(readMirror(ground)) === JSON.stringify(served(ground)),
    same => same,
    ground.patient,
    10_000,
  )
  const { entries } = await again.call('log.page', { limit: 50 })
  expect(entries.filter(entry => entry.action === 'mirror.renewed')).toHaveLength(1)
  expect(entries.filter(entry => entry.source === 'saw')).toEqual([])
})

const readMirror = (ground: Ground): string[] => {
  try {
    return mirrored(ground.folder)
  } catch {
    return []
  }
}

test('one server that is away keeps no other from being looked at', async () => {
  await using ground = await openGround()
  await using other = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  await desk.call('servers.signIn', { url: other.server.url, token: 'moderator2' })
  await desk.call('sync.pause', { paused: true })
  const away = new URL(ground.server.url).host
  ground.between((real, input, init) =>
    new URL(String(input)).host === away ? Promise.reject(new TypeError('fetch failed')) : real(input, init),
  )
  ground.clock.advance(1)
  await expect(desk.call('sync.now', { all: true })).rejects.toMatchObject({ code: 'offline' })
  const { servers } = await desk.call('sync.status', {})
  const rowsOf = (name: string) => servers.map(({ lists }) => lists.find(({ list }) => list === name)?.rows)
  expect(['reports-open', 'reports-resolved', 'signups'].map(rowsOf)).toEqual([
    [27, 27],
    [3, 3],
    [4, 4],
  ])
  const counts = await desk.call('reports.counts', {})
  expect(counts.open).toBe(54)
})
