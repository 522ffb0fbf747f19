import type { AccountFlags } from '../../../shared/contract/accounts.ts'
import type { Subject } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import {
  type Arming,
  type Before,
  type Kind,
  noFields,
  type ReadBack,
  type StoredDecision,
  type Work,
} from '../decisions/kind.ts'
import { doneSince } from '../decisions/ours.ts'
import { actOnAccount, liftFromAccount } from '../mastodon/endpoints/accounts.ts'
import { fetchReport, listReports } from '../mastodon/endpoints/reports.ts'
import { AdminAccountEntity } from '../mastodon/entities/account.ts'
import type { ReportEntity } from '../mastodon/entities/report.ts'
import { askingFirst, storeShown } from '../reports/lost.ts'
import { readAlone } from '../reports/read-alone.ts'
import { storeReports } from '../reports/store.ts'
import { findReport, openReportsAbout, type StoredReport } from '../reports/table.ts'
import { permits } from '../servers/capabilities.ts'
import { findServer } from '../servers/table.ts'
import { storeSeen } from '../sync/seen.ts'
import { accountRung, type Facts } from './consequences.ts'
import { wasDeleted } from './delete.ts'
import { fetchNow } from './fetch-now.ts'
import { INSTANCE_ACTOR, isStillTarget } from './identity.ts'
import { type AccountKind, accountKindTable, flagNames } from './kind-table.ts'
import { keepAccounts } from './store.ts'
import { accountFlags, accountName, handleOf, type NameRow, nameColumns } from './table.ts'

/** So many closed reports are read one by one after an action; more of them as a page. */
const FEW = 3
const MOST_PER_PAGE = 200

type Row = NameRow & { followers: number; following: number; posts: number; permissions: string }

const flagsOf = (entity: AdminAccountEntity): AccountFlags => ({
  suspended: entity.suspended,
  limited: entity.silenced,
  sensitive: entity.sensitized,
  frozen: entity.disabled,
})

/** The account itself, or the target of a report, with that report. Fails with `not-found`. */
const find = (db: ReadDb, server: ServerKey, { of, id }: Subject): { report: StoredReport | null; row: Row } => {
  const report = of === 'report' ? (findReport(db, server, id) ?? null) : null
  const account = of === 'report' ? report?.target_id : id
  const row =
    account === undefined
      ? undefined
      : db.get<Row>(
          `SELECT ${nameColumns}, a.followers, a.following, a.posts, a.permissions FROM mirror.account a WHERE a.server = ? AND a.id = ?`,
          [server, account],
        )
  if (!row) throw new Failure('not-found')
  return { report, row }
}

/** Why a kind cannot be on an account as held. What is already in force is refused, so that a flag read back is proof. */
const refusalOf = (
  of: AccountKind,
  db: ReadDb,
  server: ServerKey,
  report: StoredReport | null,
  row: Row,
): string | null => {
  const me = findServer(db, server)
  const flags = accountFlags(row)
  if (!me?.role.manageUsers) return 'refusal.role-users'
  if (of.sets && !me.role.manageReports) return 'refusal.role-reports'
  if (row.a_id === me.account.id) return 'refusal.own-account'
  if (row.a_id === INSTANCE_ACTOR) return 'refusal.instance-actor'
  if (of.flag === 'frozen' && row.domain !== null) return 'refusal.freeze-remote'
  if (of.flag === null) return report === null || report.resolved_at === null ? null : 'refusal.warn-closed'
  if (of.sets && flags.suspended) return of.flag === 'suspended' ? 'refusal.in-force' : 'refusal.suspended'
  if (of.sets && flags[of.flag] === true) return 'refusal.in-force'
  if (!of.sets && flags[of.flag] !== true) return 'refusal.not-in-force'
  if (of.kind === 'account.unsuspend' && wasDeleted(db, server, row.a_id)) return 'refusal.deleted'
  return null
}

/** Whoever may act on reports has colleagues: what is done to one of them goes out alone, and with the name typed. */
const brakeOf = (of: AccountKind, row: Row): string | null =>
  of.sets && row.domain === null && permits(row.permissions, 'manageReports') ? 'brake.staff' : null

/** What a person who armed it could expect by now: what was, and what our own decisions, for which it queued, have changed since. */
const expected = (db: ReadDb, decision: StoredDecision): Before => {
  const { server, account_id, armed_at } = decision
  const earlier = doneSince(db, server, { column: 'account_id', is: account_id }, armed_at)
  const changes = earlier.flatMap(({ kind }) => {
    const of = accountKindTable.find(one => one.kind === kind)
    return of?.flag ? [[of.flag, of.sets] as const] : []
  })
  return { ...JSON.parse(decision.before), ...Object.fromEntries(changes) }
}

/** Before sending: nothing about the account may have changed since it was armed, or the person decided about something else. */
const changeSince = (before: Before, now: AccountFlags, of: AccountKind): string | null => {
  if (of.flag !== null && (of.sets ? now[of.flag] === true : now[of.flag] !== true)) return 'why.already-in-force'
  if (of.sets && now.suspended) return 'why.suspended-meanwhile'
  return flagNames.some(name => before[name] !== now[name]) ? 'why.changed' : null
}

