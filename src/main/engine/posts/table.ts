import { z } from 'zod'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Post } from '../../../shared/contract/posts.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { readContent } from './content.ts'
import { KeptPost } from './kept-post.ts'
import { type Look, lookAt } from './look.ts'

const Votes = z.array(z.number().nullable()).catch([])

/** Stores a post of a closed report in the mirror; those of open reports are evidence. */
export const putPost = (db: WriteDb, server: ServerKey, id: string, post: string, now: number): void =>
  void db.run(
    'INSERT INTO mirror.post VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET post = excluded.post, seen_at = excluded.seen_at WHERE excluded.seen_at >= seen_at',
    [server, id, post, now],
  )

type Row = { post: string; seen_at: number; copies: number }

/** A kept post's newest copy, or nothing where none is kept or it can't be read. */
export const findKeptPost = (
  db: ReadDb,
  server: ServerKey,
  id: string,
): { kept: KeptPost; seenAt: number; copies: number } | undefined => {
  const row = db.get<Row>(
    `SELECT post, seen_at, (SELECT count(*) FROM evidence WHERE server = @server AND post_id = @id) AS copies FROM (
       SELECT post, seen_at, first_seen_at FROM evidence WHERE server = @server AND post_id = @id
       UNION ALL SELECT post, seen_at, seen_at FROM mirror.post WHERE server = @server AND id = @id
     ) ORDER BY seen_at DESC, first_seen_at DESC LIMIT 1`,
    { server, id },
  )
  if (!row) return undefined
  const kept = KeptPost.safeParse(JSON.parse(row.post))
  return kept.success ? { kept: kept.data, seenAt: row.seen_at, copies: row.copies } : undefined
}

const standingOf = (visibility: Post['visibility'], look: Look | undefined): Post['standing'] => {
  if (!look) return 'not-looked'
  if (look.shown === 1) return 'there'
  return visibility === 'public' || visibility === 'unlisted' ? 'hidden' : 'untold'
}

const withVotes = (poll: KeptPost['poll'], look: Look | undefined): Post['poll'] => {
  if (poll === null) return null
  const votes = Votes.parse(JSON.parse(look?.votes ?? '[]'))
  return { ...poll, options: poll.options.map(({ title }, place) => ({ title, votes: votes[place] ?? null })) }
}

/** The posts of these ids as last seen, in the order given; those that are held nowhere are missing. */
export const readPosts = (
  db: ReadDb,
  server: ServerKey,
  ids: readonly string[],
): Omit<Post, 'reports' | 'webAdmin'>[] =>
  ids.flatMap(id => {
    const found = findKeptPost(db, server, id)
    if (!found) return []
    const { html, ...rest } = found.kept
    const look = lookAt(db, server, id)
    return {
      ...rest,
      id,
      poll: withVotes(rest.poll, look),
      content: readContent(html),
      seenAt: found.seenAt,
      copies: found.copies,
      standing: standingOf(rest.visibility, look),
      lookedAt: look?.looked_at ?? null,
    }
  })
