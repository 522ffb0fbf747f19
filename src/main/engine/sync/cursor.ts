import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { SyncedList } from '../../../shared/contract/sync.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** Which list of a server. */
export type ListName = SyncedList['list']

/**
 * Everything between `floor` and `top` is held. `complete`: the floor is the end. Times in ms; null: never yet.
 *
 * `mark`: of a list that items leave for another one, the highest id known of either when its gap was last closed. What came after
 * has a higher one, and may be in the other list before the next look: so that one's gap begins at its own `mark`, which is the first
 * one's of the look before. Where that takes several pages, `gap_pos` is how far they came, and `gap_mark` what the mark will be after
 * the last.
 */
export type Cursor = {
  top: string | null
  floor: string | null
  complete: number
  /** Where the sweep is: it looked at everything above. */
  sweep_pos: string | null
  /** No page of the sweep before this, on a connection that costs nothing (`dueAt`). */
  sweep_at: number | null
  /** When a whole sweep last ended. */
  swept_at: number | null
  /** When the gap above `top` was last closed. */
  looked_at: number | null
  /** Rows to ask for at most: less after answers that were too large or too slow. */
  page_size: number
  pages: number
  /** How long the server took for them, in ms. */
  ms: number
  rows: number
  bad: number
  mark: string | null
  gap_pos: string | null
  gap_mark: string | null
  /** When the server last said that this list is not for us (403, 404). */
  refused_at: number | null
}

/** More than any list gives in one page (contract d). */
const ANY_PAGE = 500
const LEAST_PER_PAGE = 10
const fresh: Cursor = {
  top: null,
  floor: null,
  complete: 0,
  sweep_pos: null,
  sweep_at: null,
  swept_at: null,
  looked_at: null,
  page_size: ANY_PAGE,
  pages: 0,
  ms: 0,
  rows: 0,
  bad: 0,
  mark: null,
  gap_pos: null,
  gap_mark: null,
  refused_at: null,
}

/** How far a list was read. */
export const readCursor = (db: ReadDb, server: ServerKey, list: ListName): Cursor =>
  db.get<Cursor>('SELECT * FROM mirror.cursor WHERE server = ? AND list = ?', [server, list]) ?? fresh

const columns = Object.keys(fresh)
const putSql = `
  INSERT INTO mirror.cursor (server, list, ${columns.join(', ')}) VALUES (@server, @list, ${columns.map(name => `@${name}`).join(', ')})
  ON CONFLICT DO UPDATE SET ${columns.map(name => `${name} = excluded.${name}`).join(', ')}`

/** Moves a cursor: only in the transaction that stores the page. */
export const writeCursor = (db: WriteDb, server: ServerKey, list: ListName, cursor: Cursor): void =>
  void db.run(putSql, {
    server,
    list,
    ...Object.fromEntries(Object.entries(cursor).filter(([name]) => columns.includes(name))),
  })

/** After an answer to a page of `asked` rows that was too large or too slow: half of it, remembered for this list. */
export const halvePage = (db: WriteDb, server: ServerKey, list: ListName, asked: number): void =>
  writeCursor(db, server, list, {
    ...readCursor(db, server, list),
    page_size: Math.max(LEAST_PER_PAGE, Math.floor(asked / 2)),
  })
