import { randomUUID } from 'node:crypto'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey, Target } from '../../../shared/contract/ids.ts'
import {
  type Folding,
  type ListLine,
  nothingFolded,
  type ReportFilter,
  type ReportGrouping,
  type ReportSort,
} from '../../../shared/contract/reports.ts'
import { generationOf } from '../db/generation.ts'
import type { ReadDb } from '../db/handle.ts'
import { readChoices } from './choices.ts'
import { countDifferent } from './columns.ts'
import { foldLines, isFolded, lineOf, placeOf, type Shown } from './folding.ts'
import { makeHeads } from './heads.ts'
import { type Order, orderReports } from './order.ts'
import { makePlaces } from './places.ts'
import { rowsOf } from './rows.ts'
import { isWhole } from './whole.ts'

/** A list as it was put in order once. */
type List = Order &
  ReturnType<typeof makeHeads> & {
    filter: ReportFilter
    reports: number
    accounts: number
    oldestAt: number | null
    shown: Shown
    openedAt: number
    /** The servers of which not all was read by then. */
    unread: ReadonlySet<ServerKey>
  }
type ReportLine = ListLine & { line: 'report' }

const serversIn = (db: ReadDb) => db.column<ServerKey>('SELECT key FROM server ORDER BY length(key), key')

