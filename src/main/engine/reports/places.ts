import type { ServerKey } from '../../../shared/contract/ids.ts'
import { ReportFilter } from '../../../shared/contract/reports.ts'
import type { ReadDb } from '../db/handle.ts'
import { countBursts, makeBursts } from './bursts.ts'
import { makeColumns, type PlacedRow } from './columns.ts'
import { chooseReports } from './match.ts'
import { severityOf } from './table.ts'

type State = ReportFilter['state']
const everything = ReportFilter.parse({})

const columnsOf = (state: State) =>
  // Closed ones stand by when they were closed: the order needs no other time. They are in no group, so neither by reporter nor by key.
  state === 'open'
    ? 'r.n, r.server, r.severity, r.created_at AS time, r.target_id, r.target_domain, r.reporter_id, r.reporter_domain, r.assigned_id, r.assigned_to, r.rules, r.languages, r.keys'
    : `r.n, r.server, r.severity, r.resolved_at AS time, r.target_id, r.target_domain, '' AS reporter_id, r.reporter_domain, r.assigned_id, r.assigned_to, r.rules, r.languages, '[]' AS keys`
const standing = (state: State) => `r.resolved_at IS ${state === 'open' ? '' : 'NOT '}NULL`

/**
 * Where reports stand, kept in memory, since putting 40,000 rows in order takes a moment and reading them takes a hundred. Reads on from
 * the mirror's own note of what moved (`report_moved`) before each answer; all anew where that was cut. Closed ones are read when they
 * are asked for.
 */
