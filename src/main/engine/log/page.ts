import { LOG_COUNTED, type LogEntry, type LogFilter } from '../../../shared/contract/log.ts'
import type { ReadDb } from '../db/handle.ts'
import { readBody } from './entry.ts'
import { type Search, searchOf } from './search.ts'
import { searchedFrom } from './search-index.ts'

/** The entries that fit: their place among `before` and `after`, without order or limit. */
const fitting = ({ match, exact }: Search) => {
  const params = { ...(match === '' ? {} : { match }), ...(exact ?? {}) }
  const time = 'e.at >= @from AND e.at < @to'
  if (match === '') return { from: 'log_entry e', seq: 'e.seq', where: time, params }
  const found = 'log_search MATCH @match'
  if (!exact) return { from: 'log_search', seq: 'log_search.rowid', where: found, params }
  // CROSS JOIN keeps the order: what was found first, then its time.
  return {
    from: 'log_search CROSS JOIN log_entry e ON e.seq = log_search.rowid',
    seq: 'log_search.rowid',
    where: `${found} AND ${time}`,
    params,
  }
}

const page = (db: ReadDb, search: Search, before: number, limit: number): number[] => {
  const { from, seq, where, params } = fitting(search)
  return db
    .all<{ seq: number }>(
      `SELECT ${seq} AS seq FROM ${from} WHERE ${where} AND ${seq} < @before ORDER BY ${seq} DESC LIMIT @limit`,
      { ...params, before, limit },
    )
    .map(row => row.seq)
}

const count = (db: ReadDb, search: Search): number => {
  const { from, where, params } = fitting(search)
  return (
    db.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT @most)`, {
      ...params,
      most: LOG_COUNTED + 1,
    })?.n ?? 0
  )
}

type PersonalRow = { seq: number; name: string; value: string | null }
const personalOf = (db: ReadDb, seqs: readonly number[]): Map<number, PersonalRow[]> => {
  const rows = db.all<PersonalRow>(
    'SELECT seq, name, value FROM log_personal WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq, name',
    [JSON.stringify(seqs)],
  )
  const bySeq = new Map<number, PersonalRow[]>()
  for (const row of rows) bySeq.set(row.seq, [...(bySeq.get(row.seq) ?? []), row])
  return bySeq
}

/** Numbers run without gaps, so the newest one counts them all, also those that a damaged vault lost. */
const newest = (db: ReadDb): number => db.get<{ n: number | null }>('SELECT max(seq) AS n FROM log_entry')?.n ?? 0

type EntryRow = { seq: number; body: string; hash: string }

/** One page, newest first, from below `before`; `total` counts all that fit the filter, up to a limit. */
export const logPage = (
  db: ReadDb,
  { before = Number.MAX_SAFE_INTEGER, limit, ...filter }: LogFilter & { before?: number | undefined; limit: number },
): { entries: LogEntry[]; total: number; more: boolean; searchedFrom: number | null } => {
  const search = searchOf(db, filter)
  const rows = search
    ? db.all<EntryRow>(
        'SELECT seq, body, hash FROM log_entry WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq DESC',
        [JSON.stringify(page(db, search, before, limit))],
      )
    : db.all<EntryRow>('SELECT seq, body, hash FROM log_entry WHERE seq < ? ORDER BY seq DESC LIMIT ?', [before, limit])
  const total = search ? count(db, search) : newest(db)
  const floor = searchedFrom(db)
  const personal = personalOf(
    db,
    rows.map(row => row.seq),
  )
  return {
    entries: rows.map(row => entryOf(row, personal.get(row.seq) ?? [])),
    total: search ? Math.min(total, LOG_COUNTED) : total,
    more: search !== undefined && total > LOG_COUNTED,
    searchedFrom: search && floor > 1 ? floor : null,
  }
}

/** What someone else was seen to do to a report, newest first. */
export const seenAbout = (db: ReadDb, server: string, report: string, limit: number): LogEntry[] => {
  const rows = db.all<{ seq: number; body: string; hash: string }>(
    `SELECT seq, body, hash FROM log_entry INDEXED BY log_seen_report
     WHERE server = ? AND iif(json_valid(body), json_extract(body, '$.facts.report'), NULL) = ? AND source = 'saw' ORDER BY seq DESC LIMIT ?`,
    [server, report, limit],
  )
  const personal = personalOf(
    db,
    rows.map(row => row.seq),
  )
  return rows.map(row => entryOf(row, personal.get(row.seq) ?? []))
}

const entryOf = ({ seq, body, hash }: { seq: number; body: string; hash: string }, rows: PersonalRow[]): LogEntry => {
  const read = readBody(body)
  const standing = rows.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]))
  const erased = rows.filter(row => row.value === null).map(row => row.name)
  const shown = { seq, personal: Object.fromEntries(standing), erased, hash }
  if (!read) return { ...shown, at: 0, source: 'did', action: 'log.unreadable', server: null, facts: {} }
  const { at, source, action, server, facts } = read
  return { ...shown, at, source, action, server, facts }
}
