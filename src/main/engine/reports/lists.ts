import { randomUUID } from 'node:crypto'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey, Target } from '../../../shared/contract/ids.ts'
import type { GroupHead, ListLine, ReportFilter, ReportGrouping, ReportSort } from '../../../shared/contract/reports.ts'
import type { ReadDb } from '../db/handle.ts'
import { readChoices } from './choices.ts'
import { countDifferent } from './columns.ts'
import { makeHeads } from './heads.ts'
import { type Order, orderReports } from './order.ts'
import { makePlaces } from './places.ts'
import { rowsOf } from './rows.ts'

/** A list as it was put in order once. */
type List = Order & { filter: ReportFilter; headAt(db: ReadDb, at: number): GroupHead }
type ReportLine = ListLine & { line: 'report' }

/** The engine keeps this many lists; the one not asked for longest goes first. */
const KEPT = 24
/** How many rows are read at a time when one that fits is looked for. */
const LOOK_AHEAD = 20
/** How many reports are named at once. */
const MOST_TARGETS = 5_000

const generationOf = (db: ReadDb): string =>
  db.get<{ value: string }>(`SELECT value FROM meta WHERE name = 'generation'`)?.value ?? '1'

/** The lists that are open on this engine's desks. */
export const makeLists = () => {
  const lists = new Map<string, List>()
  let places = makePlaces()
  let generation = ''
  /** Another mirror numbers its reports anew. */
  const forgetOthers = (db: ReadDb) => {
    const now = generationOf(db)
    if (now === generation) return
    generation = now
    lists.clear()
    places = makePlaces()
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
    open: (db: ReadDb, filter: ReportFilter, group: ReportGrouping, sort: ReportSort, now: number) => {
      forgetOthers(db)
      const reports = places.choose(db, filter, now)
      const isOpen = filter.state === 'open'
      const grouping = isOpen ? group : 'none'
      const bursts = grouping === 'campaign' ? places.bursts(reports) : null
      const order = orderReports({ reports, bursts }, places.columns(), grouping, isOpen ? sort : 'newest')
      const id = randomUUID()
      lists.set(id, { ...order, filter, headAt: makeHeads(order, grouping === 'origin', places) })
      for (const old of [...lists.keys()].slice(0, -KEPT)) lists.delete(old)
      const { target, time } = places.columns()
      return {
        list: id,
        lines: order.lines.length,
        reports: reports.length,
        accounts: countDifferent(target, reports),
        oldestAt: reports.length === 0 ? null : (time[reports[0] ?? 0] ?? null),
      }
    },
    /** Some lines as they are now. */
    lines: (db: ReadDb, id: string, from: number, count: number, now: number): ListLine[] => {
      const list = find(db, id)
      const indexes = [...list.lines.subarray(from, from + count).keys()].map(offset => from + offset)
      const isHead = (index: number) => (list.lines[index] ?? 0) < 0
      const heads = indexes
        .filter(isHead)
        .map((index): ListLine => ({ line: 'group', index, group: list.headAt(db, index) }))
      const rows = rowsAt(
        db,
        list,
        indexes.filter(index => !isHead(index)),
        now,
      )
      return [...heads, ...rows].sort((a, b) => a.index - b.index)
    },
    /** How many reports a list opened now would have more. */
    news: (db: ReadDb, id: string, now: number): number => {
      const { filter, lines } = find(db, id)
      const chosen = places.choose(db, filter, now)
      const held = new Uint8Array(places.columns().time.length)
      for (const n of lines) if (n > 0) held[n] = 1
      return chosen.reduce((added, n) => (held[n] === 1 ? added : added + 1), 0)
    },
    /** The reports between two lines, both counted. */
    targets: (db: ReadDb, id: string, from: number, to: number): { targets: Target[]; left: number } => {
      const numbers = find(db, id)
        .lines.subarray(from, to + 1)
        .filter(n => n > 0)
      const targets = db.all<Target>(
        'SELECT r.server, r.id FROM json_each(?) j CROSS JOIN mirror.report r ON r.n = j.value ORDER BY j.key',
        [JSON.stringify([...numbers.subarray(0, MOST_TARGETS)])],
      )
      return { targets, left: Math.max(0, numbers.length - MOST_TARGETS) }
    },
    /** How many open reports there are, in all and by what the desk filters by; of one server, or of all. */
    counts: (db: ReadDb, now: number, server: ServerKey | null = null) => {
      forgetOthers(db)
      const { all, on, ...counts } = places.count(db, now, server)
      const servers = db.all<{ key: string }>('SELECT key FROM server ORDER BY length(key), key')
      return { open: all, ...counts, byServer: servers.map(({ key }) => ({ server: key, open: on(key) })) }
    },
    /** What reports of a state can be filtered by. */
    choices: (db: ReadDb, filter: ReportFilter, now: number) => {
      forgetOthers(db)
      return readChoices(db, places.choose(db, filter, now), places)
    },
    /** The place of a report number, or -1. */
    indexOf: (db: ReadDb, id: string, n: number): number => find(db, id).lines.indexOf(n),
    /** The first place after `index`, then from the start, whose row `fits`; read in slices. */
    next: (
      db: ReadDb,
      id: string,
      index: number,
      now: number,
      fits: (row: ReportLine, filter: ReportFilter) => boolean,
    ) => {
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
        ).find(row => fits(row, list.filter))
        if (found) return found
      }
      return undefined
    },
  }
}
export type Lists = ReturnType<typeof makeLists>
