import { z } from 'zod'
import { Draft } from '../../../shared/contract/drafts.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** So many are held; the one that was left alone the longest goes. */
const KEPT = 100
/** What nobody went on with for so long is forgotten: it may be about people. */
const FORGOTTEN_MS = 30 * 86_400_000

const Words = z.string().transform(text => Draft.shape.words.parse(JSON.parse(text)))
const placeOf = ({ of, key }: Pick<Draft, 'of' | 'key'>) => `${of} ${key}`

/** Every draft, the one that was left alone the longest first. */
export const listDrafts = (db: ReadDb): Draft[] =>
  db
    .all<{ of: Draft['of']; key: string; words: string }>('SELECT of, key, words FROM draft ORDER BY kept_at, rowid')
    .map(({ of, key, words }) => ({ of, key, words: Words.parse(words) }))

/** Holds a draft in the place of what was held there before; one without words is let go. */
export const putDraft = (db: WriteDb, { of, key, words }: Draft, now: number): void => {
  const place = placeOf({ of, key })
  db.run('DELETE FROM draft WHERE place = ?', [place])
  if (Object.values(words).every(text => text === '')) return
  db.run('INSERT INTO draft (place, of, key, words, kept_at) VALUES (?, ?, ?, ?, ?)', [
    place,
    of,
    key,
    JSON.stringify(words),
    now,
  ])
  db.run(
    'DELETE FROM draft WHERE place IN (SELECT place FROM draft ORDER BY kept_at DESC, rowid DESC LIMIT -1 OFFSET ?)',
    [KEPT],
  )
}

/** Forgets what nobody went on with for a month; how many those were. */
export const forgetDrafts = (db: WriteDb, now: number): number =>
  db.run('DELETE FROM draft WHERE kept_at < ?', [now - FORGOTTEN_MS])

/**
 * The places of what is being written about an account: a new note or a change of one, the words of a decision about it, its sign-up or a
 * report of it, and why such a report is snoozed.
 */
export const draftsAbout = (
  db: ReadDb,
  server: ServerKey,
  account: string,
  { notes, reports }: { notes: readonly string[]; reports: readonly string[] },
): string[] => {
  const places = [
    placeOf({ of: 'note', key: `${server} ${account}` }),
    ...notes.map(key => placeOf({ of: 'note', key })),
    placeOf({ of: 'decision', key: `${server} account ${account}` }),
    placeOf({ of: 'decision', key: `${server} signup ${account}` }),
    ...reports.flatMap(id => [
      placeOf({ of: 'decision', key: `${server} ${id}` }),
      placeOf({ of: 'snooze', key: `${server} ${id}` }),
    ]),
  ]
  return db.column<string>('SELECT place FROM draft WHERE place IN (SELECT value FROM json_each(?))', [
    JSON.stringify(places),
  ])
}

/** Removes the drafts of these places. */
export const dropDrafts = (db: WriteDb, places: readonly string[]): void =>
  void db.run('DELETE FROM draft WHERE place IN (SELECT value FROM json_each(?))', [JSON.stringify(places)])

/**
 * Removes what is being written about several at once, or about an address that is nobody's by name: no one can tell whether a person is
 * among them. `many` begins the key of a snooze of several reports.
 */
export const dropDraftsAboutSome = (db: WriteDb): void =>
  void db.run("DELETE FROM draft WHERE of IN ('batch', 'block') OR of = 'snooze' AND key LIKE 'many %'")
