import { expect, test } from 'vitest'
import { type Ground, openGround, signInAndSync, until } from './ground.ts'
import { agrees, blocksOf, mirroredRows, readMirror } from './lists-mirrored.ts'
import { addWaiting } from './signups-ground.ts'
import { colleaguesOf, mirrored, served, worldOf } from './sync-ground.ts'

const HOUR = 3_600_000
const always = { times: Number.POSITIVE_INFINITY }

type Desk = Awaited<ReturnType<typeof signInAndSync>>['desk']

/** The server breaks on these from now on, wherever they would show. */
const poison = ({ server }: Ground, noun: string, ...ids: string[]) => {
  for (const id of ids) server.faults.add({ kind: 'poison', id }, { path: new RegExp(`/admin/${noun}`), ...always })
}

/** What is left out of all lists: each id where that is told exactly, else the first and the last. */
const leftOut = async (desk: Desk): Promise<string[]> => {
  const { servers } = await desk.call('sync.status', {})
  return servers.flatMap(({ lists }) =>
    lists.flatMap(one => one.leftOut.flatMap(({ from, to }) => (from === to ? [from] : [from, to]))),
  )
}

/** What the log tells of others, without whose block or report it was. */
const seen = async (desk: Desk): Promise<string[]> =>
  (await desk.call('log.page', { limit: 200 })).entries
    .filter(({ source }) => source === 'saw')
    .map(({ action, facts }) => `${action} ${facts.block ?? facts.account ?? ''}`)

/** Everything that the server has but these reports. */
const without = (ground: Ground, ...ids: string[]) =>
  served(ground).filter(row => !ids.includes(row.split(' ')[0] ?? ''))
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const reach = (ground: Ground, fits: () => boolean | Promise<boolean>, stepMs = 5_000) =>
  until(fits, Boolean, ground.patient, stepMs)
const pass = async (ground: Ground, ms: number, stepMs = 60_000) => {
  const end = ground.clock.now() + ms
  await reach(ground, () => ground.clock.now() >= end, stepMs)
}

/** Every question that goes to the server from now on, but for the stream. */
const watch = (ground: Ground): URL[] => {
  const asked: URL[] = []
  ground.between((real, input, init) => {
    const url = new URL(String(input))
    if (!url.pathname.includes('streaming')) asked.push(url)
    return real(input, init)
  })
  return asked
}

/** Numbers from 0 to 1, always the same ones. */
const diceOf = (seed: number) => () => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed / 2_147_483_647
}

test.for([{ seed: 1 }, { seed: 2 }, { seed: 3 }])(
  'a first reading goes past whatever the server fails on, names it, and holds all the rest; what heals comes (seed $seed)',
  async ({ seed }) => {
    await using ground = await openGround({ world: worldOf(300) })
    await ground.openEngine()
    const dice = diceOf(seed)
    const all = ground.server.world.reports.all().map(({ id }) => id)
    // The newest, the oldest, neighbours, and some by chance.
    const [at, more] = [Math.floor(dice() * 300), Math.floor(dice() * 300)]
    const places =
      seed === 3 ? [at, more] : [all.length - 1, all.length - 2, all.length - 3, 0, at, at + 3, at + 6, more]
    const bad = [...new Set(places.map(place => all[place] ?? ''))].filter(id => id !== '')
    poison(ground, 'reports', ...bad)
    const desk = ground.client()
    await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
    await reach(ground, async () => same((await leftOut(desk)).sort(), [...bad].sort()))
    await reach(ground, () => same(mirrored(ground.folder), without(ground, ...bad)))
    ground.server.faults.clear()
    await reach(ground, () => same(mirrored(ground.folder), served(ground)), 600_000)
    await reach(ground, async () => same(await leftOut(desk), []), 600_000)
    expect(await seen(desk)).toEqual([])
    expect((await desk.call('sync.status', {})).servers[0]).toMatchObject({ failure: null, offlineSince: null })
  },
)

