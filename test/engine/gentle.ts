import { type Ground, NOON, openGround, realFetch } from './ground.ts'
import { blocksOf } from './lists-mirrored.ts'
import { numbersOf } from './numbers.ts'
import { colleaguesOf, worldOf } from './sync-ground.ts'

const MINUTE = 60_000
const [SHORT, LONG] = [5 * MINUTE, 15 * MINUTE]

/** What a row of each list costs a real server, in ms (contract d), and what any request does. */
const COSTS: readonly (readonly [RegExp, number])[] = [
  [/\/admin\/reports/, 26],
  [/\/admin\/accounts/, 3],
  [/\/admin\/\w+_(blocks|allows)/, 0.5],
]
const COST = 15

/** Waits for real time until nothing of the engine is on the wire. */
const quiet = async (onTheWire: () => number) => {
  for (let calm = 0; calm < 2; ) {
    await new Promise(resolve => setImmediate(resolve))
    calm = onTheWire() === 0 ? calm + 1 : 0
  }
}

type Ask = {
  at: number
  path: string
  list: string
  paged: boolean
  look: boolean
  sweep: boolean
  ms: number
  status: number
}

/** Notes what the engine asks, and lets each answer take the server's time on the test's clock. `most`: reports that fit a page there. */
const watch = (ground: Ground, most: number) => {
  const asks: Ask[] = []
  const whole = new Set<string>()
  let onTheWire = 0
  const due: number[] = []
  ground.between(async (real, input, init) => {
    const url = new URL(String(input))
    const { pathname: path, searchParams } = url
    if (path.includes('streaming')) return await real(input, init)
    if (path.endsWith('/admin/reports') && Number(searchParams.get('limit')) > most)
      searchParams.set('limit', String(most))
    onTheWire++
    const response = await real(url, init)
    const text = await response.text()
    const rows = text.startsWith('[') ? (JSON.parse(text) as unknown[]).length : 1
    const list = path.split('/').at(-1) + (searchParams.get('resolved') ? ' resolved' : '')
    const isList = searchParams.has('limit')
    const paged = ['min_id', 'max_id'].some(name => searchParams.has(name))
    const look = searchParams.has('min_id')
    // An empty list has no newest item to look above: its first page is a look.
    const sweep = isList && whole.has(list) && !look && rows > 0
    if (isList && !look && rows < Number(searchParams.get('limit'))) whole.add(list)
    const ms = Math.round(COST + rows * (COSTS.find(([of]) => of.test(path))?.[1] ?? 0))
    const at = ground.clock.now()
    asks.push({ at, path, list: isList ? list : '', paged, look, sweep, ms, status: response.status })
    due.push(at + ms)
    onTheWire--
    await new Promise<void>(resolve => void ground.clock.after(ms, resolve))
    return new Response(text, { status: response.status, headers: response.headers })
  })
  return {
    asks,
    /** Moves time to the next answer, but not further than `to`. */
    step: async (to: number) => {
      // What may go at once goes now, not after the step.
      ground.clock.advance(0)
      await quiet(() => onTheWire)
      const next = due.length === 0 ? to : Math.min(to, ...due)
      ground.clock.advance(Math.max(0, next - ground.clock.now()))
      while (due.some(at => at <= next))
        due.splice(
          due.findIndex(at => at <= next),
          1,
        )
      await quiet(() => onTheWire)
    },
  }
}

const restAfter = (page: Ask | undefined, next: number): number =>
  page ? (next - page.at - page.ms) / page.ms : Number.POSITIVE_INFINITY

