/** Reports: contract E.2, and filing one (g). */
import { castBoolean, castText, fits64Bits, isPresent, leadingInteger } from './casts.ts'
import type { AccountRecord, ReportCategory, ReportRecord } from './model.ts'
import { notify } from './notifications.ts'
import { Crash, invalid, notFound } from './refusals.ts'
import { isAssigned } from './roles.ts'
import type { Sample } from './sample.ts'

type Params = Readonly<Record<string, unknown>>

const categories: readonly string[] = ['other', 'spam', 'legal', 'violation'] satisfies ReportCategory[]

function isCategory(word: string): word is ReportCategory {
  return categories.includes(word)
}

/** Which reports a list shows: rows to walk, ascending by id, and the test. */
export function reportFilter(
  sample: Sample,
  params: Params,
): { rows: readonly ReportRecord[]; fits: (report: ReportRecord) => boolean } {
  const { world, release } = sample
  const byPresence = release.reports.resolvedByPresence
  const resolved = byPresence
    ? isPresent(params.resolved) || params.resolved === false
    : castBoolean(params.resolved) === true
  const unresolved = !byPresence && castBoolean(params.unresolved) === true
  let rows: readonly ReportRecord[] = world.reports.all()
  const tests: ((report: ReportRecord) => boolean)[] = []
  if (!(resolved && unresolved)) tests.push(report => (report.actionTakenAt !== null) === resolved)
  if (isPresent(params.account_id)) rows = world.reportsByReporter.get(idText(params.account_id)) ?? []
  if (isPresent(params.target_account_id)) {
    const target = idText(params.target_account_id)
    if (isPresent(params.account_id)) tests.push(report => report.targetAccountId === target)
    else rows = world.reportsByTarget.get(target) ?? []
  }
  return { rows, fits: report => tests.every(test => test(report)) }
}

function idText(value: unknown): string {
  const id = leadingInteger(value)
  return fits64Bits(id) ? id.toString() : ''
}

/** Changes a row and its `updated_at`, if something changed. */
function touch(sample: Sample, report: ReportRecord, changes: Partial<ReportRecord>): boolean {
  const before = JSON.stringify(report)
  Object.assign(report, changes)
  const changed = JSON.stringify(report) !== before
  if (changed) report.updatedAt = sample.clock.now()
  return changed
}

/** Closes a report in somebody's name; on a closed one it overwrites who and when. These three are true when something changed. */
export function closeReport(sample: Sample, report: ReportRecord, by: AccountRecord): boolean {
  return touch(sample, report, { actionTakenAt: sample.clock.now(), actionTakenByAccountId: by.id })
}

/** Opens it again; no action is undone, the assignee stays. */
export function reopenReport(sample: Sample, report: ReportRecord): boolean {
  return touch(sample, report, { actionTakenAt: null, actionTakenByAccountId: null })
}

/** Gives it to somebody (taking it over if need be) or to nobody. */
export function assignReport(sample: Sample, report: ReportRecord, assignee: AccountRecord | null): boolean {
  return touch(sample, report, { assignedAccountId: assignee?.id ?? null })
}

function categoryOf(sample: Sample, value: unknown): ReportCategory {
  const word = castText(value) ?? ''
  // An enum of the real server throws on an unknown word, before any validation.
  if (!isCategory(word) || (word === 'legal' && !sample.release.reports.legalCategory))
    throw new Crash('unknown category')
  return word
}

/** A list of ids; anything but a list counts as not sent, as the server takes lists only. */
function idList(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.flatMap(id => castText(id) ?? []) : undefined
}

/** Rules must exist (deleted ones count), once each, for a violation only. Throws the 422. */
function checkRules(sample: Sample, category: ReportCategory, ruleIds: readonly string[] | null): void {
  const ids = ruleIds ?? []
  if (category !== 'violation') {
    if (ids.length > 0) throw invalid('Rule ids must be blank')
    return
  }
  const valid =
    ids.length > 0 && new Set(ids).size === ids.length && ids.every(id => sample.world.rules.get(id) !== undefined)
  if (!valid) throw invalid('Rule ids does not reference valid rules')
}

/** PUT: only category and rules can change. Throws 422 (rules) or crashes (unknown category). True when something changed. */
export function updateReport(sample: Sample, report: ReportRecord, params: Params): boolean {
  const category = params.category === undefined ? report.category : categoryOf(sample, params.category)
  const ruleIds = idList(params.rule_ids) ?? report.ruleIds
  const ids = (list: readonly string[] | null): string => (list ?? []).join()
  if (category !== report.category || ids(ruleIds) !== ids(report.ruleIds)) checkRules(sample, category, ruleIds)
  return touch(sample, report, { category, ruleIds })
}

/** What is needed to file a report. */
export type Filing = {
  readonly statusIds: readonly string[]
  readonly category: ReportCategory
  readonly ruleIds: readonly string[]
  readonly comment: string
  readonly forward: boolean
  readonly label: string | null
}

/** Stores a report and tells the staff, unless another open report about the same account exists (contract G.1). */
export function fileReport(sample: Sample, by: AccountRecord, target: AccountRecord, filing: Filing): ReportRecord {
  const { world, clock } = sample
  const known = (world.reportsByTarget.get(target.id) ?? []).some(report => report.actionTakenAt === null)
  const now = clock.now()
  const own = new Set((world.statusesByAccount.get(target.id) ?? []).map(status => status.id))
  const report = world.addReport({
    id: world.reports.serials.next(),
    accountId: by.id,
    targetAccountId: target.id,
    category: filing.category,
    comment: filing.comment,
    forwarded: filing.forward && target.domain !== null,
    createdAt: now,
    updatedAt: now,
    actionTakenAt: null,
    actionTakenByAccountId: null,
    assignedAccountId: null,
    statusIds: filing.statusIds.filter(id => own.has(id)),
    ruleIds: filing.category === 'violation' ? filing.ruleIds : null,
    label: filing.label,
  })
  if (known) return report
  for (const staff of world.accountsByDomain.get('')?.all() ?? []) {
    if (isAssigned(world, staff, 'manage_reports')) notify(sample, 'admin.report', staff, by, { reportId: report.id })
  }
  return report
}

/** POST /api/v1/reports. 404 for an unknown or suspended target or a foreign post, 422 for rules and comment. */
export function fileReportFrom(sample: Sample, by: AccountRecord, params: Params): ReportRecord {
  const { world } = sample
  const target = world.account(castText(params.account_id) ?? '')
  if (target === undefined || target.suspendedAt !== null) throw notFound()
  const comment = castText(params.comment) ?? ''
  if (comment.length > 1000) throw invalid('Comment is too long (maximum is 1000 characters)')
  const ruleIds = idList(params.rule_ids) ?? []
  const word = isPresent(params.category) ? params.category : ruleIds.length > 0 ? 'violation' : 'other'
  const category = categoryOf(sample, word)
  checkRules(sample, category, ruleIds)
  const statusIds = idList(params.status_ids) ?? []
  const own = new Set((world.statusesByAccount.get(target.id) ?? []).map(status => status.id))
  if (statusIds.some(id => !own.has(id))) throw notFound()
  return fileReport(sample, by, target, {
    statusIds,
    category,
    ruleIds,
    comment,
    forward: castBoolean(params.forward) ?? false,
    label: null,
  })
}
