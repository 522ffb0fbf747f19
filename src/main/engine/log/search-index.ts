import type { Clock } from '../../../shared/clock.ts'
import { bitByBit } from '../bit-by-bit.ts'
import type { Gate } from '../db/gate.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { Json } from './canonical.ts'
import { type Body, readBody } from './entry.ts'
import { wordsOf } from './search-words.ts'

/**
 * What the log is searched by: one row of tokens an entry, in the full-text index `log_search`. A token that begins with `#` stands
 * for one property (`#k:account.limit`), every other is a word of a text. The index holds tokens only, so an entry that is taken out
 * leaves nothing behind; whoever takes one out says again exactly what was put in.
 */

/** An entry as it is searched: its body, and the personal values that still stand. */
export type Searched = Pick<Body, 'at' | 'source' | 'action' | 'server' | 'facts'> & {
  personal: Readonly<Record<string, string>>
}

/** Raised when other tokens are made of the same entry: what was indexed before is then indexed anew. Unicode decides as well. */
const VERSION = `1/${process.versions.unicode}`

/** The properties by their letter: `i` is the server of what we did there ourselves, `y` an hour, day or month, `u` a rule. */
const properties = {
  x: 'action',
  z: 'source',
  s: 'server',
  i: 'server, when by us',
  k: 'kind of decision',
  r: 'report',
  a: 'account',
  c: 'decision or batch',
  u: 'rule',
  d: 'domain, or one above it',
  t: 'handle of the target',
  b: 'user name of a moderator who was seen',
  y: 'hour, day or month',
}
/** One of them. */
export type Property = keyof typeof properties

/** One property as a token. Blanks, quotes and backslashes have no place in one. */
export const propertyToken = (property: Property, value: string): string =>
  `#${property}:${value
    .toLowerCase()
    .replace(/[\s\p{Cc}"'\\]/gu, '_')
    .slice(0, 200)}`

