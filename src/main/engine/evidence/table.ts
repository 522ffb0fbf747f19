import { createHash } from 'node:crypto'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { WriteDb } from '../db/handle.ts'

/**
 * Keeps a copy of a post, by server, id and hash of what was said: seeing the same again only moves `seen_at`, an edit makes a new
 * copy. Written before the mirror's page, so that a crash between the two loses nothing.
 */
export const keepEvidence = (db: WriteDb, server: ServerKey, postId: string, post: string, now: number): void => {
  const hash = createHash('sha256').update(post).digest('hex')
  db.run(
    `INSERT INTO evidence (server, post_id, hash, post, first_seen_at, seen_at) VALUES (@server, @postId, @hash, @post, @now, @now)
     ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at`,
    { server, postId, hash, post, now },
  )
}
