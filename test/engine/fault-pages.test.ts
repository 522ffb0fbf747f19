import { expect, test } from 'vitest'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { arm, type Ground, openGround, openRows, realFetch, signInAndSync, until, untilState } from './ground.ts'
import { readMirror } from './lists-mirrored.ts'
import { colleaguesOf, mirrored, served, worldOf } from './sync-ground.ts'

const sentence = /^[A-Z].{20,}[.]$/
const json = { 'content-type': 'application/json' }

const cursorOf = (ground: Ground, list: string) => {
  const [{ top, floor, rows, pages } = { top: null, floor: null, rows: 0, pages: 0 }] = readMirror<{
    top: string | null
    floor: string | null
    rows: number
    pages: number
  }>(ground.folder, `SELECT top, floor, rows, pages FROM cursor WHERE list = '${list}'`)
  return { top, floor, rows, pages }
}

test('F05: where a list belongs and something else comes, the page is refused and its cursor stays; after three times it is said which list and why, until it is read again', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  let [path, body] = ['', '']
  ground.between((real, input, init) =>
    path !== '' && new URL(String(input)).pathname.endsWith(path)
      ? Promise.resolve(new Response(body, { headers: json }))
      : real(input, init),
  )
  for (const [name, list] of [
    ['/admin/reports', 'reports-open'],
    ['/admin/ip_blocks', 'ip-blocks'],
  ] as const) {
    path = name
    const before = [cursorOf(ground, list), mirrored(ground.folder)]
    for (body of ['null', '{}', '', '"[]"', '0', 'true', '{"length":0}', '[{}', '\ufeffnull']) {
      ground.clock.advance(1)
      const failure = await desk.call('sync.now', {}).catch(error => error)
      expect([body, failure.code, failure.detail.list]).toEqual([body, 'upstream', list])
      expect(sayFailure(failure)).toMatch(sentence)
      expect([cursorOf(ground, list), mirrored(ground.folder)]).toEqual(before)
    }
  }
  const lists = async () => (await desk.call('sync.status', {})).servers[0]?.lists ?? []
  body = 'null'
  const stuck = await until(
    async () => (await lists()).filter(list => list.failure !== null),
    ([first]) => first !== undefined,
    ground.patient,
    5_000,
  )
  expect(stuck).toMatchObject([
    { list: 'ip-blocks', state: 'failed', failure: { detail: { reason: 'failure.not-a-list' } } },
  ])
  // The others are read all the same, and say so.
  await until(
    async () => [await desk.call('sync.status', {}), await lists()] as const,
    ([{ servers }, all]) =>
      servers[0]?.failure === null && all.every(one => (one.state === 'failed') === (one.list === 'ip-blocks')),
    ground.patient,
    5_000,
  )
  path = ''
  await until(lists, all => all.every(one => one.failure === null && one.state === 'complete'), ground.patient, 5_000)
})

test('lists that fail from the first reading on are the only ones that are said to have stopped', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  ground.between((real, input, init) =>
    /\/(ip|email_domain)_blocks$/.test(new URL(String(input)).pathname)
      ? Promise.resolve(new Response('null', { headers: json }))
      : real(input, init),
  )
  const desk = ground.client()
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  const lists = async () => (await desk.call('sync.status', {})).servers[0]?.lists ?? []
  const stuck = await until(
    lists,
    all => all.filter(({ failure }) => failure !== null).length === 2,
    ground.patient,
    5_000,
  )
  expect(stuck.filter(({ state }) => state === 'failed').map(({ list }) => list)).toEqual([
    'email-domain-blocks',
    'ip-blocks',
  ])
})

test('F30: what is deleted between two pages leaves no gap; it is forgotten when its list does not show it and it is not found by itself, and told once', async () => {
  await using ground = await openGround({ world: worldOf(900) })
  await ground.openEngine()
  const { world } = ground.server
  const deleted: string[] = []
  let pages = 0
  ground.between((real, input, init) => {
    const { pathname, searchParams } = new URL(String(input))
    if (pathname.endsWith('/admin/reports') && searchParams.has('max_id') && pages++ < 4) {
      // One that was read already, the very one that the page is asked from, and one that would come next.
      const at = world.reports
        .all()
        .map(one => one.id)
        .sort((a, b) => Number(b) - Number(a))
      const max = at.indexOf(searchParams.get('max_id') ?? '')
      for (const id of [at[max - 4], at[max], at[max + 4]])
        if (id !== undefined && world.reports.remove(id)) deleted.push(id)
    }
    return real(input, init)
  })
  const { desk } = await signInAndSync(ground)
  expect(deleted.length).toBeGreaterThan(6)
  const missing = served(ground).filter(row => !mirrored(ground.folder).includes(row))
  expect(missing, 'no gap').toEqual([])
  const held = () => mirrored(ground.folder).map(row => row.split(' ')[0] ?? '')
  const stale = deleted.filter(id => held().includes(id))
  expect(stale.length).toBeGreaterThan(2)
  // A list that leaves something out is not enough.
  const [kept = ''] = stale.filter(id => !ground.server.world.reports.get(id))
  let shows = true
  const row = JSON.stringify({ error: 'There was a temporary problem' })
  ground.between((real, input, init) =>
    shows && new URL(String(input)).pathname.endsWith(`/reports/${kept}`)
      ? Promise.resolve(new Response(row, { status: 503, headers: json }))
      : real(input, init),
  )
  ground.clock.advance(90_000_000)
  await desk.call('sync.now', { all: true }).catch(() => {})
  expect(held()).toContain(kept)
  shows = false
  await until(() => mirrored(ground.folder).length === served(ground).length, Boolean, ground.patient, 60_000)
  expect(mirrored(ground.folder)).toEqual(served(ground))
  const { entries } = await desk.call('log.page', { limit: 200 })
  const told = entries.filter(one => one.action === 'report.seen-gone').map(one => String(one.facts.report))
  expect(told.sort()).toEqual(stale.sort())
})

