import { z } from 'zod'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** A sitting ends after this long without a sign of anybody. */
const SITTING_ENDS_MS = 30 * 60_000
/** Who comes back after this long is told what happened. */
const LONG_MS = 4 * 3_600_000

/** The present sitting, and when the one before it ended. Kept in the vault, so that it outlives a restart and a restore. */
const Seat = z.object({ from: z.int(), until: z.int(), left: z.int().nullable() })
type Seat = z.infer<typeof Seat>

const readSeat = (db: ReadDb): Seat | null => {
  const row = db.get<{ value: string }>(`SELECT value FROM meta WHERE name = 'seat'`)
  return row ? (Seat.safeParse(JSON.parse(row.value)).data ?? null) : null
}

/** The last thing that a person did here, by the log: for a desk that has noted no sitting yet. */
const lastAct = (db: ReadDb): number | null =>
  db.get<{ at: number }>(
    `SELECT at FROM log_entry WHERE seq = (SELECT max(seq) FROM log_entry WHERE action = 'decision.armed')`,
  )?.at ?? null

/** When someone sat here before the present sitting; null where nobody did. */
export const lastSat = (db: ReadDb, now: number): number | null => {
  const seat = readSeat(db)
  if (!seat) return lastAct(db)
  return now - seat.until >= SITTING_ENDS_MS ? seat.until : seat.left
}

/** Notes that someone is here now. A clock that was set back ends no sitting. */
export const sit = (db: WriteDb, now: number): { left: number | null; returns: boolean } => {
  const before = readSeat(db)
  const left = lastSat(db, now)
  const begins = before === null || now - before.until >= SITTING_ENDS_MS
  const seat: Seat = { from: begins ? now : before.from, until: now, left }
  db.run(`INSERT OR REPLACE INTO meta (name, value) VALUES ('seat', ?)`, [JSON.stringify(seat)])
  return { left, returns: begins && left !== null && now - left >= LONG_MS }
}
