import { randomUUID } from 'node:crypto'
import { Failure } from '../../../shared/contract/failure.ts'
import type { GroupHead, ListLine, ReportFilter, ReportGrouping, ReportSort } from '../../../shared/contract/reports.ts'
import { accountName, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { type Group, orderReports, type Placed } from './order.ts'
import { rowsOf } from './rows.ts'

/**
 * A list as it was put in order once. `lines`: the number of a report, or the negative place (from -1) of a group in `groups`.
 * `newest`: the highest report number that it could know.
 */
type List = { filter: ReportFilter; lines: Int32Array; groups: Group[]; newest: number }

/** The engine keeps this many lists; the one not asked for longest goes first. */
const KEPT = 24

const where = (filter: ReportFilter): string =>
  [
    filter.state === 'open' ? 'r.resolved_at IS NULL' : 'r.resolved_at IS NOT NULL',
    ...(filter.server === null ? [] : ['r.server = @server']),
    ...(filter.category === null ? [] : ['r.category = @category']),
    ...(filter.claim === 'mine' ? ['r.assigned_id = (SELECT account_id FROM server WHERE key = r.server)'] : []),
    ...(filter.claim === 'unclaimed' ? ['r.assigned_id IS NULL'] : []),
  ].join(' AND ')
const valuesOf = ({ server, category }: ReportFilter) => ({
  ...(server === null ? {} : { server }),
  ...(category === null ? {} : { category }),
})

const selectPlaced = (db: ReadDb, filter: ReportFilter): Placed[] => {
  const columns = 'r.n, r.server, r.severity, r.created_at, r.target_id, r.target_domain, r.reporter_domain'
  // Closed ones stand by when they were closed: the order needs no other time.
  const time = filter.state === 'open' ? columns : columns.replace('r.created_at', 'r.resolved_at AS created_at')
  return db.all<Placed>(`SELECT ${time} FROM mirror.report r WHERE ${where(filter)}`, valuesOf(filter))
}

const headOf = (db: ReadDb, group: Group): GroupHead => {
  const { kind, server, key, reports } = group
  const named =
    kind === 'target' && server !== null && key !== null
      ? db.get<NameRow>(`SELECT ${nameColumns} FROM mirror.account a WHERE a.server = ? AND a.id = ?`, [server, key])
      : undefined
  return {
    kind,
    server,
    account: named ? accountName(named) : null,
    origin: kind === 'origin' ? key : null,
    reports: reports.length,
    accounts: new Set(reports.map(report => `${report.server} ${report.target_id}`)).size,
    sources: new Set(reports.map(report => report.reporter_domain ?? '')).size,
  }
}

/** The lists that are open on this engine's desks. */
export const makeLists = () => {
  const lists = new Map<string, List>()
  const find = (id: string): List => {
    const list = lists.get(id)
    if (!list) throw new Failure('not-found', { reason: 'failure.list-forgotten' })
    lists.delete(id)
    lists.set(id, list)
    return list
  }
  return {
    /** Puts reports in order and keeps the order under a name. */
    open: (db: ReadDb, filter: ReportFilter, grouping: ReportGrouping, sort: ReportSort) => {
      const placed = selectPlaced(db, filter)
      const groups = orderReports(
        placed,
        filter.state === 'resolved' ? 'none' : grouping,
        filter.state === 'resolved' ? 'newest' : sort,
      )
      const heads = filter.state === 'resolved' || grouping === 'none' ? 0 : groups.length
      const lines = new Int32Array(placed.length + heads)
      let at = 0
      for (const [index, group] of groups.entries()) {
        if (heads > 0) lines[at++] = -(index + 1)
        for (const report of group.reports) lines[at++] = report.n
      }
      const id = randomUUID()
      lists.set(id, {
        filter,
        lines,
        groups,
        newest: db.column<number>('SELECT coalesce(max(n), 0) FROM mirror.report')[0] ?? 0,
      })
      for (const old of [...lists.keys()].slice(0, -KEPT)) lists.delete(old)
      return {
        list: id,
        lines: lines.length,
        reports: placed.length,
        accounts: new Set(placed.map(report => `${report.server} ${report.target_id}`)).size,
        oldestAt:
          placed.length === 0
            ? null
            : groups.reduce((oldest, group) => Math.min(oldest, group.oldest), Number.POSITIVE_INFINITY),
      }
    },
    /** Some lines as they are now. */
    lines: (db: ReadDb, id: string, from: number, count: number, now: number): ListLine[] => {
      const { lines, groups } = find(id)
      const slice = [...lines.subarray(from, from + count)]
      const rows = rowsOf(
        db,
        slice.filter(n => n > 0),
        now,
      )
      return slice.flatMap((n, offset): ListLine[] => {
        const index = from + offset
        const group = n < 0 ? groups[-n - 1] : undefined
        if (group) return [{ line: 'group', index, group: headOf(db, group) }]
        const row = rows.get(n)
        return row ? [{ line: 'report', index, row }] : []
      })
    },
    /** How many reports a list opened now would have more. */
    news: (db: ReadDb, id: string): number => {
      const { filter, newest } = find(id)
      return (
        db.column<number>(`SELECT count(*) FROM mirror.report r WHERE r.n > @newest AND ${where(filter)}`, {
          ...valuesOf(filter),
          newest,
        })[0] ?? 0
      )
    },
    /** The place of a report number, or -1. */
    indexOf: (id: string, n: number): number => find(id).lines.indexOf(n),
    /** The first place after `index`, then from the start, whose row `fits`; read in slices. */
    next: (
      db: ReadDb,
      id: string,
      index: number,
      now: number,
      fits: (row: ListLine & { line: 'report' }) => boolean,
    ): (ListLine & { line: 'report' }) | undefined => {
      const { lines } = find(id)
      const order = [...lines.keys()].slice(index + 1).concat([...lines.keys()].slice(0, Math.max(0, index)))
      for (let at = 0; at < order.length; at += 50) {
        const places = order.slice(at, at + 50)
        const rows = rowsOf(
          db,
          places.map(place => lines[place] ?? 0).filter(n => n > 0),
          now,
        )
        for (const place of places) {
          const row = rows.get(lines[place] ?? 0)
          const line = row && ({ line: 'report', index: place, row } as const)
          if (line && fits(line)) return line
        }
      }
      return undefined
    },
  }
}
export type Lists = ReturnType<typeof makeLists>
