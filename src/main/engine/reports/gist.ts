import { createHash } from 'node:crypto'
import type { Clock } from '../../../shared/clock.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { plainText } from '../../../shared/plain-text.ts'
import { campaignKeys, linksIn } from '../campaigns/keys.ts'
import type { Gate } from '../db/gate.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { postsSeenIn } from '../evidence/table.ts'
import { readContent } from '../posts/content.ts'
import { KeptPost } from '../posts/kept-post.ts'
import { indexedWords } from './words.ts'

/** Raised when other words, keys or languages are taken of the same report: all are then taken anew. */
const VERSION = 1

/** Who edits without end is read no further. */
const MOST_COPIES = 10

/** Of what the gist of a report is taken. `posts` are kept posts as JSON. */
export type GistSource = {
  who: { username: string; domain: string | null; display_name: string }
  comment: string
  posts: readonly string[]
}

/** What a report is found, grouped and filtered by. `keys` and `languages` are JSON arrays. */
export type Gist = { gist: string; keys: string; languages: string; words: string }

/** Tells whether a gist is still that of this report. */
export const gistOf = ({ who, comment, posts }: GistSource): string => {
  const hash = createHash('sha1').update(`${VERSION}\0${who.username}\0${who.domain}\0${who.display_name}\0${comment}`)
  for (const post of posts) hash.update(`\0${post}`)
  return hash.digest('base64url')
}

/** Takes the gist. */
export const takeGist = (source: GistSource): Gist => {
  const { who, comment } = source
  const posts = source.posts.flatMap(json => {
    const kept = KeptPost.safeParse(JSON.parse(json))
    return kept.success ? [{ ...kept.data, content: readContent(kept.data.html) }] : []
  })
  const said = posts.map(({ content, warning, media, poll }) =>
    [
      plainText(content),
      warning,
      ...linksIn(content.nodes),
      ...media.map(({ description }) => description ?? ''),
      ...(poll?.options.map(({ title }) => title) ?? []),
    ].join('\n'),
  )
  return {
    gist: gistOf(source),
    keys: JSON.stringify(campaignKeys(posts.map(({ content }) => content))),
    languages: JSON.stringify([...new Set(posts.flatMap(({ language }) => language || []))].sort()),
    words: indexedWords([`${who.username} ${who.domain ?? ''}`, who.display_name, comment, ...said].join('\n')),
  }
}

/** Puts the words of a report into the search, instead of those before. */
export const putWords = (db: WriteDb, n: number, words: string): void =>
  void db.run('INSERT OR REPLACE INTO mirror.report_text (rowid, words) VALUES (?, ?)', [n, words])

type Copy = { post: string; first_seen_at: number; hash: string }

/**
 * Every kept copy of a report's posts, the oldest first: what was said before an edit, or in a post that is gone from the report since, is
 * found too. Those that are held nowhere are missing. `given`: posts that are at hand as they are stored, by id.
 */
export const keptCopies = (
  db: ReadDb,
  server: ServerKey,
  report: string,
  told: readonly string[],
  given: ReadonlyMap<string, string> = new Map(),
): string[] => {
  return [...new Set([...told, ...postsSeenIn(db, server, report)])].flatMap(id => {
    // Sorted here: a sorter for one or two rows costs SQLite more than reading them.
    const copies = db.all<Copy>('SELECT post, first_seen_at, hash FROM evidence WHERE server = ? AND post_id = ?', [
      server,
      id,
    ])
    if (copies.length > 0)
      return copies
        .sort((one, other) => one.first_seen_at - other.first_seen_at || (one.hash < other.hash ? -1 : 1))
        .slice(0, MOST_COPIES)
        .map(({ post }) => post)
    const known = given.get(id)
    if (known !== undefined) return [known]
    return db
      .all<{ post: string }>('SELECT post FROM mirror.post WHERE server = ? AND id = ?', [server, id])
      .map(({ post }) => post)
  })
}

type Old = GistSource['who'] & { n: number; server: ServerKey; id: string; comment: string; posts: string }

/** Reports at a time, so that nobody waits for them. */
const AT_ONCE = 40
const TOLD_EVERY = 25

/**
 * Takes the gists of reports that were held before there were any, a few at a time, until there is none left. `fault` hears what went
 * wrong; it is tried again when the engine is opened next.
 */
export const takeMissingGists = (
  gate: Gate,
  clock: Clock,
  stop: AbortSignal,
  fault: (error: unknown) => void,
): void => {
  let slices = 0
  const some = () => {
    if (stop.aborted) return
    try {
      const old = gate.read(db =>
        db.all<Old>(
          `SELECT r.n, r.server, r.id, r.comment, r.posts, a.username, a.domain, a.display_name
           FROM mirror.report r INDEXED BY report_without_gist JOIN mirror.account a ON a.server = r.server AND a.id = r.target_id
           WHERE r.gist = '' LIMIT ?`,
          [AT_ONCE],
        ),
      )
      if (old.length === 0) return
      slices++
      const last = old.length < AT_ONCE
      gate.write(last || slices % TOLD_EVERY === 0 ? ['reports'] : [], db => {
        for (const { n, server, id, comment, posts, ...who } of old) {
          const taken = takeGist({ who, comment, posts: keptCopies(db, server, id, JSON.parse(posts)) })
          db.run('UPDATE mirror.report SET gist = ?, keys = ?, languages = ? WHERE n = ?', [
            taken.gist,
            taken.keys,
            taken.languages,
            n,
          ])
          putWords(db, n, taken.words)
        }
      })
      if (!last) clock.after(0, some)
    } catch (error) {
      fault(error)
    }
  }
  clock.after(0, some)
}
