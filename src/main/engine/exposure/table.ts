import type { ReadDb, WriteDb } from '../db/handle.ts'

/** What came into view on a day. */
export type Seen = { media: number; legal: number }

/** Counts of a day (`2026-11-23`); nothing seen, nothing stored. */
export const seenOn = (db: ReadDb, day: string): Seen => {
  const rows = db.all<{ kind: keyof Seen; count: number }>('SELECT kind, count FROM mirror.exposure WHERE day = ?', [
    day,
  ])
  const countOf = (kind: keyof Seen) => rows.find(row => row.kind === kind)?.count ?? 0
  return { media: countOf('media'), legal: countOf('legal') }
}

/**
 * Counts one more, and forgets every other day. It stands in the mirror although no server told it: the mirror is never backed up,
 * exported or carried to another computer, and losing it loses no work.
 */
export const countSeen = (db: WriteDb, day: string, kind: keyof Seen): void => {
  db.run('DELETE FROM mirror.exposure WHERE day <> ?', [day])
  db.run('INSERT INTO mirror.exposure VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1', [day, kind])
}
