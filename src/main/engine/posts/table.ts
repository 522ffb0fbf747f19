import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Post } from '../../../shared/contract/posts.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { readContent } from './content.ts'
import { KeptPost } from './kept-post.ts'

/** Stores a post of a closed report in the mirror; those of open reports are evidence. */
export const putPost = (db: WriteDb, server: ServerKey, id: string, post: string, now: number): void =>
  void db.run(
    'INSERT INTO mirror.post VALUES (@server, @id, @post, @now) ON CONFLICT DO UPDATE SET post = excluded.post, seen_at = excluded.seen_at',
    {
      server,
      id,
      post,
      now,
    },
  )

/** The posts of these ids as last seen, in the order given; those that are held nowhere are missing. */
export const readPosts = (db: ReadDb, server: ServerKey, ids: readonly string[]): Omit<Post, 'reports'>[] =>
  ids.flatMap(id => {
    const row = db.get<{ post: string; seen_at: number }>(
      `SELECT post, seen_at FROM (
         SELECT post, seen_at FROM evidence WHERE server = @server AND post_id = @id
         UNION ALL SELECT post, seen_at FROM mirror.post WHERE server = @server AND id = @id
       ) ORDER BY seen_at DESC LIMIT 1`,
      { server, id },
    )
    if (!row) return []
    const kept = KeptPost.safeParse(JSON.parse(row.post))
    if (!kept.success) return []
    const { html, ...rest } = kept.data
    return { ...rest, id, content: readContent(html), seenAt: row.seen_at }
  })