/** Facts that are properties, or codes with a sentence of their own: not searched as words. */
const NO_WORDS: ReadonlySet<string> = new Set(['kind', 'decision', 'report', 'account', 'rules', 'rule', 'why'])
/** Ids and fingerprints, which nobody looks for by their parts. */
const MACHINE = /^(?:[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
/** Personal values that name a moderator, by their user name. */
export const MODERATOR_NAMES: readonly string[] = ['by', 'assigned']
const HANDLE = /^@[^\s@]+(?:@([^\s@]+))?$/

/** By name, so that an entry gives the same tokens in whatever order it came. */
const sorted = <V>(values: Readonly<Record<string, V>>): [string, V][] =>
  Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
const textsIn = (value: Json): string[] => {
  if (typeof value === 'string') return MACHINE.test(value) ? [] : [value]
  if (value === null || typeof value !== 'object') return []
  return isList(value) ? value.flatMap(textsIn) : sorted(value).flatMap(([, one]) => textsIn(one))
}

/** A domain and those above it, so that whoever looks for a domain finds what happened below it. */
const domainTokens = (domain: string): string[] => {
  const labels = domain.split('.')
  const most = Math.max(0, labels.length - 6)
  return labels
    .slice(most, Math.max(most + 1, labels.length - 1))
    .map((_, at) => propertyToken('d', labels.slice(most + at).join('.')))
}

const idOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

/** The month, day and hour (UTC) of a moment, each as a token: a period is a few of them. */
const timeTokens = (at: number): string[] => {
  const hour = new Date(at).toISOString().slice(0, -11)
  return [hour, hour.slice(0, -3), hour.slice(0, -6)].map(time => propertyToken('y', time))
}

const propertiesOf = ({ at, source, action, server, facts, personal }: Searched): string[] => {
  const tokens = [propertyToken('x', action), propertyToken('z', source), ...timeTokens(at)]
  if (server !== null) tokens.push(propertyToken('s', server))
  if (server !== null && source === 'did') tokens.push(propertyToken('i', server))
  for (const [name, property] of [
    ['kind', 'k'],
    ['report', 'r'],
    ['account', 'a'],
    ['decision', 'c'],
    ['batch', 'c'],
    ['rule', 'u'],
  ] as const) {
    const id = idOf(facts[name])
    if (id !== undefined) tokens.push(propertyToken(property, id))
  }
  if (Array.isArray(facts.rules)) for (const rule of facts.rules) tokens.push(propertyToken('u', String(rule)))
  if (typeof facts.domain === 'string') tokens.push(...domainTokens(facts.domain))
  for (const [name, value] of sorted(personal)) {
    if (MODERATOR_NAMES.includes(name)) tokens.push(propertyToken('b', value))
    const handle = HANDLE.exec(value)
    if (handle) tokens.push(propertyToken('t', value.slice(1)))
    if (handle?.[1] !== undefined) tokens.push(...domainTokens(handle[1]))
  }
  return tokens
}

/** The tokens of an entry. The action stands between two texts, so that no phrase reaches from one into the next. */
const tokensOf = (entry: Searched): string => {
  const between = propertyToken('x', entry.action)
  const texts = [
    ...sorted(entry.facts).flatMap(([name, value]) => (NO_WORDS.has(name) ? [] : textsIn(value))),
    ...sorted(entry.personal).map(([, value]) => value),
  ]
  return [...propertiesOf(entry), ...texts.flatMap(text => [between, ...wordsOf(text)])].join(' ')
}

/** Lets an entry be found. In the transaction that writes it. */
export const putInSearch = (db: WriteDb, seq: number, entry: Searched): void =>
  void db.run('INSERT INTO log_search (rowid, tokens) VALUES (?, ?)', [seq, tokensOf(entry)])

/** Takes an entry out of the index; `entry` as it was put in. */
const takeOut = (db: WriteDb, seq: number, entry: Searched): void =>
  void db.run(`INSERT INTO log_search (log_search, rowid, tokens) VALUES ('delete', ?, ?)`, [seq, tokensOf(entry)])

type Row = { seq: number; body: string }

/** An entry as it stands in the vault; nothing where its body cannot be read. */
const searchedOf = (db: ReadDb, { seq, body }: Row): Searched | undefined => {
  const read = readBody(body)
  if (!read) return undefined
  const rows = db.all<{ name: string; value: string }>(
    'SELECT name, value FROM log_personal WHERE seq = ? AND value IS NOT NULL ORDER BY name',
    [seq],
  )
  return { ...read, personal: Object.fromEntries(rows.map(({ name, value }) => [name, value])) }
}

/** Reads entries as they stand, by their numbers. */
const readAll = (db: ReadDb, seqs: readonly number[]): Map<number, Searched> => {
  const found = new Map<number, Searched>()
  for (const seq of seqs) {
    const row = db.get<Row>('SELECT seq, body FROM log_entry WHERE seq = ?', [seq])
    const entry = row && searchedOf(db, row)
    if (entry) found.set(seq, entry)
  }
  return found
}

/** Changes the personal values of entries by `change`, so that the search knows the new ones, and nothing is left of the old. */
export const changeInSearch = (db: WriteDb, seqs: readonly number[], change: () => void): void => {
  const floor = searchedFrom(db)
  const before = readAll(
    db,
    seqs.filter(seq => seq >= floor),
  )
  change()
  const [gone, stay] = [new Set<string>(), new Set<string>()]
  for (const [seq, entry] of readAll(db, [...before.keys()])) {
    const old = before.get(seq)
    if (!old) continue
    takeOut(db, seq, old)
    putInSearch(db, seq, entry)
    for (const token of tokensOf(old).split(' ')) gone.add(token)
    for (const token of tokensOf(entry).split(' ')) stay.add(token)
  }
  // What the same entries still have stands.
  forgetBounds(
    db,
    [...gone].filter(token => !stay.has(token)),
    [...stay],
  )
}

/**
 * The index notes with which token each of its pages begins, and keeps those notes when the token itself is taken out. Where one
 * tells of a token that no entry has any more, the index is written anew: seconds for a million entries, but nothing is left.
 */
const forgetBounds = (db: WriteDb, changed: readonly string[], standing: readonly string[]): void => {
  // The index is asked, and not its list of terms, which counts through all that has a term.
  const matches = (match: string) =>
    db.get('SELECT 1 FROM log_search WHERE log_search MATCH ? LIMIT 1', [match]) !== undefined
  const gone = changed.filter(token => !matches(`"${token}"`))
  if (gone.length === 0) return
  const bounds = db.column<string>(
    'SELECT DISTINCT CAST(substr(term, 2) AS TEXT) FROM log_search_idx WHERE length(term) > 1',
  )
  const tells = bounds.some(
    bound =>
      gone.some(token => token.startsWith(bound)) &&
      !standing.some(token => token.startsWith(bound)) &&
      !matches(`"${bound}"*`),
  )
  if (tells) db.run(`INSERT INTO log_search (log_search) VALUES ('optimize')`)
}

const FLOOR = 'log-search-from'
const WORDS = 'log-search-words'
const readMeta = (db: ReadDb, name: string) =>
  db.get<{ value: string }>('SELECT value FROM meta WHERE name = ?', [name])?.value
const writeMeta = (db: WriteDb, name: string, value: string) =>
  db.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [name, value])

/** The oldest entry that can be found; the ones before it are still to be indexed. 1 when all can. */
export const searchedFrom = (db: ReadDb): number => Number(readMeta(db, FLOOR) ?? 1)

/** Begins anew where the index was made with other words than this Howdah's. Before anything is appended. */
export const checkSearch = (db: WriteDb): void => {
  if (readMeta(db, WORDS) === VERSION) return
  const newest = db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM log_entry')?.seq ?? 0
  db.run(`INSERT INTO log_search (log_search) VALUES ('delete-all')`)
  writeMeta(db, FLOOR, String(newest + 1))
  writeMeta(db, WORDS, VERSION)
}

/** Indexes at most so many of the entries that are not yet, the newest first. True while there are more. */
export const indexOlder = (db: WriteDb, most: number): boolean => {
  const floor = searchedFrom(db)
  if (floor <= 1) return false
  const rows = db.all<Row>('SELECT seq, body FROM log_entry WHERE seq < ? ORDER BY seq DESC LIMIT ?', [floor, most])
  // Oldest first: the index takes ascending numbers at less cost.
  for (const row of rows.toReversed()) {
    const entry = searchedOf(db, row)
    if (entry) putInSearch(db, row.seq, entry)
  }
  const next = rows.length < most ? 1 : (rows.at(-1)?.seq ?? 1)
  writeMeta(db, FLOOR, String(next))
  return next > 1
}

/** Some 20 ms of work, so that whoever sits at the desk does not notice. */
const AT_ONCE = 500
const PAUSE_MS = 20

/** Indexes what is not yet, bit by bit, until the whole log can be searched or the engine closes. */
export const makeSearchWhole = (gate: Gate, clock: Clock, stop: AbortSignal, fault: (error: unknown) => void): void => {
  const begin = bitByBit({ clock, stop, fault, pauseMs: PAUSE_MS }, () =>
    gate.write([], (db, touch) => {
      const more = indexOlder(db, AT_ONCE)
      if (!more) touch('log')
      return more
    }),
  )
  if (gate.read(searchedFrom) > 1) begin()
}
