import { hash } from 'node:crypto'
import type { Clock } from '../../../shared/clock.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { plainText } from '../../../shared/plain-text.ts'
import { bitByBit } from '../bit-by-bit.ts'
import { campaignKeys, linksIn, type PostKeys, postKeys } from '../campaigns/keys.ts'
import type { Gate } from '../db/gate.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { copiesAmong, postsSeenAmong } from '../evidence/table.ts'
import { readUnjudged } from '../posts/content.ts'
import { KeptPost } from '../posts/kept-post.ts'
import { indexedText } from './words.ts'

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
export const gistOf = ({ who, comment, posts }: GistSource): string =>
  hash('sha1', [VERSION, who.username, `${who.domain}`, who.display_name, comment, ...posts].join('\0'), 'base64url')

/** What a post gives to the gist of every report that names it. */
type Said = { lines: readonly string[]; keys: PostKeys; language: string | null }

const readSaid = ({ html, warning, media, poll, language }: KeptPost): Said => {
  const content = readUnjudged(html)
  return {
    lines: [
      plainText(content),
      warning,
      ...linksIn(content.nodes),
      ...media.flatMap(({ description }) => description ?? []),
      ...(poll?.options ?? []).map(({ title }) => title),
    ],
    keys: postKeys(content),
    language,
  }
}
/** Where many report the same post, each of its reports comes with it. */
const known = new WeakMap<KeptPost, Said>()
const saidIn = (post: KeptPost): Said => {
  const said = known.get(post) ?? readSaid(post)
  known.set(post, said)
  return said
}

/** Takes the gist. `read`: posts that are at hand as they were read, by their JSON. */
export const takeGist = (source: GistSource, read: ReadonlyMap<string, KeptPost> = new Map()): Gist => {
  const { who, comment } = source
  const lines = [`${who.username} ${who.domain ?? ''}`, who.display_name, comment]
  const keys: PostKeys[] = []
  const languages = new Set<string>()
  for (const json of source.posts) {
    const kept = read.get(json) ?? KeptPost.safeParse(JSON.parse(json)).data
    if (!kept) continue
    const said = saidIn(kept)
    lines.push(...said.lines)
    keys.push(said.keys)
    if (said.language) languages.add(said.language)
  }
  return {
    gist: gistOf(source),
    keys: JSON.stringify(campaignKeys(keys)),
    languages: JSON.stringify([...languages].sort()),
    words: indexedText(lines.join('\n')),
  }
}

/** Puts the words of a report into the search; of one that is new there (`isNew`), nothing is looked for to be replaced. */
export const putWords = (db: WriteDb, n: number, words: string, isNew = false): void =>
  db.last(
    () =>
      void db.run(`INSERT ${isNew ? '' : 'OR REPLACE '}INTO mirror.report_text (rowid, words) VALUES (?, ?)`, [
        n,
        words,
      ]),
  )

/**
 * Of each of these reports every kept copy of its posts, the oldest first: what was said before an edit, or in a post that is gone from
 * the report since, is found too. Those that are held nowhere are missing. `given`: posts that are at hand as they are stored, by id.
 */
export const keptCopies = (
  db: ReadDb,
  server: ServerKey,
  reports: readonly { id: string; created_at: number; posts: readonly string[] }[],
  given: ReadonlyMap<string, string> = new Map(),
): string[][] => {
  const seen = postsSeenAmong(db, server, reports)
  const ids = reports.map(({ id, posts }) => [...new Set([...posts, ...(seen.get(id) ?? [])])])
  const copies = copiesAmong(db, server, ids.flat())
  const mirrored = (id: string) =>
    db.column<string>('SELECT post FROM mirror.post WHERE server = ? AND id = ?', [server, id])
  return ids.map(posts => posts.flatMap(id => copies.get(id)?.slice(0, MOST_COPIES) ?? given.get(id) ?? mirrored(id)))
}

type Old = GistSource['who'] & {
  n: number
  server: ServerKey
  id: string
  created_at: number
  comment: string
  posts: string
}

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
  const begin = bitByBit({ clock, stop, fault, pauseMs: 0 }, () => {
    const old = gate.read(db =>
      db.all<Old>(
        `SELECT r.n, r.server, r.id, r.created_at, r.comment, r.posts, a.username, a.domain, a.display_name
         FROM mirror.report r INDEXED BY report_without_gist JOIN mirror.account a ON a.server = r.server AND a.id = r.target_id
         WHERE r.gist = '' LIMIT ?`,
        [AT_ONCE],
      ),
    )
    if (old.length === 0) return false
    slices++
    const more = old.length === AT_ONCE
    gate.write(!more || slices % TOLD_EVERY === 0 ? ['reports'] : [], db => {
      for (const { n, server, id, created_at, comment, posts, ...who } of old) {
        const [copies = []] = keptCopies(db, server, [{ id, created_at, posts: JSON.parse(posts) }])
        const taken = takeGist({ who, comment, posts: copies })
        db.run('UPDATE mirror.report SET gist = ?, keys = ?, languages = ? WHERE n = ?', [
          taken.gist,
          taken.keys,
          taken.languages,
          n,
        ])
        putWords(db, n, taken.words)
      }
    })
    return more
  })
  begin()
}
