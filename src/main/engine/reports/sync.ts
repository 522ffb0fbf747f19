import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { RequestClass } from '../mastodon/budget.ts'
import { listReports, type Page } from '../mastodon/endpoints/reports.ts'
import type { ReportEntity } from '../mastodon/entities/report.ts'
import type { Session } from '../mastodon/session.ts'
import type { Step } from '../schedule/schedule.ts'
import { type Cursor, endsOf, halvePage, higher, type ListName, readCursor, writeCursor } from './cursor.ts'
import { readAlone } from './read-alone.ts'
import { storeReports } from './store.ts'
import { ordOf } from './table.ts'

/** A small page first, so that the first rows are on screen before a busy server has made a large one. */
const FIRST_PAGE = 40
const HOT_MS = 60_000
/** Where the server's stream says when there is something new, a look now and then is enough. */
const HOT_PUSHED_MS = 300_000
const SWEEP_EVERY_MS = 300_000
/** Reports that one step of the sweep reads by themselves. */
const MOST_GONE = 25
/** The sweep may keep the server busy for a twentieth of the time. */
const SWEEP_PAUSE = 20

type Ask = { min?: string; max?: string; limit?: number }
type Reading = { context: Context; session: Session; list: ListName; cls: RequestClass; signal: AbortSignal }

/** Reads one page; where it was too large or too slow, the next try asks for half. */
const readPage = async (
  { context, session, list, cls, signal }: Reading,
  cursor: Cursor,
  ask: Ask,
): Promise<Page<ReportEntity>> => {
  const limit = Math.min(cursor.page_size, ask.limit ?? cursor.page_size)
  try {
    return await listReports(context.guard, session, {
      ...ask,
      limit,
      resolved: list === 'reports-resolved',
      cls,
      signal,
    })
  } catch (error) {
    const heavy = error instanceof Failure && (error.code === 'timeout' || error.detail.reason === 'failure.too-large')
    if (heavy) context.gate.write(['sync'], db => halvePage(db, session.key, list))
    throw error
  }
}

/** Stores a page and moves the cursor in the same transaction, from where it stands by then. */
const storePage = (
  { context, session, list }: Reading,
  page: Page<ReportEntity>,
  move: (latest: Cursor) => Partial<Cursor>,
) =>
  storeReports(context, session.key, page.items, page.askedAt, db => {
    const latest = readCursor(db, session.key, list)
    const count = { pages: latest.pages + 1, rows: latest.rows + page.items.length, bad: latest.bad + page.bad }
    writeCursor(db, session.key, list, { ...latest, ...count, ...move(latest) })
  })

/** A page with an id beyond what was asked for answers another question: it is refused whole, else it would be asked for ever. */
const refuseOthers = (page: Page<ReportEntity>, asked: (ord: string) => boolean) => {
  if (!page.ids.every(id => asked(ordOf(id)))) throw new Failure('upstream', { reason: 'failure.no-progress' })
}

/** The mark that a look at one list leaves, of what both lists had shown when it began. */
const markOf = ({ context, session, list }: Reading): ((highest: string | null) => string | null) => {
  const [open, resolved] = context.gate.read(db => [
    readCursor(db, session.key, 'reports-open'),
    readCursor(db, session.key, 'reports-resolved'),
  ])
  return list === 'reports-open' ? highest => higher(higher(open.top, highest), resolved.top) : () => open.mark
}

/** When the list's first sweep is due, once all of it is held. */
const firstSweep = ({ context, list }: Reading, page: Page<ReportEntity>): Partial<Cursor> =>
  page.full || list === 'reports-resolved' ? {} : { sweep_at: context.clock.now() + SWEEP_EVERY_MS }

/** The first page of a list: from here on `top` and `floor` are known. */
const readFirst = async (reading: Reading, cursor: Cursor) => {
  const mark = markOf(reading)
  const page = await readPage(reading, cursor, { limit: FIRST_PAGE })
  const { highest, lowest } = endsOf(page.ids)
  // What is below this page comes with the back-fill; the gap need not begin deeper.
  const ends = {
    top: highest,
    floor: lowest,
    complete: page.full ? 0 : 1,
    mark: higher(mark(highest), reading.list === 'reports-resolved' ? lowest : null),
    ...firstSweep(reading, page),
  }
  storePage(reading, page, latest => ({ ...(latest.top === null ? ends : {}), looked_at: page.askedAt }))
}

/** Closes the gap above `top`, a page at a time, without a hole: the server gives the ids just above it. */
const closeGap = async (reading: Reading, cursor: Cursor, top: string) => {
  const isResolved = reading.list === 'reports-resolved'
  const from = (isResolved ? (cursor.gap_pos ?? cursor.mark) : null) ?? top
  const mark = markOf(reading)
  const page = await readPage(reading, cursor, { min: from })
  refuseOthers(page, ord => ord > ordOf(from))
  const { highest } = endsOf(page.ids)
  storePage(reading, page, latest => {
    // The mirror was begun anew while this page was on its way: it says nothing about a list that is not read yet.
    if (latest.top === null) return {}
    const higherTop = higher(latest.top, highest)
    const nextMark = higher(latest.mark, cursor.gap_mark ?? mark(highest))
    return page.full
      ? { top: higherTop, ...(isResolved ? { gap_pos: highest, gap_mark: nextMark } : {}) }
      : { top: higherTop, mark: nextMark, gap_pos: null, gap_mark: null, looked_at: page.askedAt }
  })
}