test('F31, F32: reports that come while pages are read are all there at the end; a last page that is full ends with the empty one', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const colleagues = colleaguesOf(ground)
  // Two hundred and forty open ones and forty closed ones: pages of 40 and of 200 that are full to the last row.
  const all = () => ground.server.world.reports.all()
  for (let n = all().length; n < 280; n++) colleagues.file(`number ${n}`)
  for (const report of all().slice(0, 80))
    if (all().filter(one => one.actionTakenAt !== null).length < 40) colleagues.resolve(report)
  const asked: string[] = []
  ground.between((real, input, init) => {
    const { pathname, searchParams } = new URL(String(input))
    if (pathname.endsWith('/admin/reports') && searchParams.get('limit') !== '1') {
      asked.push(`${searchParams.get('resolved') ?? 'open'} ${searchParams.get('limit')}`)
    }
    return real(input, init)
  })
  const { desk } = await signInAndSync(ground)
  expect(asked).toEqual(['open 40', 'open 200', 'open 200', 'true 40', 'true 200'])
  const lists = (await desk.call('sync.status', {})).servers[0]?.lists.filter(({ list }) => list.startsWith('reports'))
  expect(lists).toMatchObject([
    { complete: true, rows: 240 },
    { complete: true, rows: 40 },
  ])
  expect(mirrored(ground.folder)).toEqual(served(ground))
  // A gap of just one page.
  for (let n = 0; n < 200; n++) colleagues.file(`gap ${n}`)
  ground.clock.advance(1_000)
  await desk.call('sync.now', {})
  expect(mirrored(ground.folder)).toEqual(served(ground))

  await using other = await openGround({ world: worldOf(700) })
  await other.openEngine()
  const theirs = colleaguesOf(other)
  let during = 0
  other.between((real, input, init) => {
    if (new URL(String(input)).pathname.endsWith('/admin/reports') && during < 60)
      for (let n = 0; n < 5; n++) {
        const report = theirs.file(`while it is read ${during++}`)
        if (n === 0) theirs.resolve(report)
      }
    return real(input, init)
  })
  const second = await signInAndSync(other)
  expect(during).toBeGreaterThan(30)
  for (let look = 0; look < 3; look++) {
    other.clock.advance(1_000)
    await second.desk.call('sync.now', {})
  }
  expect(mirrored(other.folder)).toEqual(served(other))
})

test('F26: a proxy that strips the token makes a stranger of us: no post counts as hidden because a stranger does not see it', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'moderator')
  const row = (await openRows(desk)).find(one => one.posts > 0)
  if (!row) throw new Error('no posts')
  const standing = async () => (await desk.call('reports.case', { server: key, id: row.id })).posts[0]?.standing
  const [post] = (await desk.call('reports.case', { server: key, id: row.id })).posts
  const status = ground.server.world.statuses.get(post?.id ?? '')
  if (!post || !status) throw new Error('no post')
  await desk.call('posts.look', { server: key, posts: [post.id] })
  const before = await standing()
  expect(before).toBe('there')
  ground.between((real, input, init) => {
    const { pathname } = new URL(String(input))
    // What a stranger is shown of it: nothing.
    if (pathname === '/api/v1/statuses') return Promise.resolve(new Response('[]', { headers: json }))
    if (pathname.startsWith('/api/v1/statuses/'))
      return Promise.resolve(new Response('{"error":"Record not found"}', { status: 404, headers: json }))
    const headers = new Headers(init?.headers)
    headers.delete('authorization')
    return real(input, { ...init, headers })
  })
  for (const ask of [
    () => desk.call('posts.look', { server: key, posts: [post.id] }),
    () => desk.call('posts.thread', { server: key, post: post.id }),
  ]) {
    const failure = await ask().catch(error => error)
    expect(failure.detail?.reason ?? failure.code).not.toBe('failure.post-hidden')
    expect(sayFailure(failure)).toMatch(sentence)
  }
  expect(await standing()).toBe(before)
})

test('F11: a person who reads many pages in a browser spends the paged calls; decisions need none, and go out', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'moderator')
  const [row] = await openRows(desk)
  const own = ground.server.world.tokens.get('moderator')
  if (!row || !own) throw new Error('nothing there')
  ground.server.world.tokens.set('browser', { ...own, id: '999', token: 'browser' })
  const page = `${ground.server.url}/api/v1/admin/reports?max_id=1&limit=1`
  const browse = async () => (await realFetch(page, { headers: { authorization: 'Bearer browser' } })).status
  for (let n = 0; n < 300; n++) await browse()
  expect(await browse()).toBe(429)
  ground.clock.advance(1_000)
  await expect(desk.call('sync.now', {})).rejects.toMatchObject({ code: 'rate-limited' })
  const began = ground.clock.now()
  const { id } = await arm(desk, { server: key, id: row.id }, 'report.close')
  await untilState(ground, desk, id, 'done')
  expect(ground.clock.now() - began).toBeLessThan(60_000)
  // Pages wait for the end of their own window.
  await until(
    async () => (await desk.call('sync.status', {})).servers[0]?.failure === null,
    Boolean,
    ground.patient,
    10_000,
  )
  expect(ground.clock.now() - began).toBeGreaterThan(60_000)
})