/** All reports that an action may have closed: those open here, and what the server still shows as open. */
const refreshReports = async (work: Work): Promise<void> => {
  const { context, session, decision, cls, signal } = work
  const asking = askingFirst(work)
  const target = decision.account_id ?? ''
  const open = context.gate.read(db => openReportsAbout(db, session.key, target))
  // In a batch only what we know of is read, where that is little: the sweep finds the rest.
  if (cls === 'batch' && open.length <= FEW) return await readAlone(context, session, open, cls, signal)
  const page = await listReports(context.guard, session, {
    resolved: false,
    limit: 100,
    target,
    cls,
    signal,
  })
  const shown = new Set(page.ids)
  const closed = open.filter(id => !shown.has(id))
  await storeSeen(asking, by => storeReports(by, session.key, page.items, page.askedAt))
  // One by one only while few: a long list is read as pages of the closed ones.
  if (closed.length <= FEW) return await readAlone(context, session, closed, cls, signal, asking.wentBack)
  const limit = Math.min(MOST_PER_PAGE, closed.length + 20)
  const asked = { resolved: true, limit, target, cls, signal }
  const { items, askedAt } = await listReports(context.guard, session, asked)
  await storeSeen(asking, by => storeReports(by, session.key, items, askedAt))
}

const fetchTheReport = async (work: Work, id: string): Promise<ReportEntity> => {
  const { context, session, cls, signal } = work
  const { item: report, askedAt } = await fetchReport(context.guard, session, id, cls, signal)
  await storeShown(work, by => storeReports(by, session.key, [report], askedAt))
  return report
}

const readBackWarning = async (work: Work): Promise<ReadBack> => {
  const { context, session, decision } = work
  // Without a report nothing at all tells of a warning.
  if (decision.report_id === null) return { shows: 'nothing' }
  const report = await fetchTheReport(work, decision.report_id)
  const me = context.gate.read(db => findServer(db, session.key)?.account.id)
  // The report was open just before sending: who closed it tells whether the warning went out.
  if (!report.action_taken) return { shows: 'not-done', why: 'why.read-back-not' }
  return report.action_taken_by_account?.id === me ? { shows: 'done' } : { shows: 'nothing' }
}

/**
 * What was closed by someone else after it was decided about was acted on by two: an action closes no report that is closed, so that the name
 * which stands there is not ours. A strike or a mail may have gone out twice, and nothing else shows it.
 */
const closedByOther = ({ context, session, decision }: Work): string | null => {
  const { report, me } = context.gate.read(db => ({
    report: decision.report_id === null ? undefined : findReport(db, session.key, decision.report_id),
    me: findServer(db, session.key)?.account.id,
  }))
  if (!report || report.resolved_at === null || report.resolved_by_id === null || report.resolved_by_id === me)
    return null
  // The server's clock tells when it was closed, ours when it was decided.
  return report.resolved_at - session.skewMs > decision.armed_at ? 'why.colleague-too' : null
}

const makeKind = (of: AccountKind): Kind => ({
  kind: of.kind,
  subjects: ['report', 'account'],
  place: of.sets ? 'rung' : 'way',
  hasGrace: true,
  inverse: of.inverse,
  fields: noFields,
  codes: [],
  // The account before and after, the action, and a report that it closes; a lift answers with the account.
  requests: of.sets ? 4 : 2,
  arming: (db, server, subject): Arming => {
    const { report, row } = find(db, server, subject)
    return {
      target: `account:${row.a_id}`,
      report: report?.id ?? null,
      account: accountName(row),
      name: handleOf(row),
      domain: row.domain,
      before: { ...accountFlags(row) },
      refusal: refusalOf(of, db, server, report, row),
      brake: brakeOf(of, row),
    }
  },
  rung: (db, server, subject) => {
    const { report, row } = find(db, server, subject)
    const about = db.get<{ open: number; sources: number }>(
      `SELECT count(*) AS open, count(DISTINCT coalesce(reporter_domain, '')) AS sources FROM mirror.report WHERE server = ? AND target_id = ? AND resolved_at IS NULL`,
      [server, row.a_id],
    )
    const facts: Facts = {
      kind: of.kind,
      local: row.domain === null,
      followers: row.followers,
      following: row.following,
      posts: row.posts,
      open: about?.open ?? 0,
      sources: about?.sources ?? 0,
      refusal: refusalOf(of, db, server, report, row),
      brake: brakeOf(of, row),
      name: handleOf(row),
      hasReport: report !== null,
    }
    return accountRung(facts)
  },
  precondition: async work => {
    const { context, decision } = work
    if (
      of.kind === 'account.unsuspend' &&
      context.gate.read(db => wasDeleted(db, decision.server, decision.account_id ?? ''))
    )
      return 'why.deleted'
    const account = await fetchNow(work)
    if (!isStillTarget(decision, account)) return 'why.other-account'
    const before = context.gate.read(db => expected(db, decision))
    const changed = changeSince(before, flagsOf(account), of)
    if (changed !== null || of.flag !== null) return changed
    if (decision.report_id === null) return null
    const report = await fetchTheReport(work, decision.report_id)
    return report.action_taken ? 'why.already-closed' : null
  },
  request: ({ context, session, decision, cls, signal }) => {
    const id = decision.account_id ?? ''
    if (!of.sets) return liftFromAccount(context.guard, session, id, of.undo, cls, signal)
    const action = { type: of.type, report: decision.report_id, text: decision.text, mail: decision.mail === 1 }
    return actOnAccount(context.guard, session, id, action, cls, signal)
  },
  readBack: async work => {
    if (of.flag === null) return await readBackWarning(work)
    const now = flagsOf(await fetchNow(work))
    return (now[of.flag] === true) === of.sets ? { shows: 'done' } : { shows: 'not-done', why: 'why.read-back-not' }
  },
  take: ({ context, session }, json) => {
    const account = AdminAccountEntity.safeParse(json)
    if (account.success) keepAccounts(context, session.key, [account.data], context.clock.now())
    return account.success
  },
  refresh: async work => {
    await fetchNow(work)
    if (of.sets) await refreshReports(work)
  },
  besides: work => (of.sets ? closedByOther(work) : null),
})

/** Everything that can be decided about an account from a report (contract E.1). */
export const accountKinds: readonly Kind[] = accountKindTable.map(makeKind)
