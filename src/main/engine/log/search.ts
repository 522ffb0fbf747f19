import { domainToASCII } from 'node:url'
import { DecisionKind } from '../../../shared/contract/decisions.ts'
import type { LogFilter } from '../../../shared/contract/log.ts'
import type { ReadDb } from '../db/handle.ts'
import { type Property, propertyToken } from './search-index.ts'
import { soughtIn } from './search-words.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const quoted = (token: string): string => `"${token}"`
const property = (letter: Property, value: string): string => quoted(propertyToken(letter, value))
const anyOf = (queries: readonly string[]): string =>
  queries.length === 1 ? `${queries[0]}` : `(${queries.join(' OR ')})`

/** Nothing can fit: no entry has this token. */
const NOTHING = quoted('#nothing')

/** Words that begin so. Named one by one they are found much faster than by their beginning; only where they are many, by that. */
const MOST_NAMED = 64
const wordsFrom = (db: ReadDb, start: string): string[] | undefined => {
  const words: string[] = []
  const next = 'SELECT term FROM log_term WHERE term >= ? AND term < ? LIMIT 1'
  let from = start
  for (;;) {
    const found = db.get<{ term: string }>(next, [from, `${start}\u{10ffff}`])
    if (!found) return words
    if (words.length === MOST_NAMED) return undefined
    words.push(found.term)
    from = `${found.term}\u0001`
  }
}

/** A word that may go on. A single letter or digit of an alphabet begins too much to mean anything: it stands for itself. */
const openWord = (db: ReadDb, before: readonly string[], word: string): string => {
  const phrase = (last: string) => [...before.map(quoted), last].join(' + ')
  if (/^(?:[a-z0-9]|\d+)$/.test(word)) return phrase(quoted(word))
  const words = wordsFrom(db, word)
  if (!words) return phrase(`${quoted(word)} *`)
  return words.length === 0 ? NOTHING : anyOf(words.map(one => phrase(quoted(one))))
}

/** Every action there is, by leaps through its index. */
const ACTIONS = `WITH RECURSIVE a (action) AS (
  SELECT min(action) FROM log_entry
  UNION ALL SELECT (SELECT min(action) FROM log_entry WHERE action > a.action) FROM a WHERE a.action IS NOT NULL
) SELECT action FROM a WHERE action IS NOT NULL`

/** Codes of which a part begins with what was typed: `suspend` finds `account.suspend`. Short words begin too many. */
const codesWith = (db: ReadDb, piece: string): string[] => {
  const typed = piece.toLowerCase()
  if (typed.length < 4) return []
  const fits = (code: string) => code.startsWith(typed) || code.includes(`.${typed}`) || code.includes(`-${typed}`)
  return [
    ...DecisionKind.options.filter(fits).map(kind => property('k', kind)),
    ...db
      .column<string>(ACTIONS)
      .filter(fits)
      .map(action => property('x', action)),
  ]
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One piece of what was typed: its words side by side, or the id or code that it is. Nothing where it holds neither. */
const pieceQuery = (db: ReadDb, piece: string, open: boolean): string | undefined => {
  if (UUID.test(piece)) return property('c', piece)
  const sought = soughtIn(piece)
  if (!sought) return undefined
  const last = sought.words.at(-1) ?? ''
  const before = sought.words.slice(0, -1)
  const words = open && sought.open ? openWord(db, before, last) : [...before, last].map(quoted).join(' + ')
  const ids = /^\d+$/.test(piece) ? (['r', 'a'] as const).map(letter => property(letter, piece)) : []
  return anyOf([words, ...ids, ...codesWith(db, piece)])
}

/** Pieces between blanks; what stands in quotation marks is one piece, whose last word does not go on. */
const piecesOf = (text: string): { piece: string; open: boolean }[] =>
  [...text.matchAll(/["“”„«»]([^"“”„«»]+)["“”„«»]|(\S+)/g)].map(([, whole, loose]) => ({
    piece: whole ?? loose ?? '',
    open: whole === undefined,
  }))

const textQuery = (db: ReadDb, text: string): string => {
  const queries = piecesOf(text).flatMap(({ piece, open }) => pieceQuery(db, piece, open) ?? [])
  return queries.length === 0 ? NOTHING : queries.join(' AND ')
}

