/** Admin::Report, plain Report, Rule, AccountWarning (contract F.3, F.9, F.15). */

import { compareIds } from '../rules/ids.ts'
import type { ReportRecord, RuleRecord, StatusRecord, StrikeRecord } from '../rules/model.ts'
import { accountText, adminAccountText } from './account.ts'
import { statusText } from './status.ts'
import { iso, isoOrNull } from './times.ts'
import { type JsonText, listText, type View, withTexts } from './view.ts'

/** Rule (contract F.9). */
function ruleEntity(view: View, rule: RuleRecord): object {
  const entity: Record<string, unknown> = { id: rule.id, text: rule.text }
  if (view.has('4.3')) entity.hint = rule.hint
  if (view.has('4.4')) entity.translations = rule.translations
  return entity
}

/** The server's rules in force, in order. */
export function rulesInForce(view: View): object[] {
  const rules = view.sample.world.rules
    .all()
    .filter(rule => rule.deletedAt === null)
    .sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0))
  return rules.map(rule => ruleEntity(view, rule))
}

/** Before 4.2 there was no `legal`. */
function categoryOf(view: View, report: ReportRecord): string {
  return report.category === 'legal' && !view.sample.release.reports.legalCategory ? 'other' : report.category
}

function rulesOf(view: View, ids: readonly string[]): object[] {
  return ids.flatMap(id => {
    const rule = view.sample.world.rules.get(id)
    return rule === undefined ? [] : [ruleEntity(view, rule)]
  })
}

/** Reported posts, newest first: soft-deleted ones too, purged ones not (contract F.3). */
function reportedStatuses(view: View, ids: readonly string[]): StatusRecord[] {
  const found = ids.flatMap(id => view.sample.world.statuses.get(id) ?? [])
  return found.sort((a, b) => compareIds(b.id, a.id))
}

function adminAccountOrNull(view: View, id: string | null): JsonText {
  const account = id === null ? undefined : view.account(id)
  return account === undefined ? 'null' : adminAccountText(view, account)
}

/** JSON text of an Admin::Report. */
export function adminReportText(view: View, report: ReportRecord): JsonText {
  const head = {
    id: report.id,
    action_taken: report.actionTakenAt !== null,
    action_taken_at: isoOrNull(report.actionTakenAt),
    category: categoryOf(view, report),
    comment: report.comment,
    forwarded: report.forwarded,
    created_at: iso(report.createdAt),
    updated_at: iso(report.updatedAt),
    rules: rulesOf(view, report.ruleIds ?? []),
  }
  return withTexts(head, {
    account: adminAccountOrNull(view, report.accountId),
    target_account: adminAccountOrNull(view, report.targetAccountId),
    assigned_account: adminAccountOrNull(view, report.assignedAccountId),
    action_taken_by_account: adminAccountOrNull(view, report.actionTakenByAccountId),
    statuses: listText(reportedStatuses(view, report.statusIds).map(status => statusText(view, status))),
  })
}

/** JSON text of the plain Report that a reporter and a notification see. */
export function reportText(view: View, report: ReportRecord): JsonText {
  const target = view.account(report.targetAccountId)
  const head: Record<string, unknown> = {
    id: report.id,
    action_taken: report.actionTakenAt !== null,
    action_taken_at: isoOrNull(report.actionTakenAt),
    category: categoryOf(view, report),
    comment: report.comment,
    forwarded: report.forwarded,
    created_at: iso(report.createdAt),
    status_ids: report.statusIds,
    rule_ids: report.ruleIds,
  }
  if (view.has('4.6')) head.collection_ids = []
  return withTexts(head, { target_account: target === undefined ? 'null' : accountText(view, target) })
}

/** JSON text of an AccountWarning. */
export function strikeText(view: View, strike: StrikeRecord): JsonText {
  const target = view.account(strike.targetAccountId)
  const { id, action, text } = strike
  const head = { id, action, text, status_ids: strike.statusIds, created_at: iso(strike.createdAt), appeal: null }
  return withTexts(head, { target_account: target === undefined ? 'null' : accountText(view, target) })
}
