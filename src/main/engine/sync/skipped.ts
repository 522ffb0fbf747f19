import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { ListName } from './cursor.ts'

/** Ids from `low` to `high`, both included. */
export type Stretch = { low: bigint; high: bigint }

/** Ids of a list that are left out, since when, and when they were last asked for; times in ms. */
export type Skipped = Stretch & { sinceAt: number; triedAt: number }

/** Which page of a walk: above `min`, or below `max` and above `since`. Nothing: the newest. */
export type Where = { min?: string; max?: string; since?: string; limit?: number }

/** Mastodon's ids are numbers of 64 bits; a larger cursor it does not survive (contract d). */
export const HIGHEST = 2n ** 63n - 1n

/** An id as a number; undefined where it is none. */
export const numberOf = (id: string | undefined): bigint | undefined =>
  id !== undefined && /^\d{1,19}$/.test(id) && BigInt(id) <= HIGHEST ? BigInt(id) : undefined

type Row = { low: string; high: string; since_at: number; tried_at: number }

/** What is left out of a list, the lowest first. */
export const readSkipped = (db: ReadDb, server: ServerKey, list: ListName): Skipped[] =>
  db
    .all<Row>('SELECT low, high, since_at, tried_at FROM mirror.skipped WHERE server = ? AND list = ?', [server, list])
    .map(row => ({
      low: BigInt(row.low),
      high: BigInt(row.high),
      sinceAt: row.since_at,
      triedAt: row.tried_at,
    }))
    .sort((one, other) => (one.low < other.low ? -1 : 1))

const joined = (stretches: readonly Stretch[]): Stretch[] => {
  const sorted = [...stretches].sort((one, other) => (one.low < other.low ? -1 : 1))
  const whole: Stretch[] = []
  for (const { low, high } of sorted) {
    const last = whole.at(-1)
    if (last && low <= last.high + 1n) last.high = high > last.high ? high : last.high
    else whole.push({ low, high })
  }
  return whole
}

/** Notes what is `left` out of a stretch that was asked for at `now`, in place of what was left out of it before. */
export const putSkipped = (
  db: WriteDb,
  server: ServerKey,
  list: ListName,
  of: Stretch,
  left: readonly Stretch[],
  now: number,
): void => {
  const before = readSkipped(db, server, list).filter(({ low, high }) => low <= of.high && high >= of.low)
  for (const { low } of before)
    db.run('DELETE FROM mirror.skipped WHERE server = ? AND list = ? AND low = ?', [server, list, String(low)])
  const sinceAt = Math.min(now, ...before.map(one => one.sinceAt))
  for (const { low, high } of joined(left))
    db.run('INSERT OR REPLACE INTO mirror.skipped VALUES (?, ?, ?, ?, ?, ?)', [
      server,
      list,
      String(low),
      String(high),
      sinceAt,
      now,
    ])
}

/**
 * The way of a page around what is left out: past it where it begins there, and no further than to the next. `stop`: where the walk goes
 * on once all up to that was read; null where nothing lies in the way.
 */
export const around = (skipped: readonly Stretch[], where: Where): { asked: Where; stop: string | null } => {
  if (where.min !== undefined) {
    let min = numberOf(where.min)
    if (min === undefined) return { asked: where, stop: null }
    for (const { low, high } of skipped) if (low - 1n <= min && min < high) min = high
    const from = min
    const next = skipped.find(({ low }) => low > from)
    const asked = { ...where, min: String(min) }
    return next ? { asked: { ...asked, max: String(next.low) }, stop: String(next.low - 1n) } : { asked, stop: null }
  }
  let max = where.max === undefined ? HIGHEST : numberOf(where.max)
  if (max === undefined) return { asked: where, stop: null }
  const downwards = [...skipped].reverse()
  for (const { low, high } of downwards) if (low < max && max <= high + 1n) max = low
  const below = max
  const next = downwards.find(({ high }) => high < below)
  const asked = where.max === undefined ? where : { ...where, max: String(max) }
  return next ? { asked: { ...asked, since: String(next.high) }, stop: String(next.high + 1n) } : { asked, stop: null }
}
