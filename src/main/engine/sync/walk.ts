import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../settings/table.ts'
import { type Cursor, readCursor } from './cursor.ts'
import type { List, Reading, Since } from './list.ts'
import { BEYOND, endsOf, higher, ordOf } from './ord.ts'
import { never, storePage, wasBegunAnew } from './page.ts'
import { askSkipped, readPage, type WalkPage } from './read-page.ts'
import { isAbove } from './settle.ts'

/** The sweeps may keep the server busy for a twentieth of the time, and take a twentieth of the 300 paged calls in 15 minutes. */
const SWEEP_PAUSE = 20
const PAGED_PAUSE_MS = 60_000
/** On a connection that costs changes are looked for so many times less often. */
const METERED_PAUSE = 6
const paceOf = ({ gate }: Context) => (gate.read(readSettings).metered ? METERED_PAUSE : 1)
/** History may keep the server busy for a hundredth. */
const HISTORY_PAUSE = 5
const turnsOf = ({ comesFrom }: List) => (comesFrom === undefined ? 1 : HISTORY_PAUSE)
/** Below every id. */
const BELOW = '0'

/** Where a list stands now. */
export const cursorOf = ({ context, session, list }: Reading): Cursor =>
  context.gate.read(db => readCursor(db, session.key, list.name))

/** What was not there at the last look came since; within the list, since its last whole sweep. */
export const sinceOf =
  (cursor: Cursor): Since =>
  id =>
    cursor.top === null
      ? cursor.complete === 1
        ? cursor.looked_at
        : null
      : ordOf(id) > ordOf(cursor.top)
        ? cursor.looked_at
        : cursor.swept_at

/** The mark that a look leaves: of what the list and the one it leaves to had shown when the look began. */
const markOf = ({ context, session, list }: Reading): ((highest: string | null) => string | null) => {
  const { leavesTo, comesFrom } = list
  const cursorAt = (name: typeof list.name) => context.gate.read(db => readCursor(db, session.key, name))
  if (comesFrom !== undefined) {
    const { mark } = cursorAt(comesFrom)
    return () => mark
  }
  if (leavesTo === undefined) return () => null
  const [own, other] = [cursorAt(list.name), cursorAt(leavesTo)]
  return highest => higher(higher(own.top, highest), other.top)
}

/** When the list's first sweep is due, once all of it is held. */
const firstSweep = ({ context, list }: Reading, page: WalkPage): Partial<Cursor> =>
  page.next !== null || list.sweepMs === null ? {} : { sweep_at: context.clock.now() + list.sweepMs }

/** When the next page of a list's sweep is due: later on a connection that costs, and as soon as without once it no longer does. */
export const dueAt = ({ list }: Reading, { sweep_at, sweep_pos }: Cursor, metered: boolean, now: number): number => {
  if (sweep_at === null || !metered) return sweep_at ?? now
  const pause = sweep_pos === null ? (list.sweepMs ?? 0) : PAGED_PAUSE_MS * turnsOf(list)
  return sweep_at + (METERED_PAUSE - 1) * pause
}

/** The first page of a list: from here on `top` and `floor` are known. */
const readFirst = async (reading: Reading, cursor: Cursor) => {
  const { list } = reading
  const mark = markOf(reading)
  const since = sinceOf(cursor)
  const page = await readPage(reading, cursor, list.first === undefined ? {} : { limit: list.first }, since)
  // A list that was whole without anything has more than a page now: all of it came since, and is read upwards as what came.
  if (cursor.complete === 1 && page.next !== null && list.leavesTo === undefined && list.comesFrom === undefined)
    return await closeGap(reading, cursor, BELOW)
  const { highest, lowest } = endsOf(page.ids)
  // Where the newest cannot be read the page begins lower, and all above it is a gap that is still to be closed.
  const isNewest = page.below === null
  const top = isNewest ? highest : String(BigInt(page.below ?? 0) - 1n)
  // What is below this page comes with the back-fill; the gap need not begin deeper.
  const ends = {
    top,
    floor: page.next ?? lowest,
    complete: page.next === null ? 1 : 0,
    mark: isNewest ? higher(mark(highest), list.comesFrom === undefined ? null : lowest) : top,
    ...firstSweep(reading, page),
  }
  await storePage(reading, cursor, page, since, latest => ({
    ...(latest.top === null ? { ...ends, bad: page.bad } : {}),
    ...(isNewest ? { looked_at: page.askedAt } : {}),
  }))
}

/** Closes the gap above `top`, a page at a time, without a hole: the server gives the ids just above it. */
const closeGap = async (reading: Reading, cursor: Cursor, top: string): Promise<void> => {
  const fromMark = reading.list.comesFrom !== undefined
  const from = (fromMark ? (cursor.gap_pos ?? cursor.mark) : null) ?? top
  const mark = markOf(reading)
  const since = sinceOf(cursor)
  const page = await readPage(reading, cursor, { min: from }, since)
  const highest = page.next ?? endsOf(page.ids).highest
  // What stands below the top was counted when it was read first.
  const fresh = page.ids.filter(id => ordOf(id) > ordOf(top)).length
  await storePage(reading, cursor, { ...page, bad: Math.min(page.bad, fresh) }, since, latest => {
    const higherTop = higher(latest.top, highest)
    const nextMark = higher(latest.mark, cursor.gap_mark ?? mark(highest))
    return page.next !== null
      ? { top: higherTop, ...(fromMark ? { gap_pos: highest, gap_mark: nextMark } : {}) }
      : { top: higherTop, mark: nextMark, gap_pos: null, gap_mark: null, looked_at: page.askedAt }
  })
}

