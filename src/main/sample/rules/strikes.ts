/** What moderators do to accounts: contract E.1, actions and their undoing. */
import { castBoolean, castText, isPresent } from './casts.ts'
import { queueDeletion, requestDeletion } from './deletion.ts'
import { canonicalEmailHash } from './email.ts'
import type { AccountRecord, ReportRecord, StrikeRecord } from './model.ts'
import { notify } from './notifications.ts'
import { Crash, forbidden, invalid, notAllowed, notFound } from './refusals.ts'
import { closeReport } from './reports.ts'
import { can, isAssigned, outranks } from './roles.ts'
import type { Sample } from './sample.ts'
import { instanceActorId } from './world.ts'

type ActionType = StrikeRecord['action']

const actionTypes: readonly string[] = ['none', 'disable', 'sensitive', 'silence', 'suspend']

function isActionType(word: string): word is ActionType {
  return actionTypes.includes(word)
}

/** Appends to the server's audit log. */
export function audit(sample: Sample, by: AccountRecord, action: string, targetType: string, targetId: string): void {
  sample.traces.audit.push({ at: sample.clock.now(), byAccountId: by.id, action, targetType, targetId })
}

/** Everything an action would need; throws before anything changes (a 403 or 404 rolls all back). */
function mayAct(sample: Sample, by: AccountRecord, target: AccountRecord, type: ActionType): void {
  const { world } = sample
  if (type === 'none') return
  const allowed =
    type === 'disable'
      ? can(world, by, 'manage_users')
      : can(world, by, 'manage_users') || can(world, by, 'manage_reports')
  if (type === 'disable' && target.user === null) throw new Crash('disable needs a local user')
  if (!allowed || !outranks(world, by, target)) throw notAllowed()
  if (type === 'suspend' && target.id === instanceActorId) throw notAllowed()
}

/** The reports an action closes: the given one for `none`, every open one about the target for all others. */
function reportsClosedBy(
  sample: Sample,
  target: AccountRecord,
  type: ActionType,
  report: ReportRecord | undefined,
): ReportRecord[] {
  if (type === 'none') return report === undefined ? [] : [report]
  return (sample.world.reportsByTarget.get(target.id) ?? []).filter(open => open.actionTakenAt === null)
}

function flag(sample: Sample, target: AccountRecord, type: ActionType): void {
  const now = sample.clock.now()
  if (type === 'disable' && target.user !== null) target.user.disabled = true
  if (type === 'sensitive') target.sensitizedAt = now
  if (type === 'silence') target.silencedAt = now
  if (type === 'suspend') suspend(sample, target)
  if (type === 'disable' || type === 'suspend') sample.closeStreams(target.id)
}

/** Suspends an account: deletion request, canonical e-mail block; remote followers are lost by a job. */
function suspend(sample: Sample, target: AccountRecord): void {
  const { world, clock } = sample
  target.suspendedAt = clock.now()
  target.suspensionOrigin = 'local'
  requestDeletion(sample, target)
  if (target.user !== null) {
    const hash = canonicalEmailHash(target.user.email)
    if (world.canonicalEmailBlocks.find(hash) === undefined) {
      world.canonicalEmailBlocks.add({
        id: world.canonicalEmailBlocks.serials.next(),
        hash,
        referenceAccountId: target.id,
      })
    }
  }
  sample.jobs.later('suspension', target.id, () => {
    if (target.suspendedAt === null) return
    // Followers on other servers are told to unfollow; this does not come back.
    for (const followerId of [...(world.followers.get(target.id) ?? [])]) {
      const follower = world.account(followerId)
      if (follower === undefined || (follower.domain === null) === (target.domain === null)) continue
      cutFollow(sample, follower, target)
    }
  })
}

/** Ends a follow and lowers both counters. */
function cutFollow(sample: Sample, from: AccountRecord, to: AccountRecord): boolean {
  if (!sample.world.removeFollow(from.id, to.id)) return false
  from.followingCount = Math.max(0, from.followingCount - 1)
  to.followersCount = Math.max(0, to.followersCount - 1)
  return true
}

/**
 * POST …/action. Changes the flag, stores a strike, closes reports, queues mail and notification.
 * Throws 422 (type), 404 (report or preset), 403 (permission, rank), or crashes on disabling a remote account.
 */