test('one item costs a bounded number of questions, and is found again after a restart in between', async () => {
  await using ground = await openGround({ world: worldOf(900) })
  await ground.openEngine()
  const asked = watch(ground)
  const first = ground.client('cli')
  await first.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  await first.call('sync.pause', { paused: true })
  const bad = ground.server.world.reports.all().filter(one => one.actionTakenAt !== null)[150]?.id ?? ''
  poison(ground, 'reports', bad)
  await expect(first.call('sync.now', { all: true }), 'once may be by chance').rejects.toMatchObject({
    detail: { status: 500 },
  })
  await ground.closeEngine()
  await ground.openEngine()
  const desk = ground.client('cli')
  ground.clock.advance(1)
  await desk.call('sync.now', { all: true })
  expect(mirrored(ground.folder)).toEqual(without(ground, bad))
  expect(await leftOut(desk)).toEqual([bad])
  const pages = asked.filter(({ pathname }) => pathname.endsWith('/admin/reports'))
  // Four pages of history and two of what is open would do; looked at twice.
  expect(pages.length).toBeLessThanOrEqual(40)
  const [server] = (await desk.call('sync.status', {})).servers
  expect(server?.lists.filter(({ list }) => list.startsWith('reports')).map(({ state }) => state)).toEqual([
    'complete',
    'complete',
  ])
})

test('the gap goes past it: what came around it is here and told of once, and it itself is not told of when it heals', async () => {
  await using ground = await openGround({ world: worldOf(100) })
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const add = blocksOf(ground)
  const filed = Array.from({ length: 9 }, (_, n) => colleaguesOf(ground).file(`late ${n}`).id)
  const blocks = Array.from({ length: 9 }, (_, n) => add.domain(`late${n}.example`).id)
  const [report = '', block = ''] = [filed[4], blocks[8]]
  poison(ground, 'reports', report)
  poison(ground, 'domain_blocks', block)
  await reach(ground, async () => same((await leftOut(desk)).sort(), [report, block].sort()))
  await reach(ground, () => same(mirrored(ground.folder), without(ground, report)))
  const added = blocks.filter(id => id !== block).map(id => `domain-block.seen-added ${id}`)
  await reach(ground, async () => same((await seen(desk)).sort(), added.sort()))
  expect(mirroredRows(ground.folder, 'domain-blocks').some(row => row.startsWith(`${block} `))).toBe(false)
  const later = add.domain('last.example').id
  await reach(ground, async () => (await seen(desk)).includes(`domain-block.seen-added ${later}`))
  ground.server.faults.clear()
  await reach(ground, () => agrees(ground, ['domain-blocks']) && same(mirrored(ground.folder), served(ground)), 60_000)
  await pass(ground, HOUR)
  expect((await seen(desk)).sort()).toEqual([...added, `domain-block.seen-added ${later}`].sort())
  expect(await leftOut(desk)).toEqual([])
})

test('a sweep goes past it: what is held of it stays, all the rest is compared, and what became of it is seen once it answers', async () => {
  await using ground = await openGround({ world: worldOf(100) })
  const add = blocksOf(ground)
  const blocks = Array.from({ length: 30 }, (_, n) => add.domain(`n${n}.example`))
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const { world } = ground.server
  const open = world.reports.all().filter(one => one.actionTakenAt === null)
  const [newest, middle, below] = [open.at(-1), open[10], open[5]]
  const [broken, changed, lifted] = [blocks[20], blocks[29], blocks[3]]
  if (!newest || !middle || !below || !broken || !changed || !lifted) throw new Error('too small a world')
  poison(ground, 'reports', newest.id, middle.id)
  poison(ground, 'domain_blocks', broken.id)
  colleaguesOf(ground).resolve(below)
  changed.severity = changed.severity === 'suspend' ? 'silence' : 'suspend'
  world.domainBlocks.remove(lifted.id)
  const held = mirroredRows(ground.folder, 'domain-blocks').find(row => row.startsWith(`${broken.id} `)) ?? ''
  const told = [`domain-block.seen-changed ${changed.id}`, `domain-block.seen-lifted ${lifted.id}`]
  const aboutBlocks = async () => (await seen(desk)).filter(line => line.startsWith('domain-block'))
  await reach(ground, async () => same((await leftOut(desk)).sort(), [newest.id, middle.id, broken.id].sort()), 10_000)
  await reach(ground, () => same(mirrored(ground.folder), served(ground)), 20_000)
  await until(
    async () => (await aboutBlocks()).sort(),
    lines => same(lines, told),
    ground.patient,
    20_000,
  )
  const sweptAt = async () =>
    (await desk.call('sync.status', {})).servers[0]?.lists.find(({ list }) => list === 'domain-blocks')?.sweptAt ?? 0
  const before = await sweptAt()
  await reach(ground, async () => (await sweptAt()) > before + HOUR, 10_000)
  expect(mirroredRows(ground.folder, 'domain-blocks')).toContain(held)
  expect((await aboutBlocks()).sort()).toEqual(told)
  ground.server.faults.clear()
  world.domainBlocks.remove(broken.id)
  colleaguesOf(ground).resolve(middle)
  await reach(ground, () => agrees(ground, ['domain-blocks']) && same(mirrored(ground.folder), served(ground)), 60_000)
  expect((await aboutBlocks()).sort()).toEqual([...told, `domain-block.seen-lifted ${broken.id}`].sort())
  await reach(ground, async () => same(await leftOut(desk), []), 60_000)
})