/** Goes on downwards from `floor`. */
const lowerFloor = async (reading: Reading, cursor: Cursor, floor: string) => {
  const page = await readPage(reading, cursor, { max: floor })
  const { lowest } = endsOf(page.ids)
  refuseOthers(page, ord => ord < ordOf(floor))
  storePage(reading, page, latest =>
    latest.floor === floor ? { floor: lowest ?? floor, complete: page.full ? 0 : 1, ...firstSweep(reading, page) } : {},
  )
}

/** Reports that we hold as open, in the range that a page of the open list covers, but that it no longer shows. */
const goneFrom = (context: Context, server: ServerKey, page: Page<ReportEntity>, from: string | null): string[] => {
  const { lowest } = endsOf(page.ids)
  const floor = page.full && lowest !== null ? ordOf(lowest) : ''
  const held = context.gate.read(db =>
    db.column<string>(
      'SELECT id FROM mirror.report WHERE server = @server AND resolved_at IS NULL AND ord >= @floor AND ord < @from',
      {
        server,
        floor,
        from: from === null ? '~' : ordOf(from),
      },
    ),
  )
  const shown = new Set(page.ids)
  return held.filter(id => !shown.has(id))
}

/** One page of the sweep: what changed elsewhere on the open list. What vanished from it is read by itself, once. */
const sweepPage = async (reading: Reading, cursor: Cursor) => {
  const { context, session, cls, signal } = reading
  const from = cursor.sweep_pos
  const page = await readPage(reading, cursor, from === null ? {} : { max: from })
  if (from !== null) refuseOthers(page, ord => ord < ordOf(from))
  const gone = goneFrom(context, session.key, page, from)
  const alone = gone.slice(0, MOST_GONE)
  await readAlone(context, session, alone, cls, signal)
  // The server's own time, at what a report of the page cost: waiting for the budget costs it nothing.
  const serverMs = Math.ceil(page.ms * (1 + alone.length / Math.max(1, page.ids.length)))
  const now = context.clock.now()
  // The page is read again until all that vanished from it is known; others get their turn in between.
  if (gone.length > MOST_GONE)
    return storePage(reading, page, latest => ({ rows: latest.rows, sweep_at: now + serverMs * SWEEP_PAUSE }))
  const { lowest } = endsOf(page.ids)
  const ended = !page.full || lowest === null
  storePage(reading, page, latest => ({
    rows: latest.rows,
    sweep_pos: ended ? null : lowest,
    sweep_at: now + Math.max(serverMs * SWEEP_PAUSE, ended ? SWEEP_EVERY_MS : 0),
    swept_at: ended ? now : latest.swept_at,
  }))
}

/** What to read next of one list, and when; `history` also walks down to the oldest. */
const nextOf = (reading: Reading, now: number, history: boolean): Step => {
  const { context, session, list } = reading
  const cursor = context.gate.read(db => readCursor(db, session.key, list))
  const { top, floor } = cursor
  const every = context.push.isLive(session.key) ? HOT_PUSHED_MS : HOT_MS
  const hinted = list === 'reports-open' && context.push.hintedAt(session.key) >= (cursor.looked_at ?? 0)
  const hotAt = cursor.looked_at === null || hinted ? now : cursor.looked_at + every
  if (top === null || floor === null) return { at: hotAt, run: () => readFirst(reading, cursor) }
  const steps: Step[] = [{ at: hotAt, run: () => closeGap(reading, cursor, top) }]
  if (history && cursor.complete === 0) steps.push({ at: now, run: () => lowerFloor(reading, cursor, floor) })
  else if (list === 'reports-open') steps.push({ at: cursor.sweep_at ?? now, run: () => sweepPage(reading, cursor) })
  return steps.reduce((best, step) => (step.at < best.at ? step : best))
}

/** The reports' work for the schedule: both lists, the open one first, history when nothing else waits. */
export const reportWork =
  (context: Context) =>
  (server: ServerKey, now: number): Step | null => {
    const session = context.sessions.get(server)
    if (!session) return null
    const readings = (['reports-open', 'reports-resolved'] as const).map(
      (list): Reading => ({ context, session, list, cls: 'background', signal: context.stop }),
    )
    const [open, resolved] = readings.map(reading =>
      nextOf(reading, now, reading.list === 'reports-open' || historyMayGo(reading)),
    )
    if (!open || !resolved) return null
    return open.at <= resolved.at ? open : resolved
  }

/** History waits until the open reports are whole. */
const historyMayGo = ({ context, session }: Reading): boolean =>
  context.gate.read(db => readCursor(db, session.key, 'reports-open').complete === 1)

/** Reads both lists up to their newest report now, and with `all` down to their oldest. */
export const syncNow = async (context: Context, session: Session, all: boolean, signal: AbortSignal): Promise<void> => {
  for (const list of ['reports-open', 'reports-resolved'] as const) {
    const reading: Reading = { context, session, list, cls: all ? 'background' : 'interactive', signal }
    const cursorNow = () => context.gate.read(db => readCursor(db, session.key, list))
    const started = context.clock.now()
    while ((cursorNow().looked_at ?? -1) < started && !signal.aborted) {
      const cursor = cursorNow()
      await (cursor.top === null ? readFirst(reading, cursor) : closeGap(reading, cursor, cursor.top))
    }
    for (
      let cursor = cursorNow();
      all && cursor.complete === 0 && cursor.floor !== null && !signal.aborted;
      cursor = cursorNow()
    )
      await lowerFloor(reading, cursor, cursor.floor)
    if (all && list === 'reports-open') await sweepPage(reading, cursorNow())
  }
}