export function act(
  sample: Sample,
  by: AccountRecord,
  target: AccountRecord,
  params: Readonly<Record<string, unknown>>,
): StrikeRecord {
  const { world, clock, release } = sample
  const type = castText(params.type) ?? ''
  if (!isActionType(type)) {
    if (!release.actionTypeIsValidated) throw new Crash('unknown action type')
    throw type === ''
      ? invalid("Type can't be blank", 'Type is not included in the list')
      : invalid('Type is not included in the list')
  }
  mayAct(sample, by, target, type)
  const reportId = isPresent(params.report_id) ? (castText(params.report_id) ?? '') : null
  const report = reportId === null ? undefined : world.reports.get(reportId)
  if (reportId !== null && report === undefined) throw notFound()
  const presetId = isPresent(params.warning_preset_id) ? (castText(params.warning_preset_id) ?? '') : null
  const preset = presetId === null ? undefined : world.warningPresets.get(presetId)
  if (presetId !== null && preset === undefined) throw notFound()
  const closing = reportsClosedBy(sample, target, type, report)
  if (closing.length > 0 && !can(world, by, 'manage_reports')) throw notAllowed()

  flag(sample, target, type)
  const text = [preset, castText(params.text) ?? ''].filter(part => part !== undefined && part !== '').join('\n\n')
  const statusIds = report?.statusIds ?? []
  const strike: StrikeRecord = {
    id: world.strikes.serials.next(),
    accountId: by.id,
    targetAccountId: target.id,
    action: type,
    text,
    reportId: report?.id ?? null,
    statusIds,
    createdAt: clock.now(),
  }
  world.strikes.add(strike)
  for (const open of closing) {
    closeReport(sample, open, by)
    audit(sample, by, 'resolve', 'Report', open.id)
  }
  if (type === 'disable') audit(sample, by, 'disable', 'User', target.user?.id ?? '')
  else if (type !== 'none') audit(sample, by, type, 'Account', target.id)
  else if (text !== '') audit(sample, by, 'create', 'AccountWarning', strike.id)

  const sendMail = castBoolean(params.send_email_notification) ?? true
  if (target.user !== null && sendMail) {
    sample.traces.mails.push({
      at: clock.now(),
      to: target.user.email,
      kind: 'warning',
      accountId: target.id,
      strikeId: strike.id,
    })
    if (release.notifications.moderation) notify(sample, 'moderation_warning', target, by, { strikeId: strike.id })
  }
  return strike
}

/** POST …/approve. 403 for remote (`Forbidden`) and for approved accounts. */
export function approve(sample: Sample, by: AccountRecord, target: AccountRecord): void {
  const { user } = target
  if (user === null) throw forbidden()
  if (!can(sample.world, by, 'manage_users') || user.approved) throw notAllowed()
  user.approved = true
  audit(sample, by, 'approve', 'User', user.id)
  if (!user.confirmed) return
  sample.jobs.later('bootstrap', target.id, () => {
    for (const staff of sample.world.accountsByDomain.get('')?.all() ?? []) {
      if (isAssigned(sample.world, staff, 'manage_users')) notify(sample, 'admin.sign_up', staff, target, {})
    }
  })
  sample.clock.after(3_600_000, () => {
    sample.traces.mails.push({
      at: sample.clock.now(),
      to: user.email,
      kind: 'welcome',
      accountId: target.id,
      strikeId: null,
    })
  })
}

/** POST …/reject: user and account rows are gone at once. */
export function reject(sample: Sample, by: AccountRecord, target: AccountRecord): void {
  const { user } = target
  if (user === null) throw forbidden()
  if (!can(sample.world, by, 'manage_users') || user.approved) throw notAllowed()
  const { world } = sample
  // Their database removes reports with the account that they are about, or that filed them.
  for (const reports of [world.reportsByTarget.get(target.id), world.reportsByReporter.get(target.id)])
    for (const report of [...(reports ?? [])]) world.removeReport(report)
  world.removeAccount(target)
  audit(sample, by, 'reject', 'User', user.id)
}

/** POST …/enable. */
export function enable(sample: Sample, by: AccountRecord, target: AccountRecord): void {
  if (target.user === null) throw forbidden()
  if (!can(sample.world, by, 'manage_users')) throw notAllowed()
  target.user.disabled = false
  audit(sample, by, 'enable', 'User', target.user.id)
}

/** POST …/unsensitive and …/unsilence: no rank is checked, a repeat is fine. */
export function lift(
  sample: Sample,
  by: AccountRecord,
  target: AccountRecord,
  what: 'unsensitive' | 'unsilence',
): void {
  if (!can(sample.world, by, 'manage_users')) throw notAllowed()
  if (what === 'unsensitive') target.sensitizedAt = null
  else target.silencedAt = null
  audit(sample, by, what, 'Account', target.id)
}

/** POST …/unsuspend: 403 unless suspended by this server. After a deletion it shows an emptied account as active. */
export function unsuspend(sample: Sample, by: AccountRecord, target: AccountRecord): void {
  const { world } = sample
  if (!can(world, by, 'manage_users') || target.suspendedAt === null || target.suspensionOrigin !== 'local')
    throw notAllowed()
  target.suspendedAt = null
  target.suspensionOrigin = null
  world.deletions.delete(target.id)
  for (const block of [...world.canonicalEmailBlocks.all()]) {
    if (block.referenceAccountId === target.id) world.canonicalEmailBlocks.remove(block.id)
  }
  audit(sample, by, 'unsuspend', 'Account', target.id)
}

/** DELETE …: only while suspended with a deletion request that waits. */
export function deleteData(sample: Sample, by: AccountRecord, target: AccountRecord): void {
  const { world } = sample
  if (!can(world, by, 'delete_user_data') || target.suspendedAt === null || !world.deletions.has(target.id))
    throw notAllowed()
  queueDeletion(sample, target)
}
