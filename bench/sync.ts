import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openData, openForReading } from '../src/main/engine/db/open.ts'
import { createEngine } from '../src/main/engine/engine.ts'
import { runTaskHere } from '../src/main/engine/tasks.ts'
import { contract } from '../src/shared/contract/index.ts'
import { connect } from '../src/shared/contract/rpc.ts'
import { pairOfWires } from '../src/shared/contract/wires.ts'
import { systemClock } from '../src/shared/system-clock.ts'
import { type Figure, figure, quantile } from './figure.ts'
import { insertOther, insertPage, otherLists, type Rows, rowsOf } from './least.ts'
import { startSample } from './sample-beside.ts'

/** Read before an engine puts its guarded one in its place. */
const realFetch = globalThis.fetch
/** What our own budget lets one sync read at once: 180 pages of 200. */
const REPORTS = [5_000, 20_000] as const
const PAGE = 200
/**
 * Rounds that count. Before them so many reports are read, whichever the size, while what runs is compiled: one round of the larger size does
 * as much as several of the smaller. The first, which compiles the most, is told apart.
 */
const [ROUNDS, WARM] = [3, 20_000]

const tempFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'howdah-bench-sync-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** What this process worked, in ms, on whichever thread. */
const workOf = async (run: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const readPage = async (url: string): Promise<string> =>
  await (await realFetch(url, { headers: { authorization: 'Bearer admin' } })).text()

type Other = { table: Parameters<typeof insertOther>[2]; page: string }
type Pages = { reports: readonly string[]; others: readonly Other[] }

/** Every page as the server sends it: both lists of reports, and the short ones beside them. */
const readPages = async (url: string): Promise<Pages> => {
  const reports: string[] = []
  for (const resolved of ['', '&resolved=true']) {
    let max = ''
    for (;;) {
      const page = await readPage(`${url}/api/v1/admin/reports?limit=${PAGE}${resolved}${max}`)
      const last: { id: string } | undefined = JSON.parse(page).at(-1)
      if (!last) break
      reports.push(page)
      max = `&max_id=${last.id}`
    }
  }
  const others: Other[] = []
  for (const [path, table] of Object.entries(otherLists)) others.push({ table, page: await readPage(`${url}${path}`) })
  return { reports, others }
}

const insertAll = async ({ reports, others }: Pages, rows: Rows, found: boolean): Promise<number> => {
  using folder = tempFolder()
  const data = openData(folder.path, Date.now())
  const worked = await workOf(() => {
    for (const page of reports) insertPage(data.gate, page, rows, found)
    for (const { page, table } of others) insertOther(data.gate, page, table, rows, found)
  })
  data.close()
  return worked
}

const readRows = (folder: string): Rows => {
  const { db, close } = openForReading(folder)
  const rows = rowsOf(db)
  close()
  return rows
}

/** A first sync by the engine, from after the sign-in until nothing is left to fetch; `look` sees its folder afterwards. */
const syncAll = async (
  url: string,
  look: (folder: string) => void,
): Promise<{ worked: number; took: number; rows: number }> => {
  // Inserting blocked everything for seconds: connections that the server closed meanwhile are noticed first.
  await delay(200)
  using folder = tempFolder()
  const engine = await createEngine({
    folder: folder.path,
    fetch: realFetch,
    clock: systemClock,
    door: { seal: async secret => ({ sealed: secret, by: 'key-file' }), unseal: async sealed => ({ secret: sealed }) },
    runTask: async (name, data) => runTaskHere(name, folder.path, data),
  })
  const [near, far] = pairOfWires()
  engine.attach(far, 'cli')
  const desk = connect(contract, async () => near, { clock: systemClock, timeoutMs: 600_000 })
  await desk.call('sync.pause', { paused: true })
  await desk.call('servers.signIn', { url, token: 'admin' })
  const begun = performance.now()
  const worked = await workOf(() => desk.call('sync.now', { all: true }))
  const took = performance.now() - begun
  const { servers } = await desk.call('sync.status', {})
  const rows = servers.flatMap(server => server.lists).reduce((sum, list) => sum + list.rows, 0)
  desk.close()
  await engine.close(0)
  globalThis.fetch = realFetch
  look(folder.path)
  return { worked, took, rows }
}

/** What a first sync works, beside what parsing its pages and inserting the same rows works, in one run. */
export const benches = async (): Promise<Figure[]> => {
  const found: Figure[] = []
  for (const reports of REPORTS) {
    await using sample = await startSample(reports)
    const pages = await readPages(sample.url)
    let made: Rows | undefined
    const measure = async () => {
      const sync = await syncAll(sample.url, folder => {
        made ??= readRows(folder)
      })
      if (!made) throw new Error('no rows')
      const [least, bare] = [await insertAll(pages, made, true), await insertAll(pages, made, false)]
      return { ...sync, least, bare }
    }
    type Round = Awaited<ReturnType<typeof measure>>
    const first = await measure()
    const warm = Math.ceil(WARM / reports)
    for (let round = 1; round < warm; round++) await measure()
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measure())
    const median = (of: (one: Round) => number) => quantile(rounds.map(of), 0.5)
    const at = `, ${reports.toLocaleString('en')} reports`
    const rows = median(one => one.rows)
    const context = `${pages.reports.length} pages of reports (${(pages.reports.join('').length / 1e6).toFixed(1)} MB) and ${pages.others.length} of other lists, ${rows} rows told; sample server without limits in a process of its own; ${ROUNDS} rounds of all in one run after ${warm} in which what runs is compiled, the first of them told apart; medians`
    found.push(
      figure(
        `sync, work beside parse and insert${at}`,
        median(({ worked, least }) => worked / least),
        '×',
        {
          target: 2,
          context: `${context}; insert alone puts the rows that the sync made where that put them: reports with their campaign keys, accounts, posts, evidence, sign-ups and blocks, and one row a report and one an account in the full-text indexes, each made beforehand; on the sync's side only: HTTP, decoding, validation, reading HTML, finding words and keys, hashes, looking up what was held, and garbage; least ${Math.round(median(one => one.least))} ms, sync ${Math.round(median(one => one.worked))} ms`,
        },
      ),
      figure(`sync, beside parse and insert, the first of the run${at}`, first.worked / first.least, '×', {
        context: `the round before the others, with the compiling of whatever no earlier one ran; ${context}`,
      }),
      figure(
        `sync, beside parse and insert without index${at}`,
        median(({ worked, bare }) => worked / bare),
        '×',
        {
          context: `the same, but what reports are found by (campaign keys, full-text index) is not inserted either; least ${Math.round(median(one => one.bare))} ms`,
        },
      ),
      figure(
        `sync, work of one report${at}`,
        median(({ worked }) => worked / reports),
        'ms',
        { context },
      ),
      figure(
        `sync, rows a second${at}`,
        median(one => one.rows / (one.took / 1000)),
        '/s',
        { context },
      ),
    )
  }
  return found
}
