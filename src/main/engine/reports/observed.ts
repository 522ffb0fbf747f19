import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import type { ReportEntity } from '../mastodon/entities/report.ts'
import { findReport } from './table.ts'

type Seen = { action: string; facts: Record<string, string | number | null>; personal: Record<string, string> }

/** True when a decision of ours, sent after the last look, explains a change of this report. */
const isOurs = (db: WriteDb, server: ServerKey, report: ReportEntity, lastLook: number): boolean =>
  db.get(
    `SELECT 1 FROM decision WHERE server = @server AND sent_at IS NOT NULL AND coalesce(settled_at, sent_at) >= @lastLook - 60000
     AND (report_id = @report OR account_id = @account) AND state IN ('sending', 'unknown', 'done')`,
    { server, lastLook, report: report.id, account: report.target_account.id },
  ) !== undefined

/**
 * Logs what someone else did to a report since we last looked, with the interval. A report not held before proves nothing, so a
 * rebuilt mirror invents no history. True when something was logged.
 */
export const observe = (
  context: Context,
  db: WriteDb,
  server: ServerKey,
  report: ReportEntity,
  now: number,
): boolean => {
  const before = findReport(db, server, report.id)
  if (!before) return false
  const seen: Seen[] = []
  const wasResolved = before.resolved_at !== null
  const by = report.action_taken_by_account?.username
  if (report.action_taken && !wasResolved)
    seen.push({
      action: 'report.seen-resolved',
      facts: { resolvedAt: report.action_taken_at ?? null },
      personal: by === undefined ? {} : { by },
    })
  if (!report.action_taken && wasResolved) seen.push({ action: 'report.seen-reopened', facts: {}, personal: {} })
  const assigned = report.assigned_account?.username
  if ((report.assigned_account?.id ?? null) !== before.assigned_id)
    seen.push({ action: 'report.seen-assigned', facts: {}, personal: assigned === undefined ? {} : { to: assigned } })
  if (report.category !== before.category)
    seen.push({
      action: 'report.seen-changed',
      facts: { before: before.category, after: report.category },
      personal: {},
    })
  if (seen.length === 0 || isOurs(db, server, report, before.seen_at)) return false
  for (const { action, facts, personal } of seen)
    context.log(db, {
      source: 'saw',
      action,
      server,
      facts: { report: report.id, ...facts, from: before.seen_at, to: now },
      personal,
    })
  return true
}
