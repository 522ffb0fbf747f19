import { expect, test } from 'vitest'
import { openGround, openRows, signInAndSync } from './ground.ts'
import { colleaguesOf } from './sync-ground.ts'

/** What stands in an answer: anything. */
// biome-ignore lint/suspicious/noExplicitAny: answers are changed here in ways that no type allows
type Told = any

/** The first page of open reports. */
const isFirstPage = (input: Parameters<typeof fetch>[0]) => {
  const { pathname, searchParams: asked } = new URL(String(input))
  return pathname.endsWith('/admin/reports') && !['resolved', 'min_id', 'max_id'].some(name => asked.has(name))
}

/** Where the text of an answer gets what no JSON.stringify writes. */
const RAW = /"raw:([^"]*)"/g

/** Signs in to a server whose first open report is told once more in each of these ways, under an id of its own. */
const told = async (ways: Record<string, (report: Told) => unknown>) => {
  const ground = await openGround()
  await ground.openEngine()
  ground.between(async (real, input, init) => {
    if (!isFirstPage(input)) return await real(input, init)
    // On a line of its own: of this one what comes packed is weighed, and more comes out of it here.
    const { dispatcher: _, ...rest } = init ?? {}
    const response = await real(input, rest)
    const rows: Told[] = JSON.parse(await response.text())
    const [model] = rows.filter(row => row.statuses.length > 0)
    const more = Object.entries(ways).map(([id, way]) => {
      const row = { ...structuredClone(model), id }
      const changed = way(row)
      return changed === undefined ? row : changed
    })
    const text = JSON.stringify([...more, ...rows]).replace(RAW, (_, raw) => raw)
    return new Response(text, { headers: { 'content-type': 'application/json' } })
  })
  const { desk, key } = await signInAndSync(ground, 'moderator')
  const list = (await desk.call('sync.status', {})).servers[0]?.lists.find(one => one.list === 'reports-open')
  const rows = await openRows(desk)
  const own = ground.server.world.reports.all().filter(one => one.actionTakenAt === null)
  return {
    ground,
    desk,
    key,
    bad: list?.bad,
    /** The ids that are held and are no report of the server's own. */
    held: rows.map(row => row.id).filter(id => !own.some(one => one.id === id)),
    all: own.every(one => rows.some(row => row.id === one.id)),
    caseOf: (id: string) => desk.call('reports.case', { server: key, id }),
    [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
  }
}

test('F34: an id is a text, as it was told; one that is a number would lose its digits, and is set aside', async () => {
  const ids = ['9007199254740993', '18446744073709551615', '007', '0070', '-7', 'Ab-c_9', '01H8XGJWBWBAQ4Z1B0X3J6QKQY']
  const same = Object.fromEntries(ids.map(id => [id, () => undefined]))
  await using at = await told({
    ...same,
    '91': row => Object.assign(row, { id: 'raw:9007199254740993' }),
    '92': row => Object.assign(row, { id: -5 }),
    '93': row => Object.assign(row, { id: 1.5 }),
    '94': row => Object.assign(row, { id: '../1' }),
    '95': row => Object.assign(row.target_account, { id: 'raw:9007199254740993' }) && undefined,
    '96': row => Object.assign(row.account, { id: 17 }) && undefined,
  })
  expect(at.held.sort()).toEqual([...ids].sort())
  expect([at.bad, at.all]).toEqual([6, true])
  // Each is its own: neither does 007 stand for 7, nor one beyond 2^53 for its neighbour.
  for (const id of ids) expect((await at.caseOf(id)).report.id).toBe(id)
  await expect(at.caseOf('70')).rejects.toMatchObject({ code: 'not-found' })
})

test('F35, F36: what is null or of another shape takes no more with it than itself, and is counted', async () => {
  await using at = await told({
    '901': row => Object.assign(row, { account: null }),
    '902': row => Object.assign(row, { assigned_account: null, action_taken_by_account: null, rules: null }),
    '903': row => Object.assign(row.target_account, { domain: null, email: null, ip: null, role: null }) && undefined,
    // One post that is none, one that says what no post says, and one that is well.
    '904': row => {
      row.statuses = [null, { ...row.statuses[0], id: '77001', content: { html: 'x' } }, row.statuses[0]]
    },
    '905': row => {
      row.statuses = [{ id: '77002', created_at: null }]
    },
    '906': row => {
      const media = [null, { type: 'image', description: 7 }, { type: 'hologram', url: [] }, 'x']
      row.statuses = [{ ...row.statuses[0], id: '77003', media_attachments: media, poll: 'no', language: 7 }]
    },
    '907': row => Object.assign(row, { rules: [null, { id: '5', text: 'Be kind' }, { id: 6 }, 'x'] }),
    '908': row => Object.assign(row, { extra: { deep: [1] }, category: 'a new one', forwarded: null }),
    '909': row => {
      row.target_account.id = '5009'
      Object.assign(row.target_account.account, {
        fields: [null, { name: 'a', value: 'b' }],
        bot: 'x',
        last_status_at: 5,
      })
    },
    '910': row => {
      delete row.target_account.sensitized
      delete row.target_account.account.fields
      delete row.rules
    },
    '951': row => Object.assign(row, { target_account: null }),
    '952': row => Object.assign(row, { target_account: [] }),
    '953': row => Object.assign(row, { comment: {} }),
    '954': row => Object.assign(row, { statuses: {} }),
    '955': () => null,
    '956': () => [],
    '957': row => {
      delete row.updated_at
    },
  })
  expect(at.held.sort()).toEqual(['901', '902', '903', '904', '905', '906', '907', '908', '909', '910'])
  expect([at.bad, at.all]).toEqual([7, true])
  expect((await at.caseOf('901')).report.reporter).toEqual({ domain: null })
  const odd = await at.caseOf('904')
  expect([odd.report.posts, odd.posts.length, odd.postsUnread, odd.postsLeft]).toEqual([2, odd.posts.length, 2, 0])
  expect(odd.posts.length).toBeGreaterThan(0)
  // All reports about the account tell of its posts; none of them is said to be gone because it could not be read.
  expect(odd.posts.some(post => post.standing === 'out')).toBe(false)
  const pieces = odd.posts.find(post => post.id === '77003')?.media.map(({ type }) => type)
  expect(pieces).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
  expect((await at.caseOf('907')).rules).toContainEqual({ id: '5', text: 'Be kind', here: true })
  expect((await at.caseOf('908')).report.category).toBe('other')
  expect((await at.caseOf('909')).account.fields).toHaveLength(1)
})

test('F36: what cannot be read is counted once, however often its list is walked through, and no more when it is gone', async () => {
  await using at = await told({ '951': row => Object.assign(row, { target_account: null }), '952': () => null })
  const { desk, ground } = at
  const bad = async () =>
    (await desk.call('sync.status', {})).servers[0]?.lists.find(({ list }) => list === 'reports-open')?.bad
  for (let n = 0; n < 4; n++) {
    ground.clock.advance(400_000)
    await desk.call('sync.now', { all: true })
    expect(await bad()).toBe(2)
  }
  ground.between((real, input, init) => real(input, init))
  ground.clock.advance(400_000)
  await desk.call('sync.now', { all: true })
  expect(await bad()).toBe(0)
})

test('F37, F40: names of megabytes, a hundred thousand emoji and a thousand posts are cut with a mark, and more comes on request; no address but of the web is one', async () => {
  const post = (row: Told, n: number) => ({
    ...row.statuses[0],
    id: String(800_000 + n),
    content: `<p>number ${n}</p>`,
  })
  await using at = await told({
    '901': row => {
      row.target_account = { ...row.target_account, id: '5001', username: 'loud' }
      row.target_account.account.display_name = 'é'.repeat(2_600_000)
      row.target_account.account.emojis = Array.from({ length: 100_000 }, (_, n) => ({
        shortcode: `e${n}`,
        url: 'https://e.example/x.png',
      }))
      row.target_account.account.url = 'javascript:alert(1)'
      row.statuses = Array.from({ length: 1_000 }, (_, n) => post(row, n))
      Object.assign(row.statuses[0], {
        url: 'data:text/html,x',
        content: '<p>x</p><script>alert(1)</script><a href="javascript:alert(1)">here</a>',
      })
      Object.assign(row.statuses[1], { url: 'https://user:word@evil.example/', spoiler_text: '\ud800 half a letter' })
      row.comment = 'y'.repeat(200_000)
    },
  })
  expect([at.held, at.bad, at.all]).toEqual([['901'], 0, true])
  const { report, posts, postsLeft, postsUnread, account, comment } = await at.caseOf('901')
  expect([report.posts, posts.length, postsLeft, postsUnread]).toEqual([1_000, 60, 940, 0])
  expect([account.displayName.length, account.displayName.at(-1), account.url]).toEqual([2048, '…', null])
  expect([comment.length, comment.at(-1)]).toEqual([65_536, '…'])
  expect([posts[0]?.url, posts[1]?.url]).toEqual([null, null])
  expect(JSON.stringify(posts[0]?.content)).not.toMatch(/script/i)
  expect(posts[1]?.warning).toBe('\ufffd half a letter')
  const more = await at.desk.call('reports.posts', { server: at.key, id: '901', most: 120 })
  expect([more.posts.length, more.postsLeft, more.posts[119]?.id]).toEqual([120, 880, '800119'])
  const all = await at.desk.call('reports.posts', { server: at.key, id: '901', most: 20_000 })
  expect([all.posts.length, all.postsLeft]).toEqual([1_000, 0])
  expect(new Set(all.posts.map(({ id }) => id)).size).toBe(1_000)
})

test('F38: a date without a zone is in UTC wherever one sits; what is none sets its item aside, and no odd one turns the order of the queue', async () => {
  const zone = process.env.TZ
  process.env.TZ = 'Asia/Tokyo'
  try {
    const made = (at: unknown) => (row: Told) => Object.assign(row, { created_at: at, updated_at: at })
    await using at = await told({
      '901': made('2026-11-23T10:00:00'),
      '902': made('2026-11-23T10:00:00.123456Z'),
      '903': made('2026-11-23T12:00:00+02:00'),
      '904': made('0001-01-01T00:00:00Z'),
      '905': made('9999-12-31T23:59:59Z'),
      '906': made('2026-11-23T24:00:00Z'),
      '951': made(null),
      '952': made('2026-11-23T24:00:01Z'),
      '953': made('soon 7'),
      '954': made('1'),
      '955': made(1_763_892_000),
      '956': made('+999999-01-01T00:00:00Z'),
      '957': made('2026-13-01T00:00:00Z'),
    })
    expect(at.held.sort()).toEqual(['901', '902', '903', '904', '905', '906'])
    expect([at.bad, at.all]).toEqual([7, true])
    const ten = Date.UTC(2026, 10, 23, 10)
    const times = await Promise.all(
      ['901', '902', '903', '906'].map(async id => (await at.caseOf(id)).report.createdAt),
    )
    expect(times).toEqual([ten, ten + 123, ten, Date.UTC(2026, 10, 24)])
    const { list } = await at.desk.call('reports.open', { filter: {}, group: 'none', sort: 'oldest' })
    const { lines } = await at.desk.call('reports.lines', { list, from: 0, count: 200 })
    const order = lines.flatMap(line => (line.line === 'report' ? [line.row.id] : []))
    expect([order[0], order.at(-1)]).toEqual(['904', '905'])
    // The walk through the list goes by ids alone: what is odd in time keeps no other from being found.
    colleaguesOf(at.ground).file('after it', { id: '2000' })
    at.ground.clock.advance(1)
    await at.desk.call('sync.now', {})
    expect((await openRows(at.desk)).some(({ comment }) => comment === 'after it')).toBe(true)
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})