/** `@ada`, `ada` or `ada@town.example`: what we did there as that account, and what was seen of someone of that name. */
const moderatorQuery = (db: ReadDb, typed: string): string => {
  const [name = '', domain] = typed.replace(/^@/, '').toLowerCase().split('@')
  const servers = db
    .all<{ key: string; acct: string; domain: string }>('SELECT key, acct, domain FROM server ORDER BY key')
    .filter(server => domain === undefined || server.domain.toLowerCase() === domain)
  const ours = servers.filter(({ acct }) => acct.toLowerCase() === name).map(({ key }) => property('i', key))
  const seen = property('b', name)
  const there = servers.map(({ key }) => `(${seen} AND ${property('s', key)})`)
  return anyOf([...ours, ...(domain === undefined ? [seen] : there), NOTHING])
}

/** A handle, with or without its server where that is ours; else an account's id. */
const targetQuery = (db: ReadDb, typed: string): string => {
  const target = typed.trim().toLowerCase()
  const [name = '', domain] = target.replace(/^@/, '').split('@')
  const isHandle = target.startsWith('@') || domain !== undefined
  if (!isHandle) return anyOf([property('a', target), property('t', target)])
  const home = domain === undefined ? [] : db.column<string>('SELECT key FROM server WHERE lower(domain) = ?', [domain])
  const ours = home.map(key => `(${property('t', name)} AND ${property('s', key)})`)
  return anyOf([property('t', domain === undefined ? name : `${name}@${domain}`), ...ours])
}

const MOST_TOKENS = 400

/** The months of a period, then the days at its ends, then the hours (UTC); undefined where they are too many to name. */
const timesQuery = (from: number, to: number): string | undefined => {
  const tokens: string[] = []
  const steps = [
    { length: 7, next: (at: Date) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1), begins: /-01T00:00/ },
    { length: 10, next: (at: Date) => at.getTime() + DAY_MS, begins: /T00:00/ },
    { length: 13, next: (at: Date) => at.getTime() + HOUR_MS, begins: /./ },
  ]
  for (let at = Math.floor(from / HOUR_MS) * HOUR_MS; at < to; ) {
    const date = new Date(at)
    const text = date.toISOString()
    const whole = steps.find(({ next, begins }) => begins.test(text) && next(date) <= to) ?? steps[2]
    if (!whole || tokens.length === MOST_TOKENS) return undefined
    tokens.push(property('y', text.slice(0, whole.length)))
    at = whole.next(date)
  }
  return tokens.length === 0 ? NOTHING : anyOf(tokens)
}

/** The part of a period in which there are entries at all. */
const within = (db: ReadDb, { from, to }: Pick<LogFilter, 'from' | 'to'>): { from: number; to: number } => {
  const held = db.get<{ first: number | null; last: number | null }>(
    'SELECT (SELECT min(at) FROM log_entry) AS first, (SELECT max(at) FROM log_entry) AS last',
  )
  return {
    from: Math.max(from ?? 0, held?.first ?? 0),
    to: Math.min(to ?? Number.MAX_SAFE_INTEGER, (held?.last ?? 0) + 1),
  }
}

/** How entries are found: `match` in the index, and `exact` where their time must be compared too. */
export type Search = { match: string; exact: { from: number; to: number } | null }

const isWhole = (at: number | undefined): boolean => at === undefined || at % HOUR_MS === 0

/** A period by its hours; where it begins or ends within one, or is too long to be named so, the time itself decides. */
const periodOf = (db: ReadDb, filter: LogFilter): { times: string | undefined; exact: Search['exact'] } => {
  if (filter.from === undefined && filter.to === undefined) return { times: undefined, exact: null }
  const period = within(db, filter)
  const times = timesQuery(period.from, period.to)
  const isExact = times === undefined || !isWhole(filter.from) || !isWhole(filter.to)
  return { times, exact: isExact ? period : null }
}

/** What a filter asks of the index; undefined when it asks nothing, so that every entry fits. */
export const searchOf = (db: ReadDb, filter: LogFilter): Search | undefined => {
  const { server, moderator, kind, target, domain, rule, report, source, text } = filter
  const given = (value: string | undefined, query: (value: string) => string) =>
    value === undefined || value.trim() === '' ? [] : [query(value.trim())]
  const { times, exact } = periodOf(db, filter)
  const parts = [
    ...given(server, value => property('s', value)),
    ...given(report, value => property('r', value)),
    ...given(target, value => targetQuery(db, value)),
    ...given(moderator, value => moderatorQuery(db, value)),
    ...given(kind, value => anyOf([property('k', value), property('x', value)])),
    ...given(domain, value => property('d', domainToASCII(value.replace(/\.$/, '')) || value)),
    ...given(rule, value => property('u', value)),
    ...given(text, value => textQuery(db, value)),
    ...given(source, value => property('z', value)),
    ...(times === undefined ? [] : [times]),
  ]
  if (parts.length === 0) return exact ? { match: '', exact } : undefined
  return { match: parts.map(part => `(${part})`).join(' AND '), exact }
}
