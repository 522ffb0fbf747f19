import { randomUUID } from 'node:crypto'
import { Failure } from '../../../shared/contract/failure.ts'
import type { GroupHead, ListLine, ReportFilter, ReportGrouping, ReportSort } from '../../../shared/contract/reports.ts'
import { accountName, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { type Order, orderReports } from './order.ts'
import { countDifferent, makePlaces, type Places } from './places.ts'
import { rowsOf } from './rows.ts'

/** A list as it was put in order once. */
type List = Order & { filter: ReportFilter; grouping: ReportGrouping }
type ReportLine = ListLine & { line: 'report' }

/** The engine keeps this many lists; the one not asked for longest goes first. */
const KEPT = 24
/** How many rows are read at a time when one that fits is looked for. */
const LOOK_AHEAD = 20

/** How many reports of a group are asked for its name. */
const MOST_ASKED = 20

type Named = NameRow & { server: string; target_domain: string | null }

/** What names a group is the same for all of its reports: any tells that the server has not deleted. */
const nameOf = (db: ReadDb, reports: Int32Array): Named | undefined =>
  db.get<Named>(
    `SELECT r.server, r.target_domain, ${nameColumns} FROM mirror.report r JOIN mirror.account a ON a.server = r.server AND a.id = r.target_id
     WHERE r.n IN (SELECT value FROM json_each(?)) LIMIT 1`,
    [JSON.stringify([...reports.subarray(0, MOST_ASKED)])],
  )

const headOf = (db: ReadDb, list: List, places: Places, at: number): GroupHead => {
  const { lines, grouping, legalAt, singlesAt } = list
  const reports = lines.subarray(at + 1, at + 1 - (lines[at] ?? 0))
  const kind = at === legalAt ? 'legal' : at === singlesAt ? 'single' : grouping === 'origin' ? 'origin' : 'target'
  const named = kind === 'target' || kind === 'origin' ? nameOf(db, reports) : undefined
  const { target, source } = places.columns()
  return {
    kind,
    server: kind === 'target' && named ? named.server : null,
    account: kind === 'target' && named ? accountName(named) : null,
    origin: kind === 'origin' && named ? named.target_domain : null,
    reports: reports.length,
    accounts: countDifferent(target, reports),
    sources: countDifferent(source, reports),
  }
}

const generationOf = (db: ReadDb): string =>
  db.get<{ value: string }>(`SELECT value FROM meta WHERE name = 'generation'`)?.value ?? '1'

/** The lists that are open on this engine's desks. */
export const makeLists = () => {
  const lists = new Map<string, List>()
  const newPlaces = () => ({ open: makePlaces('open'), resolved: makePlaces('resolved') })
  let places = newPlaces()
  let generation = ''
  /** Another mirror numbers its reports anew. */
  const forgetOthers = (db: ReadDb) => {
    const now = generationOf(db)
    if (now === generation) return
    generation = now
    lists.clear()
    places = newPlaces()
  }
  const find = (db: ReadDb, id: string): List => {
    forgetOthers(db)
    const list = lists.get(id)
    if (!list) throw new Failure('not-found', { reason: 'failure.list-forgotten' })
    lists.delete(id)
    lists.set(id, list)
    return list
  }
  const rowsAt = (db: ReadDb, { lines }: List, at: readonly number[], now: number): ReportLine[] => {
    const rows = rowsOf(
      db,
      at.map(index => lines[index] ?? 0),
      now,
    )
    return at.flatMap(index => {
      const row = rows.get(lines[index] ?? 0)
      return row ? [{ line: 'report', index, row }] : []
    })
  }
  return {
    /** Puts reports in order and keeps the order under a name. */
    open: (db: ReadDb, filter: ReportFilter, group: ReportGrouping, sort: ReportSort) => {
      forgetOthers(db)
      const of = places[filter.state]
      const chosen = of.choose(db, filter)
      const grouping = filter.state === 'resolved' ? 'none' : group
      const order = orderReports(chosen, of.columns(), grouping, filter.state === 'resolved' ? 'newest' : sort)
      const id = randomUUID()
      lists.set(id, { ...order, filter, grouping })
      for (const old of [...lists.keys()].slice(0, -KEPT)) lists.delete(old)
      const { target, time } = of.columns()
      return {
        list: id,
        lines: order.lines.length,
        reports: chosen.length,
        accounts: countDifferent(target, chosen),
        oldestAt: chosen.length === 0 ? null : (time[chosen[0] ?? 0] ?? null),
      }
    },
    /** Some lines as they are now. */
    lines: (db: ReadDb, id: string, from: number, count: number, now: number): ListLine[] => {
      const list = find(db, id)
      const indexes = [...list.lines.subarray(from, from + count).keys()].map(offset => from + offset)
      const isHead = (index: number) => (list.lines[index] ?? 0) < 0
      const heads = indexes.filter(isHead).map(
        (index): ListLine => ({
          line: 'group',
          index,
          group: headOf(db, list, places[list.filter.state], index),
        }),
      )
      const rows = rowsAt(
        db,
        list,
        indexes.filter(index => !isHead(index)),
        now,
      )
      return [...heads, ...rows].sort((a, b) => a.index - b.index)
    },
    /** How many reports a list opened now would have more. */
    news: (db: ReadDb, id: string): number => {
      const { filter, lines } = find(db, id)
      const of = places[filter.state]
      const now = of.choose(db, filter)
      const held = new Uint8Array(of.columns().time.length)
      for (const n of lines) if (n > 0) held[n] = 1
      return now.reduce((added, n) => (held[n] === 1 ? added : added + 1), 0)
    },
    /** How many open reports there are, in all and by what the desk filters by. */
    counts: (db: ReadDb) => {
      forgetOthers(db)
      const { all, mine, unclaimed, legal, on } = places.open.count(db)
      const servers = db.all<{ key: string }>('SELECT key FROM server ORDER BY length(key), key')
      return { open: all, mine, unclaimed, legal, byServer: servers.map(({ key }) => ({ server: key, open: on(key) })) }
    },
    /** The place of a report number, or -1. */
    indexOf: (db: ReadDb, id: string, n: number): number => find(db, id).lines.indexOf(n),
    /** The first place after `index`, then from the start, whose row `fits`; read in slices. */
    next: (db: ReadDb, id: string, index: number, now: number, fits: (row: ReportLine) => boolean) => {
      const list = find(db, id)
      const { length } = list.lines
      const others = index < 0 ? length : length - 1
      for (let step = 1; step <= others; step += LOOK_AHEAD) {
        const places = Array.from(
          { length: Math.min(LOOK_AHEAD, others - step + 1) },
          (_, i) => (index + step + i) % length,
        )
        const found = rowsAt(
          db,
          list,
          places.filter(place => (list.lines[place] ?? 0) > 0),
          now,
        ).find(fits)
        if (found) return found
      }
      return undefined
    },
  }
}
export type Lists = ReturnType<typeof makeLists>
