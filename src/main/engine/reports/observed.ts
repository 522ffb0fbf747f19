import { type DecisionKind, Fields } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { handleOf } from '../accounts/table.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { oursAbout, oursOn } from '../decisions/ours.ts'
import type { ReportEntity } from '../mastodon/entities/report.ts'
import { findServer } from '../servers/table.ts'
import type { StoredReport } from './table.ts'

type Seen = {
  action: string
  facts: Record<string, string | number | null | string[]>
  personal: Record<string, string>
}

/** Kinds of decision that close a report: its own, and every action on its account (contract E.1). */
const closing: readonly DecisionKind[] = [
  'report.close',
  'account.warn',
  'account.sensitive',
  'account.limit',
  'account.freeze',
  'account.suspend',
]

/** True when a decision of ours may have filed the report under what it shows now. */
const isChosen = (
  db: ReadDb,
  server: ServerKey,
  { id, category }: ReportEntity,
  rules: readonly string[],
  lastLook: number,
): boolean =>
  oursOn(db, server, `report:${id}`, lastLook).some(({ kind, fields }) => {
    if (kind !== 'report.categorise') return false
    const chosen = Fields.parse(JSON.parse(fields))
    return chosen.category === category && [chosen.rules ?? []].flat().sort().join() === [...rules].sort().join()
  })

const changesOf = (db: ReadDb, server: ServerKey, report: ReportEntity, before: StoredReport): Seen[] => {
  const seen: Seen[] = []
  // Of two hundred reports that a sweep shows again, hardly one changed: only for that one the tables are asked.
  const isMe = (id: string | undefined) => id === findServer(db, server)?.account.id
  const about = { report: report.id, account: report.target_account.id }
  const ours = (...kinds: DecisionKind[]) =>
    oursAbout(db, server, about, before.seen_at).some(({ kind }) => kinds.includes(kind))
  const wasResolved = before.resolved_at !== null
  const by = report.action_taken_by_account
  // Opened and closed again between two looks: the newer name stands there now.
  const again = wasResolved && (report.action_taken_at ?? 0) > (before.resolved_at ?? 0)
  if (report.action_taken && (!wasResolved || again) && !(isMe(by?.id) && ours(...closing)))
    seen.push({
      action: 'report.seen-resolved',
      facts: { resolvedAt: report.action_taken_at ?? null, ...(again ? { again: 'yes' } : {}) },
      personal: by ? { by: by.username } : {},
    })
  if (!report.action_taken && wasResolved && !ours('report.reopen'))
    seen.push({ action: 'report.seen-reopened', facts: {}, personal: {} })
  const assigned = report.assigned_account ?? null
  const isOurAssignment = () =>
    assigned === null ? ours('report.unassign') : isMe(assigned.id) && ours('report.assign')
  if ((assigned?.id ?? null) !== before.assigned_id && !isOurAssignment())
    seen.push({
      action: 'report.seen-assigned',
      facts: {},
      personal: assigned ? { assigned: assigned.username } : {},
    })
  const moved = report.category !== before.category
  const rules = report.rules.map(({ id }) => id)
  const others = [...rules].sort().join() !== JSON.parse(before.rules).sort().join()
  if ((moved || others) && !isChosen(db, server, report, rules, before.seen_at))
    seen.push({
      action: moved ? 'report.seen-changed' : 'report.seen-rules',
      facts: { ...(moved ? { before: before.category, after: report.category } : {}), ...(others ? { rules } : {}) },
      personal: {},
    })
  return seen
}

/**
 * Logs what someone else did to a report since we last looked, with the interval: from when the server was asked then, to now that its
 * answer is here. A report not held before proves nothing, so a
 * rebuilt mirror invents no history. True when something was logged.
 */
export const observe = (
  context: Context,
  db: WriteDb,
  server: ServerKey,
  report: ReportEntity,
  before: StoredReport,
): boolean => {
  const seen = changesOf(db, server, report, before)
  for (const { action, facts, personal } of seen)
    context.log(db, {
      source: 'saw',
      action,
      server,
      facts: {
        report: report.id,
        account: report.target_account.id,
        ...facts,
        from: before.seen_at,
        to: context.clock.now(),
      },
      personal: { target: handleOf(report.target_account), ...personal },
    })
  return seen.length > 0
}