export const makePlaces = () => {
  const columns = makeColumns()
  const bursts = makeBursts(columns)
  const note = (row: PlacedRow, state: State) => {
    columns.note(row)
    if (state === 'open') bursts.note(row.n, row.keys)
  }
  const byTime: Record<State, Int32Array | null> = { open: new Int32Array(0), resolved: null }
  let hasMoved = new Uint8Array(0)
  let seen = -1

  const earlier = (a: number, b: number) => {
    const { time } = columns.all()
    return (time[a] ?? 0) - (time[b] ?? 0) || a - b
  }
  const readAll = (db: ReadDb, state: State) => {
    const most = db.get<{ n: number }>('SELECT coalesce(max(n), 0) AS n FROM mirror.report')?.n ?? 0
    columns.makeRoom(most)
    bursts.makeRoom(most)
    // As long as it may become: a list that grows leaves all its shorter selves behind, some megabytes of them.
    const numbers = new Int32Array(most)
    let count = 0
    // The open ones stand whole in their index; the closed ones are most of the table.
    const way = state === 'open' ? 'INDEXED BY report_open' : 'NOT INDEXED'
    const sql = `SELECT ${columnsOf(state)} FROM mirror.report r ${way} WHERE ${standing(state)}`
    for (const row of db.each<PlacedRow>(sql)) {
      note(row, state)
      numbers[count++] = row.n
    }
    byTime[state] = numbers.slice(0, count).sort(earlier)
  }
  /** Takes the moved ones out of a list and puts those that stand in it now into their places. */
  const merge = (held: Int32Array, came: Int32Array): Int32Array => {
    const merged = new Int32Array(held.length + came.length)
    let left = 0
    for (let i = 0; i < held.length; i++) {
      const n = held[i] ?? 0
      if (hasMoved[n] !== 1) merged[left++] = n
    }
    // The last first, so that all behind its place moves once.
    let end = left
    for (let next = came.length - 1; next >= 0; next--) {
      const n = came[next] ?? 0
      let [low, high] = [0, end]
      while (low < high) {
        const middle = (low + high) >> 1
        if (earlier(merged[middle] ?? 0, n) < 0) low = middle + 1
        else high = middle
      }
      merged.copyWithin(low + next + 1, low, end)
      merged[low + next] = n
      end = low
    }
    return merged.subarray(0, left + came.length)
  }
  const readOn = (db: ReadDb) => {
    const moved = db.all<{ n: number }>('SELECT DISTINCT n FROM mirror.report_moved WHERE seq > ?', [seen])
    const came = { open: new Int32Array(0), resolved: new Int32Array(0) }
    for (const state of ['open', 'resolved'] as const) {
      if (byTime[state] === null) continue
      const rows = db.all<PlacedRow>(
        `SELECT ${columnsOf(state)} FROM mirror.report r WHERE r.n IN (SELECT n FROM mirror.report_moved WHERE seq > ?) AND ${standing(state)}`,
        [seen],
      )
      for (const row of rows) note(row, state)
      came[state] = Int32Array.from(rows, row => row.n)
    }
    const { length } = columns.all().time
    if (hasMoved.length < length) hasMoved = new Uint8Array(length)
    for (const { n } of moved) hasMoved[n] = 1
    for (const state of ['open', 'resolved'] as const) {
      const held = byTime[state]
      if (held !== null) byTime[state] = merge(held, came[state].sort(earlier))
    }
    for (const { n } of moved) hasMoved[n] = 0
  }
  const readNews = (db: ReadDb, state: State): Int32Array => {
    const last = db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM mirror.report_moved')?.seq ?? 0
    if (last !== seen) {
      if (db.get('SELECT 1 FROM mirror.report_moved WHERE seq = ?', [seen])) readOn(db)
      else {
        readAll(db, 'open')
        byTime.resolved = null
      }
      seen = last
    }
    if (byTime[state] === null) readAll(db, state)
    return byTime[state] ?? new Int32Array(0)
  }
  /** Who we are on each server, as assignees. */
  const ownNames = (db: ReadDb): ReadonlySet<number> =>
    new Set(
      db
        .all<{ key: string; account_id: string }>('SELECT key, account_id FROM server')
        .map(me => columns.names.assignee.find({ server: me.key, id: me.account_id })),
    )
  const findBursts = (chosen: Int32Array) => bursts.find(chosen, byTime.open ?? new Int32Array(0))
  const choose = (db: ReadDb, filter: ReportFilter, now: number): Int32Array =>
    chooseReports(db, readNews(db, filter.state), filter, { columns, findBursts, now, mine: () => ownNames(db) })

  return {
    columns: columns.all,
    names: columns.names,
    nameOf: columns.nameOf,
    /** For each of these open reports the number of its campaign, or 0; filled anew by the next call. */
    bursts: findBursts,
    keyOf: bursts.keyOf,
    /** How many open reports there are on each server; and of one server, or all: ours, nobody's, legal ones, in campaigns, and how many snoozed. */
    count: (db: ReadDb, now: number, server: ServerKey | null) => {
      const open = choose(db, everything, now)
      const { server: servers, assignee: assignees, severity } = columns.all()
      const mine = ownNames(db)
      const perServer: number[] = []
      const only = server === null ? null : columns.names.server.find(server)
      const isOfIt = (n: number) => only === null || servers[n] === only
      const chosen = only === null ? open : open.filter(isOfIt)
      const known = byTime.open ?? new Int32Array(0)
      const counts = { all: chosen.length, mine: 0, unclaimed: 0, legal: 0 }
      for (const n of open) perServer[servers[n] ?? 0] = (perServer[servers[n] ?? 0] ?? 0) + 1
      for (const n of chosen) {
        const assignee = assignees[n] ?? 0
        if (assignee === 0) counts.unclaimed++
        else if (mine.has(assignee)) counts.mine++
        if (severity[n] === severityOf.legal) counts.legal++
      }
      return {
        ...counts,
        snoozed: (only === null ? known : known.filter(isOfIt)).length - chosen.length,
        campaigns: countBursts(findBursts(chosen)),
        on: (key: string): number => perServer[columns.names.server.find(key)] ?? 0,
      }
    },
    /** The numbers of the reports that fit, the earliest first. */
    choose,
  }
}
/** The order of a list. */
export type Places = ReturnType<typeof makePlaces>
