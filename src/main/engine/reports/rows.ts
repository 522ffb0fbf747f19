import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReportRow } from '../../../shared/contract/reports.ts'
import { accountFlags, accountName, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import {
  joinRowDecision,
  type RowDecisionColumns,
  rowDecisionColumns,
  toRowDecision,
} from '../decisions/row-decision.ts'
import { interestOf } from '../interests/table.ts'
import type { Snooze } from './snooze.ts'
import type { StoredReport } from './table.ts'

type Row = StoredReport &
  NameRow &
  RowDecisionColumns & {
    me: string
    a_permissions: string
    marked: number
    open_on_target: number
    z_until: number | null
    z_reason: string
    z_back: Snooze['back']
  }

/** A decision that ended shows in its row for a day. */
const SHOWN_MS = 86_400_000
const COMMENT_LENGTH = 300

/** A row shows what was decided about its account or about the report itself; who takes it stands in a place of its own. */
const ON_ROW = `x.server = r.server AND x.account_id = r.target_id AND (x.report_id = r.id OR x.kind LIKE 'account.%')
      AND x.kind NOT IN ('report.assign', 'report.unassign')`

const select = `
  SELECT r.*, ${nameColumns}, s.account_id AS me, a.permissions AS a_permissions, c.account_id IS NOT NULL AS marked,
    (SELECT count(*) FROM mirror.report o WHERE o.server = r.server AND o.target_id = r.target_id AND o.resolved_at IS NULL) AS open_on_target,
    z.until AS z_until, z.reason AS z_reason, z.back AS z_back,
    ${rowDecisionColumns}
  FROM mirror.report r
  JOIN mirror.account a ON a.server = r.server AND a.id = r.target_id
  JOIN server s ON s.key = r.server
  LEFT JOIN close_account c ON c.server = r.server AND c.account_id = r.target_id
  LEFT JOIN snooze z ON z.server = r.server AND z.report_id = r.id
  ${joinRowDecision(ON_ROW, SHOWN_MS)}`

const toRow = (row: Row): ReportRow => ({
  server: row.server,
  id: row.id,
  category: row.category,
  comment: row.comment.slice(0, COMMENT_LENGTH),
  createdAt: row.created_at,
  resolvedAt: row.resolved_at,
  resolvedBy: row.resolved_by,
  assignedTo: row.assigned_to === null ? null : { name: row.assigned_to, me: row.assigned_id === row.me },
  target: { ...accountName(row), flags: accountFlags(row) },
  reporter: { domain: row.reporter_domain },
  posts: JSON.parse(row.posts).length,
  snooze: row.z_until === null ? null : { until: row.z_until, reason: row.z_reason, back: row.z_back },
  interest: interestOf({
    me: row.me,
    target: row.target_id,
    domain: row.domain,
    permissions: row.a_permissions,
    reporter: row.reporter_id,
    marked: row.marked === 1,
  }),
  openOnTarget: row.open_on_target,
  decision: toRowDecision(row),
})

/** Rows of these numbers, by number; a report that went with its server is missing. */
export const rowsOf = (db: ReadDb, numbers: readonly number[], now: number): Map<number, ReportRow> =>
  new Map(
    db
      .all<Row>(`${select} WHERE r.n IN (SELECT value FROM json_each(@numbers))`, {
        numbers: JSON.stringify(numbers),
        now,
      })
      .map(row => [row.n, toRow(row)]),
  )

/** The row of one report, or nothing. */
export const rowOf = (db: ReadDb, server: ServerKey, id: string, now: number): ReportRow | undefined => {
  const row = db.get<Row>(`${select} WHERE r.server = @server AND r.id = @id`, { server, id, now })
  return row && toRow(row)
}