test('ids made of a time are narrowed down to the very one within hours', async () => {
  await using ground = await openGround()
  const waiting = Array.from({ length: 40 }, (_, n) =>
    addWaiting(ground.server.world, `w${n}`, { at: ground.clock.now() - (40 - n) * 977_777 }),
  )
  const bad = waiting[17]?.id ?? ''
  poison(ground, 'accounts', bad)
  await ground.openEngine()
  const desk = ground.client()
  await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  const here = () => mirroredRows(ground.folder, 'signups').map(row => row.split(' ')[0] ?? '')
  await reach(ground, () => waiting.every(({ id }) => id === bad || here().includes(id)))
  const range = await leftOut(desk)
  expect(range).toHaveLength(2)
  expect(BigInt(range[1] ?? 0) - BigInt(range[0] ?? 0), 'a few seconds, as ids count them').toBeLessThan(2n ** 28n)
  await reach(ground, async () => same(await leftOut(desk), [bad]), 60_000)
  ground.server.faults.clear()
  await reach(ground, () => agrees(ground, ['signups']), 60_000)
})

test.for([500, 503])(
  'a server that fails as a whole with %i is waited for as ever: nothing is left out',
  async status => {
    await using ground = await openGround({ world: worldOf(300) })
    await ground.openEngine()
    const { desk } = await signInAndSync(ground, 'admin')
    const asked = watch(ground)
    ground.server.faults.add({ kind: 'status', status }, always)
    await pass(ground, 3 * HOUR)
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.length).toBeLessThan(90)
    expect(readMirror(ground.folder, 'SELECT * FROM skipped')).toEqual([])
    expect((await desk.call('sync.status', {})).servers[0]?.failure?.detail).toMatchObject({
      reason: expect.any(String),
    })
    ground.server.faults.clear()
    colleaguesOf(ground).file('after')
    await reach(ground, () => same(mirrored(ground.folder), served(ground)))
    expect(await leftOut(desk)).toEqual([])
  },
)

test('a list of which every item fails is no list with a broken item: it stays stopped, at a bounded cost, until it answers', async () => {
  await using ground = await openGround()
  const add = blocksOf(ground)
  for (let n = 0; n < 300; n++) add.domain(`n${n}.example`)
  await ground.openEngine()
  let questions = 0
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    if (!new URL(String(input)).pathname.endsWith('/domain_blocks')) return response
    questions++
    const text = await response.text()
    return new Response(text === '[]' ? text : '{}', {
      status: text === '[]' ? 200 : 500,
      headers: { 'content-type': 'application/json' },
    })
  })
  const desk = ground.client()
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  await pass(ground, 3 * HOUR, 60_000)
  expect(await leftOut(desk)).toEqual([])
  expect(questions).toBeLessThan(500)
  const [server] = (await desk.call('sync.status', {})).servers
  expect(server?.lists.find(({ list }) => list === 'reports-open')?.complete).toBe(true)
  ground.between((real, input, init) => real(input, init))
  await reach(ground, () => agrees(ground, ['domain-blocks']), 20_000)
  expect(await seen(desk)).toEqual([])
})

test('what a server failed on before it was put back to an earlier state is no longer left out', async () => {
  await using ground = await openGround()
  const putBack = ground.server.backup()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const [one, other] = [...new Set(ground.server.world.reports.all().map(report => report.targetAccountId))]
  const [broken, lost] = ['broken', 'lost'].map(words =>
    colleaguesOf(ground).file(words, { targetAccountId: one ?? '' }),
  )
  poison(ground, 'reports', broken?.id ?? '')
  await reach(ground, async () => same(await leftOut(desk), [broken?.id]))
  await reach(ground, () => same(mirrored(ground.folder), without(ground, broken?.id ?? '')))
  const leftAt = ground.clock.now()
  putBack()
  ground.server.faults.clear()
  const again = ['one', 'two'].map(words => colleaguesOf(ground).file(words, { targetAccountId: other ?? '' }))
  expect(again.map(({ id }) => id)).toEqual([broken?.id, lost?.id])
  await reach(ground, () => same(mirrored(ground.folder), served(ground)))
  expect(await leftOut(desk)).toEqual([])
  expect(ground.clock.now() - leftAt, 'not because it was asked for again').toBeLessThan(HOUR)
})
