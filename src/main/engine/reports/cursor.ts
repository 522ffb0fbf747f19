import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { SyncedList } from '../../../shared/contract/sync.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { ordOf } from './table.ts'

export type ListName = SyncedList['list']

/**
 * Everything between `floor` and `top` is held. `complete`: the floor is the end. Times in ms; null: never yet.
 *
 * `mark`: of the open list, the highest id known of either list when its gap was last closed. What came after has a higher one, and
 * may be closed before the next look: so the resolved list's gap begins at its own `mark`, which is the open one's of the look before.
 * Where that takes several pages, `gap_pos` is how far they came, and `gap_mark` what the mark will be after the last.
 */
export type Cursor = {
  top: string | null
  floor: string | null
  complete: number
  /** Where the sweep is: it looked at everything above. */
  sweep_pos: string | null
  /** No page of the sweep before this. */
  sweep_at: number | null
  /** When a whole sweep last ended. */
  swept_at: number | null
  /** When the gap above `top` was last closed. */
  looked_at: number | null
  page_size: number
  pages: number
  rows: number
  bad: number
  mark: string | null
  gap_pos: string | null
  gap_mark: string | null
}

/** The largest page that a server gives (contract d). */
const MOST_PER_PAGE = 200
const LEAST_PER_PAGE = 10
const fresh: Cursor = {
  top: null,
  floor: null,
  complete: 0,
  sweep_pos: null,
  sweep_at: null,
  swept_at: null,
  looked_at: null,
  page_size: MOST_PER_PAGE,
  pages: 0,
  rows: 0,
  bad: 0,
  mark: null,
  gap_pos: null,
  gap_mark: null,
}

/** How far a list was read. */
export const readCursor = (db: ReadDb, server: ServerKey, list: ListName): Cursor =>
  db.get<Cursor>('SELECT * FROM mirror.cursor WHERE server = ? AND list = ?', [server, list]) ?? fresh

const columns = Object.keys(fresh)

/** Moves a cursor: only in the transaction that stores the page. */
export const writeCursor = (db: WriteDb, server: ServerKey, list: ListName, cursor: Cursor): void =>
  void db.run(
    `INSERT INTO mirror.cursor (server, list, ${columns.join(', ')}) VALUES (@server, @list, ${columns.map(name => `@${name}`).join(', ')})
     ON CONFLICT DO UPDATE SET ${columns.map(name => `${name} = excluded.${name}`).join(', ')}`,
    { server, list, ...Object.fromEntries(Object.entries(cursor).filter(([name]) => columns.includes(name))) },
  )

const byOrd = (a: string, b: string) => (ordOf(a) < ordOf(b) ? -1 : ordOf(a) > ordOf(b) ? 1 : 0)
/** The highest and the lowest of these ids. */
export const endsOf = (ids: readonly string[]): { highest: string | null; lowest: string | null } => {
  const sorted = [...ids].sort(byOrd)
  return { highest: sorted.at(-1) ?? null, lowest: sorted[0] ?? null }
}
/** The higher of two ids. */
export const higher = (a: string | null, b: string | null): string | null =>
  a === null ? b : b === null ? a : byOrd(a, b) > 0 ? a : b

/** After an answer too large or too slow: half a page, remembered for this list. */
export const halvePage = (db: WriteDb, server: ServerKey, list: ListName): void => {
  const cursor = readCursor(db, server, list)
  writeCursor(db, server, list, { ...cursor, page_size: Math.max(LEAST_PER_PAGE, Math.floor(cursor.page_size / 2)) })
}