/** The most of something in any window of the throttles. */
const mostIn = (asks: readonly { at: number }[], window: number): number => {
  const counts = new Map<number, number>()
  for (const { at } of asks) counts.set(Math.floor(at / window), (counts.get(Math.floor(at / window)) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

/**
 * Hours on a server with Mastodon's throttles and costs, from the first sync on, while members report and sign up, colleagues decide, and
 * the same account browses the web admin in another program: in every second quarter of an hour so much
 * that with 60 % of the limit it comes to the whole of it. Says what was asked, refused and costly.
 */
export const playHours = async (
  hours: number,
  of: { reports: number; blocks: number; signups: number; seed: number; page: number },
) => {
  const random = numbersOf(of.seed)
  const world = worldOf(of.reports)
  await using ground = await openGround({ world, throttles: true })
  const add = blocksOf(ground)
  for (let n = 0; n < of.blocks; n++) add.domain(`n${n}.example`)
  for (let n = 0; n < of.signups; n++) add.signup(`new${n}`)
  const own = world.tokens.get('admin')
  if (!own) throw new Error('no token')
  world.tokens.set('browser', { ...own, id: world.tokenIds.next(), token: 'browser' })
  const line = watch(ground, of.page)
  await ground.openEngine()
  const desk = ground.client()
  let signedIn = false
  const signingIn = desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  void signingIn.finally(() => {
    signedIn = true
  })
  while (!signedIn) await line.step(ground.clock.now() + 1_000)
  await signingIn
  const refused: number[] = []
  /** One click in the web admin: a page of a list, or what a page loads beside it. */
  const browse = async (paged: boolean) => {
    const query = paged ? '&max_id=999' : ''
    const url = `${ground.server.url}/api/v1/admin/accounts?limit=1${query}`
    const response = await realFetch(url, { headers: { authorization: 'Bearer browser' } })
    await response.arrayBuffer()
    if (response.status === 429) refused.push(ground.clock.now())
  }
  const colleagues = colleaguesOf(ground)
  const start = ground.clock.now()
  const end = start + hours * 60 * MINUTE
  let firstDone = 0
  let firstWanted = Number.POSITIVE_INFINITY
  const sizeOf = (list: string) => (list.startsWith('reports') ? of.page : list.startsWith('domain') ? 500 : 200)
  let busy = false
  let clicks = 0
  for (let slice = 0; ground.clock.now() < end; slice++) {
    const quarter = Math.floor(ground.clock.now() / LONG)
    if (ground.clock.now() % LONG < 5_000) {
      busy = quarter % 2 === 1
      clicks = busy ? 120 : 10
    }
    // In bursts, as people do: some of them in the last seconds of a window, when all else is used up.
    const left = (quarter + 1) * LONG - ground.clock.now()
    const burst = Math.min(clicks, random() < 0.03 || left < 10_000 ? 40 : 0)
    clicks -= burst
    for (let n = 0; n < burst; n++) await browse(true)
    if (busy && random() < 0.3) await browse(false)
    if (random() < 0.02) colleagues.file(`at ${slice}`)
    if (random() < 0.015) {
      const [open] = world.reports.all().filter(one => one.actionTakenAt === null)
      if (open) colleagues.resolve(open)
    }
    if (random() < 0.005) add.signup(`late${slice}`)
    if (random() < 0.002) add.domain(`late${slice}.example`)
    const to = ground.clock.now() + 5_000
    while (ground.clock.now() < to) await line.step(to)
    if (firstDone === 0 && slice % 6 === 0) {
      const [sync] = (await desk.call('sync.status', {})).servers
      if (sync?.lists.every(({ complete }) => complete)) {
        firstDone = line.asks.length
        firstWanted = sync.lists.reduce((sum, { list, rows }) => sum + Math.ceil(rows / sizeOf(list)), 0)
      }
    }
  }
  const after = line.asks.slice(firstDone)
  const elapsed = ground.clock.now() - (after[0]?.at ?? end)
  const sweepMs = after.filter(ask => ask.sweep || ask.list === '').reduce((sum, { ms }) => sum + ms, 0)
  const swept = after.filter(({ sweep }) => sweep)
  const first = line.asks.slice(0, firstDone).filter(({ list, sweep, look }) => list !== '' && !sweep && !look)
  return {
    refusedOfOurs: line.asks.filter(({ status }) => status === 429).length,
    refusedOfPerson: refused.length,
    mostCalls: mostIn(line.asks, SHORT),
    mostPaged: mostIn(
      line.asks.filter(({ paged }) => paged),
      LONG,
    ),
    sweepShare: sweepMs / elapsed,
    sweeps: swept.length,
    openSweeps: swept.filter(({ list }) => list === 'reports').length,
    mostSwept: mostIn(
      swept.filter(({ paged }) => paged),
      LONG,
    ),
    /** How much longer than a page of the sweeps took it was until the next of them, at least. */
    leastRest: Math.min(...swept.slice(1).map(({ at }, before) => restAfter(swept[before], at))),
    firstRequests: first.length,
    firstWanted,
    firstHours:
      firstDone === 0 ? Number.POSITIVE_INFINITY : (line.asks[firstDone - 1]?.at ?? end) / 3_600_000 - NOON / 3_600_000,
    asks: line.asks.length,
    lists: (await desk.call('sync.status', {})).servers[0]?.lists ?? [],
  }
}
