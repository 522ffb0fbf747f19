import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Gate } from '../src/main/engine/db/gate.ts'
import { openData } from '../src/main/engine/db/open.ts'
import { createEngine } from '../src/main/engine/engine.ts'
import { severityOf } from '../src/main/engine/reports/table.ts'
import { ordOf } from '../src/main/engine/sync/ord.ts'
import { runTaskHere } from '../src/main/engine/tasks.ts'
import { contract } from '../src/shared/contract/index.ts'
import { connect } from '../src/shared/contract/rpc.ts'
import { pairOfWires } from '../src/shared/contract/wires.ts'
import { systemClock } from '../src/shared/system-clock.ts'
import { type Figure, figure, quantile } from './figure.ts'

/** Read before an engine puts its guarded one in its place. */
const realFetch = globalThis.fetch
/** What our own budget lets one sync read at once: 180 pages of 200. */
const REPORTS = [5_000, 20_000] as const
const [PAGE, ROUNDS] = [200, 3]

const startSample = async (reports: number) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sample-process.ts'), String(reports)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return {
    url: /http:\S+/.exec(String(line))?.[0] ?? '',
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

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

/** Every page as the server sends it, both lists. */
const readPages = async (url: string): Promise<string[]> => {
  const pages: string[] = []
  for (const resolved of ['', '&resolved=true']) {
    let max = ''
    for (;;) {
      const answer = await realFetch(`${url}/api/v1/admin/reports?limit=${PAGE}${resolved}${max}`, {
        headers: { authorization: 'Bearer admin' },
      })
      const page = await answer.text()
      const last: { id: string } | undefined = JSON.parse(page).at(-1)
      if (!last) break
      pages.push(page)
      max = `&max_id=${last.id}`
    }
  }
  return pages
}

type Told = Record<string, string | number | null> & {
  id: string
  action_taken: boolean
  category: keyof typeof severityOf
  account: { id: string; domain: string | null } | null
  target_account: Record<string, string | number | null> & { account: Record<string, string | number | null> }
  statuses: { id: string }[]
}

/** The least that a mirror must do with a page: parse it and put the same rows in the same tables, in one transaction. */
const insertPage = (gate: Gate, text: string) => {
  const page: Told[] = JSON.parse(text)
  gate.write([], db => {
    for (const report of page) {
      const { target_account: who, statuses } = report
      db.run(
        `INSERT INTO mirror.account (server, id, username, domain, display_name, suspended, limited, sensitive, bot, followers, following, posts, role_name, permissions, note, fields, url, email, seen_at)
         VALUES ('s1', ?, ?, ?, ?, 0, 0, 0, 0, ?, ?, ?, '', '0', ?, '[]', ?, ?, 0) ON CONFLICT DO UPDATE SET followers = excluded.followers, seen_at = excluded.seen_at`,
        [
          who.id ?? '',
          who.username ?? '',
          who.domain ?? null,
          who.account.display_name ?? '',
          who.account.followers_count ?? 0,
          who.account.following_count ?? 0,
          who.account.statuses_count ?? 0,
          who.account.note ?? '',
          who.account.url ?? null,
          who.email ?? null,
        ],
      )
      db.run(
        `INSERT INTO mirror.report (server, id, ord, category, severity, comment, created_at, updated_at, resolved_at, target_id, target_domain, reporter_id, reporter_domain, rules, posts, seen_at)
         VALUES ('s1', ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, '[]', ?, 0)`,
        [
          report.id,
          ordOf(report.id),
          report.category,
          severityOf[report.category],
          report.comment ?? '',
          Date.parse(String(report.created_at)),
          report.action_taken ? Date.parse(String(report.action_taken_at)) : null,
          who.id ?? '',
          who.domain ?? null,
          report.account?.id ?? '',
          report.account?.domain ?? null,
          JSON.stringify(statuses.map(post => post.id)),
        ],
      )
      for (const post of statuses)
        if (report.action_taken)
          db.run(`INSERT INTO mirror.post VALUES ('s1', ?, ?, 0) ON CONFLICT DO NOTHING`, [
            post.id,
            JSON.stringify(post),
          ])
        else
          db.run(`INSERT INTO evidence VALUES ('s1', ?, '', ?, 0, 0) ON CONFLICT DO NOTHING`, [
            post.id,
            JSON.stringify(post),
          ])
    }
  })
}

const insertAll = async (pages: readonly string[]): Promise<number> => {
  using folder = tempFolder()
  const data = openData(folder.path, Date.now())
  const worked = await workOf(() => {
    for (const page of pages) insertPage(data.gate, page)
  })
  data.close()
  return worked
}

/** A first sync by the engine, from after the sign-in until nothing is left to fetch. */
const syncAll = async (url: string): Promise<{ worked: number; took: number; rows: number }> => {
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
  return { worked, took, rows }
}

/** What a first sync works, beside what parsing its pages and inserting the same rows works, in one run. */
export const benches = async (): Promise<Figure[]> => {
  const found: Figure[] = []
  for (const reports of REPORTS) {
    await using sample = await startSample(reports)
    const pages = await readPages(sample.url)
    const ratios: number[] = []
    const [plain, synced]: [number[], number[]] = [[], []]
    let [took, rows] = [0, 0]
    for (let round = 0; round < ROUNDS; round++) {
      const least = await insertAll(pages)
      const sync = await syncAll(sample.url)
      plain.push(least)
      synced.push(sync.worked)
      ratios.push(sync.worked / least)
      took = sync.took
      rows = sync.rows
    }
    const at = `, ${reports.toLocaleString('en')} reports`
    const context = `${pages.length} pages (${(pages.join('').length / 1e6).toFixed(1)} MB), ${rows} rows told; sample server without limits in a process of its own; ${ROUNDS} rounds of both in one run, medians; on the sync's side only, the largest part first: what reports and accounts are found by (words, campaign keys, their full-text indexes), the indexes and triggers of the real tables, HTTP, decoding, validation, evidence hashes, and garbage`
    found.push(
      figure(`sync, work beside parse and insert${at}`, quantile(ratios, 0.5), '×', {
        target: 2,
        context: `${context}; least ${Math.round(quantile(plain, 0.5))} ms, sync ${Math.round(quantile(synced, 0.5))} ms`,
      }),
      figure(`sync, rows a second${at}`, rows / (took / 1000), '/s', { context }),
    )
  }
  return found
}
