import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** What the last look at a post found: whether the server shows it, and its poll's votes (JSON). */
export type Look = { shown: number; votes: string | null; looked_at: number }

/** The last look at a post, or nothing. */
export const lookAt = (db: ReadDb, server: ServerKey, post: string): Look | undefined =>
  db.get<Look>('SELECT shown, votes, looked_at FROM mirror.post_look WHERE server = ? AND post_id = ?', [server, post])

/** Notes what a look found. Votes of a post that is gone stay as they were. */
export const noteLook = (
  db: WriteDb,
  server: ServerKey,
  post: string,
  found: { shown: boolean; votes: readonly (number | null)[] | null },
  now: number,
): void =>
  void db.run(
    `INSERT INTO mirror.post_look VALUES (@server, @post, @shown, @votes, @now)
     ON CONFLICT DO UPDATE SET shown = excluded.shown, votes = coalesce(excluded.votes, votes), looked_at = excluded.looked_at`,
    {
      server,
      post,
      shown: found.shown ? 1 : 0,
      votes: found.votes === null ? null : JSON.stringify(found.votes),
      now,
    },
  )
