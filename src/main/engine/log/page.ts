import type { LogEntry } from '../../../shared/contract/log.ts'
import type { ReadDb } from '../db/handle.ts'
import { readBody } from './entry.ts'

/** Which entries: of one server, with a text in action, facts or a personal value that still stands. */
export type LogFilter = { server?: string | undefined; text?: string | undefined }

/** A pattern for LIKE that finds the text itself, as JSON writes it and as it is. */
const patterns = (text: string) => {
  const like = (one: string) => `%${one.replace(/[\\%_]/g, '\\$&')}%`
  return { plain: like(text), inJson: like(JSON.stringify(text).slice(1, -1)) }
}

const where = ({ server, text }: LogFilter): { sql: string; params: Record<string, string> } => {
  const parts: string[] = []
  const params: Record<string, string> = {}
  if (server !== undefined) {
    parts.push('e.server = @server')
    params.server = server
  }
  if (text !== undefined && text.trim() !== '') {
    const { plain, inJson } = patterns(text.trim())
    params.plain = plain
    params.inJson = inJson
    // The body also holds hashes: it only tells which entries are worth a closer look.
    parts.push(`(e.action LIKE @plain ESCAPE '\\'
      OR (e.body LIKE @inJson ESCAPE '\\' AND json_extract(e.body, '$.facts') LIKE @inJson ESCAPE '\\')
      OR EXISTS (SELECT 1 FROM log_personal p WHERE p.seq = e.seq AND p.value LIKE @plain ESCAPE '\\'))`)
  }
  return { sql: parts.length > 0 ? parts.join(' AND ') : 'true', params }
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

/** One page, newest first, from below `before`; `total` counts all that fit the filter. */
export const logPage = (
  db: ReadDb,
  { before, limit, ...filter }: LogFilter & { before?: number | undefined; limit: number },
): { entries: LogEntry[]; total: number } => {
  const { sql, params } = where(filter)
  const rows = db.all<{ seq: number; body: string; hash: string }>(
    `SELECT e.seq, e.body, e.hash FROM log_entry e WHERE ${sql} AND e.seq < @before ORDER BY e.seq DESC LIMIT @limit`,
    { ...params, before: before ?? Number.MAX_SAFE_INTEGER, limit },
  )
  const total =
    sql === 'true'
      ? newest(db)
      : (db.get<{ n: number }>(`SELECT count(*) AS n FROM log_entry e WHERE ${sql}`, params)?.n ?? 0)
  const personal = personalOf(
    db,
    rows.map(row => row.seq),
  )
  return { entries: rows.map(row => entryOf(row, personal.get(row.seq) ?? [])), total }
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

/** How many entries are newer than a moment (milliseconds). */
export const countSince = (db: ReadDb, since: number): number =>
  db.get<{ n: number }>('SELECT count(*) AS n FROM log_entry WHERE at > ?', [since])?.n ?? 0
