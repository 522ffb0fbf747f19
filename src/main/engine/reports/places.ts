import type { ReportFilter } from '../../../shared/contract/reports.ts'
import type { ReadDb } from '../db/handle.ts'
import { severityOf } from './table.ts'

/** Numbers for texts, from 1; 0 is no text. */
const makeNames = () => {
  const numbers = new Map<string, number>()
  return {
    of: (text: string | null): number => {
      if (text === null) return 0
      const known = numbers.get(text)
      if (known !== undefined) return known
      numbers.set(text, numbers.size + 1)
      return numbers.size
    },
    find: (text: string): number => numbers.get(text) ?? -1,
  }
}

/**
 * What places reports, in columns by report number. Texts stand as numbers: `target` for an account of a server, `origin` for the
 * domain it is on, `source` for the domain that reported, `assignee` for a moderator of a server.
 */
export type Columns = {
  severity: Uint8Array
  time: Float64Array
  server: Int32Array
  target: Int32Array
  origin: Int32Array
  source: Int32Array
  assignee: Int32Array
}
const columnsFor = (size: number): Columns => ({
  severity: new Uint8Array(size),
  time: new Float64Array(size),
  server: new Int32Array(size),
  target: new Int32Array(size),
  origin: new Int32Array(size),
  source: new Int32Array(size),
  assignee: new Int32Array(size),
})

type Row = {
  n: number
  server: string
  severity: number
  time: number
  target_id: string
  target_domain: string | null
  reporter_domain: string | null
  assigned_id: string | null
}

/**
 * Where the reports of one state stand, kept in memory, since putting 40,000 rows in order takes a moment and reading them takes a
 * hundred. Reads on from the mirror's own note of what moved (`report_moved`) before each answer; all anew where that was cut.
 */
