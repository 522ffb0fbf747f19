import { hash } from 'node:crypto'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** Two times of one moment that a server told twice differ by less. */
const SAME_MS = 1_000

const hashOf = (text: string) => hash('sha256', text, 'hex')

/**
 * Keeps a copy of a post, by server, id and hash of what was said: seeing the same again only moves `seen_at`, an edit makes a new
 * copy. Written before the mirror's page, so that a crash between the two loses nothing.
 */
export const keepEvidence = (
  db: WriteDb,
  server: ServerKey,
  report: { id: string; created_at: number },
  postId: string,
  post: string,
  now: number,
): void => {
  db.run(
    `INSERT INTO evidence (server, post_id, hash, post, first_seen_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)`,
    [server, postId, hashOf(post), post, now, now],
  )
  // A post that is deleted for good vanishes from its report: which one it stood in is known only here then.
  db.run(
    `INSERT INTO evidence_report (server, report_id, post_id, filed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET filed_at = excluded.filed_at WHERE filed_at IS NOT excluded.filed_at`,
    [server, report.id, postId, report.created_at],
  )
}

/**
 * Posts that ever stood in one of these reports while it was open, by report. Not those of another report that had its id before the server
 * was put back: it was filed at another time.
 */
export const postsSeenAmong = (
  db: ReadDb,
  server: ServerKey,
  reports: readonly { id: string; created_at: number }[],
): ReadonlyMap<string, readonly string[]> => {
  const seen = new Map<string, string[]>()
  const filedAt = new Map(reports.map(({ id, created_at }) => [id, created_at]))
  const rows = db.all<{ report_id: string; post_id: string; filed_at: number | null }>(
    'SELECT report_id, post_id, filed_at FROM evidence_report WHERE server = ? AND report_id IN (SELECT value FROM json_each(?))',
    [server, JSON.stringify([...filedAt.keys()])],
  )
  for (const { report_id, post_id, filed_at } of rows) {
    if (filed_at !== null && Math.abs(filed_at - (filedAt.get(report_id) ?? filed_at)) >= SAME_MS) continue
    const posts = seen.get(report_id)
    if (posts) posts.push(post_id)
    else seen.set(report_id, [post_id])
  }
  return seen
}

type Copy = { post_id: string; post: string; first_seen_at: number; hash: string }

/** The copies of these posts, by post, the oldest first. */
export const copiesAmong = (
  db: ReadDb,
  server: ServerKey,
  posts: readonly string[],
): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, Copy[]>()
  const rows = db.all<Copy>(
    'SELECT post_id, post, first_seen_at, hash FROM evidence WHERE server = ? AND post_id IN (SELECT value FROM json_each(?))',
    [server, JSON.stringify(posts)],
  )
  for (const row of rows) {
    const copies = found.get(row.post_id)
    if (copies) copies.push(row)
    else found.set(row.post_id, [row])
  }
  // Sorted here: a sorter for one or two rows costs SQLite more than reading them.
  const byAge = (one: Copy, other: Copy) => one.first_seen_at - other.first_seen_at || (one.hash < other.hash ? -1 : 1)
  return new Map([...found].map(([id, copies]) => [id, copies.sort(byAge).map(({ post }) => post)]))
}

/** The copies of a post, oldest first, as they were stored. */
export const copiesOf = (
  db: ReadDb,
  server: ServerKey,
  postId: string,
): { post: string; first_seen_at: number; seen_at: number }[] =>
  db.all(
    'SELECT post, first_seen_at, seen_at FROM evidence WHERE server = ? AND post_id = ? ORDER BY first_seen_at, hash',
    [server, postId],
  )

/** Keeps a profile that was reported by itself: it is what is judged, and its owner can change it at any time. */
export const keepProfile = (db: WriteDb, server: ServerKey, account: string, profile: string, now: number): void =>
  void db.run(
    `INSERT INTO evidence_profile (server, account_id, hash, profile, first_seen_at, seen_at)
     VALUES (@server, @account, @hash, @profile, @now, @now) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at`,
    { server, account, hash: hashOf(profile), profile, now },
  )

/** The copies of a profile, newest first, as they were stored. */
export const profilesOf = (
  db: ReadDb,
  server: ServerKey,
  account: string,
): { profile: string; first_seen_at: number; seen_at: number }[] =>
  db.all(
    'SELECT profile, first_seen_at, seen_at FROM evidence_profile WHERE server = ? AND account_id = ? ORDER BY seen_at DESC, first_seen_at DESC',
    [server, account],
  )

const POSTS_IN =
  'SELECT post_id FROM evidence_report WHERE server = @server AND report_id IN (SELECT value FROM json_each(@reports))'

/** How many copies of posts and profiles are kept of an account, whose reports these are. */
export const countEvidence = (db: ReadDb, server: ServerKey, account: string, reports: readonly string[]): number =>
  db.get<{ n: number }>(
    `SELECT (SELECT count(*) FROM evidence WHERE server = @server AND post_id IN (${POSTS_IN}))
       + (SELECT count(*) FROM evidence_profile WHERE server = @server AND account_id = @account) AS n`,
    { server, account, reports: JSON.stringify(reports) },
  )?.n ?? 0

/** Removes them. */
export const dropEvidence = (db: WriteDb, server: ServerKey, account: string, reports: readonly string[]): void => {
  const given = { server, reports: JSON.stringify(reports) }
  db.run(`DELETE FROM evidence WHERE server = @server AND post_id IN (${POSTS_IN})`, given)
  db.run(
    'DELETE FROM evidence_report WHERE server = @server AND report_id IN (SELECT value FROM json_each(@reports))',
    given,
  )
  db.run('DELETE FROM evidence_profile WHERE server = ? AND account_id = ?', [server, account])
}
