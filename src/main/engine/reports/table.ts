import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { ReportEntity } from '../mastodon/entities/report.ts'
import { ordOf } from '../sync/ord.ts'

/** Severest first. */
export const severityOf = { legal: 0, violation: 1, spam: 2, other: 3 } as const satisfies Record<
  ReportEntity['category'],
  number
>

/** A report's row in the mirror. Times in ms; `rules` and `posts` are JSON arrays of ids. */
export type StoredReport = {
  n: number
  server: ServerKey
  id: string
  ord: string
  category: ReportEntity['category']
  severity: number
  comment: string
  created_at: number
  updated_at: number
  resolved_at: number | null
  resolved_by_id: string | null
  resolved_by: string | null
  assigned_id: string | null
  assigned_to: string | null
  target_id: string
  target_domain: string | null
  reporter_id: string
  reporter_domain: string | null
  forwarded: number | null
  rules: string
  posts: string
  /** Campaign keys and languages of its posts (JSON arrays), and of what they were taken: see gist.ts. */
  keys: string
  languages: string
  gist: string
  seen_at: number
}

/** One report, or nothing. */
export const findReport = (db: ReadDb, server: ServerKey, id: string): StoredReport | undefined =>
  db.get<StoredReport>('SELECT * FROM mirror.report WHERE server = ? AND id = ?', [server, id])

/** Those of these reports that are held, by id. */
export const findReports = (db: ReadDb, server: ServerKey, ids: readonly string[]): ReadonlyMap<string, StoredReport> =>
  new Map(
    db
      .all<StoredReport>('SELECT * FROM mirror.report WHERE server = ? AND id IN (SELECT value FROM json_each(?))', [
        server,
        JSON.stringify(ids),
      ])
      .map(report => [report.id, report]),
  )

/** Ids of the open reports about an account, newest first. */
export const openReportsAbout = (db: ReadDb, server: ServerKey, account: string): string[] =>
  db.column<string>(
    'SELECT id FROM mirror.report WHERE server = ? AND target_id = ? AND resolved_at IS NULL ORDER BY ord DESC',
    [server, account],
  )

/** Ids of the reports held as open whose `ord` is within these bounds. */
export const heldOpen = (db: ReadDb, server: ServerKey, from: string, below: string): string[] =>
  db.column<string>('SELECT id FROM mirror.report WHERE server = ? AND resolved_at IS NULL AND ord >= ? AND ord < ?', [
    server,
    from,
    below,
  ])

/** Ids of all reports about an account that are held here. */
export const reportsAbout = (db: ReadDb, server: ServerKey, account: string): string[] =>
  db.column<string>('SELECT id FROM mirror.report INDEXED BY report_target WHERE server = ? AND target_id = ?', [
    server,
    account,
  ])

/** The same of those held as closed. */
export const heldClosed = (db: ReadDb, server: ServerKey, from: string, below: string): string[] =>
  db.column<string>(
    'SELECT id FROM mirror.report WHERE server = ? AND resolved_at IS NOT NULL AND ord >= ? AND ord < ?',
    [server, from, below],
  )

/** Forgets a report; false when it was not held. */
export const removeReport = (db: WriteDb, server: ServerKey, id: string): boolean =>
  db.run('DELETE FROM mirror.report WHERE server = ? AND id = ?', [server, id]) === 1

const columns = [
  'server',
  'id',
  'ord',
  'category',
  'severity',
  'comment',
  'created_at',
  'updated_at',
  'resolved_at',
  'resolved_by_id',
  'resolved_by',
  'assigned_id',
  'assigned_to',
  'target_id',
  'target_domain',
  'reporter_id',
  'reporter_domain',
  'forwarded',
  'rules',
  'posts',
  'keys',
  'languages',
  'gist',
  'seen_at',
] as const
// Put together once: a page has two hundred of them, and a new text each time costs more than the row.
// OR FAIL: what a statement with triggers changed is else copied, page by page, to take back it alone; here all of the transaction is.
const insertSql = `INSERT OR FAIL INTO mirror.report (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
const updateSql = `UPDATE mirror.report SET ${columns.map(name => `${name} = ?`).join(', ')} WHERE n = ?`
const seenSql = 'UPDATE mirror.report SET seen_at = ? WHERE n = ?'

/** A report as it is stored; its number comes with its place. */
type ReportRow = Pick<StoredReport, (typeof columns)[number]>

/** A report as the server told it, as it is stored, with what it is found by. Of who filed it only the id and the server stay. */
export const reportRow = (
  server: ServerKey,
  report: ReportEntity,
  { keys, languages, gist }: Pick<StoredReport, 'keys' | 'languages' | 'gist'>,
  now: number,
): ReportRow => ({
  server,
  id: report.id,
  ord: ordOf(report.id),
  category: report.category,
  severity: severityOf[report.category],
  comment: report.comment,
  created_at: report.created_at,
  updated_at: report.updated_at,
  resolved_at: report.action_taken ? (report.action_taken_at ?? report.updated_at) : null,
  resolved_by_id: report.action_taken_by_account?.id ?? null,
  resolved_by: report.action_taken_by_account?.username ?? null,
  assigned_id: report.assigned_account?.id ?? null,
  assigned_to: report.assigned_account?.username ?? null,
  target_id: report.target_account.id,
  target_domain: report.target_account.domain,
  reporter_id: report.account?.id ?? '',
  reporter_domain: report.account?.domain ?? null,
  forwarded: typeof report.forwarded === 'boolean' ? Number(report.forwarded) : null,
  rules: JSON.stringify(report.rules.map(rule => rule.id)),
  posts: JSON.stringify(report.statuses.ids),
  keys,
  languages,
  gist,
  seen_at: now,
})

/** Stores a report in place of what was held `before`, and answers its number. */
export const putReport = (db: WriteDb, row: ReportRow, before: StoredReport | undefined): number => {
  const values = columns.map(name => row[name])
  if (!before) return db.insert(insertSql, values)
  // Mostly nothing changed since the last look, and no index has to move.
  const isSame = columns.every(name => name === 'seen_at' || before[name] === row[name])
  if (isSame) db.run(seenSql, [row.seen_at, before.n])
  else db.run(updateSql, [...values, before.n])
  return before.n
}
