import type { ReadDb, WriteDb } from '../db/handle.ts'

/** Less than this mends itself before anyone notices. */
const NOTICED_MS = 1_000
/** No more than this passes between two looks at the clock, so that by so much an interval may begin too early, but not too late. */
const BETWEEN_MS = 60_000

/** Where the mirror says when a server was asked, by this computer's clock. */
const asked: Readonly<Record<string, readonly string[]>> = {
  account: ['seen_at'],
  canonical_email_block: ['seen_at'],
  cursor: ['swept_at', 'looked_at', 'refused_at'],
  domain_allow: ['seen_at'],
  domain_block: ['seen_at'],
  domain_measure: ['measured_at'],
  email_domain_block: ['seen_at'],
  instance: ['read_at', 'role_at', 'peers_at'],
  ip_block: ['seen_at'],
  left_list: ['at'],
  post: ['seen_at'],
  post_look: ['looked_at'],
  report: ['seen_at'],
  signup: ['seen_at'],
  skipped: ['since_at', 'tried_at'],
  stumble: ['gave_up_at'],
  trend: ['seen_at'],
  trend_read: ['read_at'],
}

/** The latest moment at which a list was looked at. */
export const latestLook = (db: ReadDb): number =>
  db.get<{ at: number | null }>('SELECT max(looked_at) AS at FROM mirror.cursor')?.at ?? 0

/** True when the clock shows less than at `latest`, a moment that it had shown before: it was ahead, and was set right. */
export const wasSetBack = (latest: number, now: number): boolean => now < latest - NOTICED_MS

/**
 * After the clock was set back from `latest` to `now`: what was asked in what is the future again moves back with it. Else nothing would be
 * read before that time comes once more, and what is read by then would count as older than what is held.
 */
export const moveBack = (db: WriteDb, latest: number, now: number): void => {
  const by = latest - now + BETWEEN_MS
  for (const [table, columns] of Object.entries(asked))
    for (const column of columns)
      db.run(`UPDATE mirror.${table} SET ${column} = ${column} - @by WHERE ${column} > @now`, { by, now })
  db.run('UPDATE mirror.cursor SET sweep_at = @now WHERE sweep_at > @now', { now })
}