/** The engine keeps this many lists; the one not asked for longest goes first. */
const KEPT = 24
/** How many rows are read at a time when one that fits is looked for. */
const LOOK_AHEAD = 20
/** How many reports are named at once. */
const MOST_TARGETS = 5_000

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
  /** What stands in a line: the number of a report, or less than nought for a head. */
  const at = ({ lines, shown }: List, index: number): number => lines[placeOf(shown, index)] ?? 0
  const countOf = ({ lines, shown }: List): number => (shown ?? lines).length
  const rowsAt = (db: ReadDb, list: List, indexes: readonly number[], now: number): ReportLine[] => {
    const rows = rowsOf(
      db,
      indexes.map(index => at(list, index)),
      now,
    )
    return indexes.flatMap(index => {
      const row = rows.get(at(list, index))
      return row ? [{ line: 'report', index, row }] : []
    })
  }
  const targetsOf = (db: ReadDb, numbers: Int32Array): { targets: Target[]; left: number } => {
    const targets = db.all<Target>(
      'SELECT r.server, r.id FROM json_each(?) j CROSS JOIN mirror.report r ON r.n = j.value ORDER BY j.key',
      [JSON.stringify([...numbers.subarray(0, MOST_TARGETS)])],
    )
    return { targets, left: Math.max(0, numbers.length - MOST_TARGETS) }
  }
  /** The reports of the group whose head stands at a place. */
  const groupAt = ({ lines }: List, place: number): Int32Array =>
    lines.subarray(place + 1, place + 1 + Math.max(0, -(lines[place] ?? 0)))
  const keep = (list: List) => {
    const id = randomUUID()
    lists.set(id, list)
    for (const old of [...lists.keys()].slice(0, -KEPT)) lists.delete(old)
    const { reports, accounts, oldestAt } = list
    return { list: id, lines: countOf(list), reports, accounts, oldestAt }
  }
  return {
    /** Puts reports in order and keeps the order under a name. */
    open: (
      db: ReadDb,
      filter: ReportFilter,
      group: ReportGrouping,
      sort: ReportSort,
      now: number,
      folding: Folding = nothingFolded,
    ) => {
      forgetOthers(db)
      const reports = places.choose(db, filter, now)
      const isOpen = filter.state === 'open'
      const grouping = isOpen ? group : 'none'
      const bursts = grouping === 'campaign' ? places.bursts(reports) : null
      const order = orderReports({ reports, bursts }, places.columns(), grouping, isOpen ? sort : 'newest')
      const heads = makeHeads(order, grouping === 'origin', places)
      const { target, time } = places.columns()
      return keep({
        ...order,
        ...heads,
        filter,
        reports: reports.length,
        accounts: countDifferent(target, reports),
        oldestAt: reports.length === 0 ? null : (time[reports[0] ?? 0] ?? null),
        shown: foldLines(order.lines, heads.nameAt, folding),
        openedAt: now,
        unread: new Set(serversIn(db).filter(key => !isWhole(db, key, filter.state))),
      })
    },
    /** The same order under another name, with other groups folded. What one folded before is the first to be forgotten. */
    fold: (db: ReadDb, id: string, folding: Folding) => {
      const list = find(db, id)
      const others = [...lists].filter(([other]) => other !== id)
      lists.clear()
      for (const [name, one] of [[id, list] as const, ...others]) lists.set(name, one)
      return keep({ ...list, shown: foldLines(list.lines, list.nameAt, folding) })
    },
    /** Some lines as they are now. */
    lines: (db: ReadDb, id: string, from: number, count: number, now: number): ListLine[] => {
      const list = find(db, id)
      const length = Math.max(0, Math.min(count, countOf(list) - from))
      const indexes = Array.from({ length }, (_, offset) => from + offset)
      const isHead = (index: number) => at(list, index) < 0
      const heads = indexes.filter(isHead).map((index): ListLine => {
        const place = placeOf(list.shown, index)
        const first = isFolded(list.shown, index)
          ? targetsOf(db, groupAt(list, place).subarray(0, LOOK_AHEAD)).targets[0]
          : null
        return { line: 'group', index, group: list.headAt(db, place), folded: first ?? null }
      })
      const rows = rowsAt(
        db,
        list,
        indexes.filter(index => !isHead(index)),
        now,
      )
      return [...heads, ...rows].sort((a, b) => a.index - b.index)
    },
    /** How many reports a list opened now would have more, and how many of them are older than the list. */
    news: (db: ReadDb, id: string, now: number): { added: number; older: number } => {
      const { filter, lines, openedAt, unread } = find(db, id)
      const chosen = places.choose(db, filter, now)
      const { time, server } = places.columns()
      const held = new Uint8Array(time.length)
      for (const n of lines) if (n > 0) held[n] = 1
      const added = chosen.filter(n => held[n] !== 1)
      const late = new Set([...unread].map(key => places.names.server.find(key)))
      const isOlder = (n: number) => late.has(server[n] ?? 0) && (time[n] ?? 0) <= openedAt
      return { added: added.length, older: late.size === 0 ? 0 : added.filter(isOlder).length }
    },
    /** The reports between two lines, both counted. */
    targets: (db: ReadDb, id: string, from: number, to: number) => {
      const list = find(db, id)
      const length = Math.max(0, Math.min(to + 1, countOf(list)) - from)
      return targetsOf(
        db,
        Int32Array.from({ length }, (_, offset) => at(list, from + offset)).filter(n => n > 0),
      )
    },
    /** All reports of the group whose head is the line `head`. */
    group: (db: ReadDb, id: string, head: number) => {
      const list = find(db, id)
      return targetsOf(db, groupAt(list, placeOf(list.shown, head)))
    },
    /** How many open reports there are, in all and by what the desk filters by; of one server, or of all. */
    counts: (db: ReadDb, now: number, server: ServerKey | null = null) => {
      forgetOthers(db)
      const { all, on, ...counts } = places.count(db, now, server)
      const byServer = serversIn(db).map(key => ({ server: key, open: on(key), whole: isWhole(db, key, 'open') }))
      return { open: all, ...counts, byServer }
    },
    /** What reports of a state can be filtered by. */
    choices: (db: ReadDb, filter: ReportFilter, now: number) => {
      forgetOthers(db)
      return readChoices(db, places.choose(db, filter, now), places)
    },
    /** The line of a report number, or -1; the name of the group that hides it there, where one does. */
    indexOf: (db: ReadDb, id: string, n: number): { index: number; folded: string | null } => {
      const list = find(db, id)
      const { index, hidden } = lineOf(list.shown, list.lines.indexOf(n))
      return { index, folded: hidden ? list.nameAt(placeOf(list.shown, index)) : null }
    },
    /** The first line after `index`, then from the start, whose row `fits`; read in slices. */
    next: (
      db: ReadDb,
      id: string,
      index: number,
      now: number,
      fits: (row: ReportLine, filter: ReportFilter) => boolean,
    ) => {
      const list = find(db, id)
      const length = countOf(list)
      const others = index < 0 ? length : length - 1
      for (let step = 1; step <= others; step += LOOK_AHEAD) {
        const steps = Array.from(
          { length: Math.min(LOOK_AHEAD, others - step + 1) },
          (_, i) => (index + step + i) % length,
        )
        const found = rowsAt(
          db,
          list,
          steps.filter(step => at(list, step) > 0),
          now,
        ).find(row => fits(row, list.filter))
        if (found) return found
      }
      return undefined
    },
  }
}
/** The lists that are open, and what is asked of them. */
export type Lists = ReturnType<typeof makeLists>