export const makePlaces = (state: ReportFilter['state']) => {
  const isOpen = state === 'open'
  // Closed ones stand by when they were closed: the order needs no other time.
  const columns = `r.n, r.server, r.severity, r.${isOpen ? 'created_at' : 'resolved_at'} AS time, r.target_id, r.target_domain, r.reporter_domain, r.assigned_id`
  const standing = `r.resolved_at IS ${isOpen ? '' : 'NOT '}NULL`
  const names = { server: makeNames(), target: makeNames(), domain: makeNames(), assignee: makeNames() }
  let known = columnsFor(0)
  let byTime = new Int32Array(0)
  let hasMoved = new Uint8Array(0)
  let seen = -1

  const earlier = (a: number, b: number) => (known.time[a] ?? 0) - (known.time[b] ?? 0) || a - b
  const makeRoom = (n: number) => {
    if (n < known.time.length) return
    const wider = columnsFor(Math.ceil(n * 1.2) + 1024)
    for (const name of ['severity', 'time', 'server', 'target', 'origin', 'source', 'assignee'] as const)
      wider[name].set(known[name])
    known = wider
    hasMoved = new Uint8Array(known.time.length)
  }
  const note = (row: Row) => {
    makeRoom(row.n)
    known.severity[row.n] = row.severity
    known.time[row.n] = row.time
    known.server[row.n] = names.server.of(row.server)
    known.target[row.n] = names.target.of(`${row.server} ${row.target_id}`)
    known.origin[row.n] = names.domain.of(row.target_domain)
    known.source[row.n] = names.domain.of(row.reporter_domain)
    known.assignee[row.n] = names.assignee.of(row.assigned_id === null ? null : `${row.server} ${row.assigned_id}`)
  }
  const readAll = (db: ReadDb) => {
    makeRoom(db.get<{ n: number }>('SELECT coalesce(max(n), 0) AS n FROM mirror.report')?.n ?? 0)
    const numbers: number[] = []
    // The open ones stand whole in their index; the closed ones are most of the table.
    const way = isOpen ? 'INDEXED BY report_open' : 'NOT INDEXED'
    for (const row of db.each<Row>(`SELECT ${columns} FROM mirror.report r ${way} WHERE ${standing}`)) {
      note(row)
      numbers.push(row.n)
    }
    byTime = Int32Array.from(numbers).sort(earlier)
  }
  const readOn = (db: ReadDb) => {
    const moved = db.all<{ n: number }>('SELECT DISTINCT n FROM mirror.report_moved WHERE seq > ?', [seen])
    const rows = db.all<Row>(
      `SELECT ${columns} FROM mirror.report r WHERE r.n IN (SELECT n FROM mirror.report_moved WHERE seq > ?) AND ${standing}`,
      [seen],
    )
    for (const row of rows) note(row)
    for (const { n } of moved) hasMoved[n] = 1
    const came = Int32Array.from(rows, row => row.n).sort(earlier)
    const merged = new Int32Array(byTime.length + came.length)
    let [at, next] = [0, 0]
    for (let i = 0; i < byTime.length; i++) {
      const n = byTime[i] ?? 0
      if (hasMoved[n] === 1) continue
      while (next < came.length && earlier(came[next] ?? 0, n) < 0) merged[at++] = came[next++] ?? 0
      merged[at++] = n
    }
    merged.set(came.subarray(next), at)
    for (const { n } of moved) hasMoved[n] = 0
    byTime = merged.subarray(0, at + came.length - next)
  }
  const readNews = (db: ReadDb) => {
    const last = db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM mirror.report_moved')?.seq ?? 0
    if (last === seen) return
    if (db.get('SELECT 1 FROM mirror.report_moved WHERE seq = ?', [seen])) readOn(db)
    else readAll(db)
    seen = last
  }
  /** Who we are on each server, as assignees. */
  const ownNames = (db: ReadDb): ReadonlySet<number> =>
    new Set(
      db
        .all<{ key: string; account_id: string }>('SELECT key, account_id FROM server')
        .map(me => names.assignee.find(`${me.key} ${me.account_id}`)),
    )

  return {
    columns: () => known,
    /** How many reports there are, and of them on each server, ours, nobody's, and legal ones. */
    count: (db: ReadDb) => {
      readNews(db)
      const mine = ownNames(db)
      const servers: number[] = []
      const counts = { all: byTime.length, mine: 0, unclaimed: 0, legal: 0 }
      for (let i = 0; i < byTime.length; i++) {
        const n = byTime[i] ?? 0
        const [server, assignee] = [known.server[n] ?? 0, known.assignee[n] ?? 0]
        servers[server] = (servers[server] ?? 0) + 1
        if (assignee === 0) counts.unclaimed++
        else if (mine.has(assignee)) counts.mine++
        if (known.severity[n] === severityOf.legal) counts.legal++
      }
      return { ...counts, on: (server: string): number => servers[names.server.find(server)] ?? 0 }
    },
    /** The numbers of the reports that fit, the earliest first. */
    choose: (db: ReadDb, { server, category, claim }: ReportFilter): Int32Array => {
      readNews(db)
      if (server === null && category === null && claim === 'any') return byTime
      const where = server === null ? 0 : names.server.find(server)
      const severity = category === null ? -1 : severityOf[category]
      const mine = ownNames(db)
      const { server: servers, severity: severities, assignee: assignees } = known
      const kept = new Int32Array(byTime.length)
      let at = 0
      for (let i = 0; i < byTime.length; i++) {
        const n = byTime[i] ?? 0
        if (where !== 0 && servers[n] !== where) continue
        if (severity !== -1 && severities[n] !== severity) continue
        const assignee = assignees[n] ?? 0
        if (claim === 'unclaimed' ? assignee !== 0 : claim === 'mine' && !mine.has(assignee)) continue
        kept[at++] = n
      }
      return kept.subarray(0, at)
    },
  }
}
export type Places = ReturnType<typeof makePlaces>

/** How many different values a column has for these reports. */
export const countDifferent = (column: Int32Array, numbers: Int32Array): number => {
  let met = new Uint8Array(1024)
  let count = 0
  for (let i = 0; i < numbers.length; i++) {
    const value = column[numbers[i] ?? 0] ?? 0
    if (value >= met.length) {
      const wider = new Uint8Array(value * 2)
      wider.set(met)
      met = wider
    }
    if (met[value] === 1) continue
    met[value] = 1
    count++
  }
  return count
}