/** Looks for what came: the first page, or the gap above the highest that is known. */
export const look = (reading: Reading): Promise<void> => {
  const cursor = cursorOf(reading)
  return cursor.top === null ? readFirst(reading, cursor) : closeGap(reading, cursor, cursor.top)
}

/** Goes on downwards from `floor`; nothing to do where the list is whole. */
export const fill = async (reading: Reading): Promise<void> => {
  const cursor = cursorOf(reading)
  const { floor } = cursor
  if (floor === null || cursor.complete === 1) return
  const page = await readPage(reading, cursor, { max: floor }, never)
  const lowest = page.next ?? endsOf(page.ids).lowest
  const ends = { floor: lowest ?? floor, complete: page.next === null ? 1 : 0, ...firstSweep(reading, page) }
  await storePage(reading, cursor, page, never, latest => (latest.floor === floor ? ends : {}))
}

/** What we hold in the range that a page covers, but that it no longer shows. */
const goneFrom = ({ context, session, list }: Reading, { ids, next, below }: WalkPage): string[] => {
  const from = next === null ? '' : ordOf(next)
  const held = context.gate.read(db => list.held(db, session.key, from, below === null ? BEYOND : ordOf(below)))
  const shown = new Set(ids)
  return held.filter(id => !shown.has(id))
}

/**
 * What is known of the sweeps; forgotten with the process. `until`: when a server's lists may be swept again, so that all of them together
 * keep the pace. `bad`: how many rows the sweep of a list that is under way could not read so far, by server and list.
 */
export type Rest = { until: Map<ServerKey, number>; bad: Map<string, number> }

/** A first page that reaches down to what was the top is a look too: it shows all that came. */
const lookOf = (
  { list }: Reading,
  page: WalkPage,
  cursor: Cursor,
  mark: (highest: string | null) => string | null,
): ((latest: Cursor) => Partial<Cursor>) => {
  const { highest } = endsOf(page.ids)
  const from = list.comesFrom === undefined ? cursor.top : null
  const reaches = page.next === null || (from !== null && ordOf(page.next) <= ordOf(from))
  if (page.below !== null || cursor.top === null || !reaches) return () => ({})
  return latest => ({
    top: higher(latest.top, highest),
    mark: higher(latest.mark, mark(highest)),
    looked_at: page.askedAt,
    rows: latest.rows + page.ids.filter(id => ordOf(id) > ordOf(cursor.top ?? '')).length,
  })
}

/** One page of the sweep: what changed elsewhere. What vanished from the list is settled, once. */
export const sweep = async (reading: Reading, rest: Rest): Promise<void> => {
  const { context, session, list } = reading
  const every = list.sweepMs
  if (every === null) return
  const cursor = cursorOf(reading)
  const below = cursor.sweep_pos
  const mark = markOf(reading)
  const since = sinceOf(cursor)
  const askedAgain = await askSkipped(reading, cursor)
  const page = await readPage(reading, cursor, below === null ? {} : { max: below }, since)
  const gone = goneFrom(reading, page)
  const looked = lookOf(reading, page, cursor, mark)
  /** Keeps what the page shows; the sweep stays where it is. */
  const keep = (more: Partial<Cursor> = {}) =>
    storePage(reading, cursor, page, since, latest => ({
      rows: latest.rows,
      bad: latest.bad,
      ...looked(latest),
      ...more,
    }))
  const isOf = () => !wasBegunAnew(cursor, cursorOf(reading))
  const { asked, all } = await list.settle(reading, gone, page).catch(async error => {
    // What was seen is seen, whatever became of the rest: read again later, it would be told as if nobody had looked in between. Not so
    // where the newest are gone: what a server shows that may have been put back is nobody's doing.
    if (!context.stop.aborted && isOf() && !gone.some(id => isAbove(id, page))) await keep()
    throw error
  })
  if (!isOf()) return
  // The server's own time, at what an item of the page cost: waiting for the budget costs it nothing.
  const serverMs = Math.ceil(page.ms * (1 + (asked + askedAgain) / Math.max(1, page.ids.length)))
  const now = context.clock.now()
  const turn = Math.max(serverMs * SWEEP_PAUSE, below === null ? 0 : PAGED_PAUSE_MS)
  rest.until.set(session.key, now + turn * paceOf(context))
  const next = now + turn * turnsOf(list)
  // The page is read again until all that vanished from it is known; others get their turn in between.
  if (!all) return await keep({ sweep_at: next })
  const ended = page.next === null
  // A walk through all of the list counts anew what cannot be read; after a restart in the middle of one the next will.
  const which = `${session.key} ${list.name}`
  const before = below === null ? 0 : rest.bad.get(which)
  const bad = before === undefined ? undefined : before + page.bad
  if (bad === undefined || ended) rest.bad.delete(which)
  else rest.bad.set(which, bad)
  await storePage(reading, cursor, page, since, latest => ({
    rows: latest.rows,
    bad: ended && bad !== undefined ? bad : latest.bad,
    ...looked(latest),
    sweep_pos: page.next,
    sweep_at: ended ? Math.max(next, now + every) : next,
    swept_at: ended ? now : latest.swept_at,
  }))
}
