import type { Consequence, DecisionKind, Subject } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { isStillTarget } from '../accounts/identity.ts'
import { accountName, handleOf, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { type Arming, type Kind, noFields, type ReadBack, type Work } from '../decisions/kind.ts'
import { changeReport, fetchReport, type ReportChange } from '../mastodon/endpoints/reports.ts'
import { ReportEntity } from '../mastodon/entities/report.ts'
import { findServer } from '../servers/table.ts'
import { storeShown } from './lost.ts'
import { storeReports } from './store.ts'
import { findReport, type StoredReport } from './table.ts'

/** A report with the name of its target; fails with `not-found`. */
export const reportAndName = (db: ReadDb, server: ServerKey, id: string): { report: StoredReport; name: NameRow } => {
  const report = findReport(db, server, id)
  const name =
    report &&
    db.get<NameRow>(`SELECT ${nameColumns} FROM mirror.account a WHERE a.server = ? AND a.id = ?`, [
      server,
      report.target_id,
    ])
  if (!report || !name) throw new Failure('not-found')
  return { report, name }
}

const says = (code: string, values: Consequence['values'] = {}, gone = false): Consequence => ({ code, values, gone })

/** What differs between the four kinds that act on one report. */
type ReportKind = {
  kind: DecisionKind
  place: Kind['place']
  hasGrace: boolean
  inverse: DecisionKind | null
  change: ReportChange
  /** Why it cannot be, of the report as held; null when it can. */
  refusal(report: StoredReport, me: string): string | null
  /** Why it must not go out, of the report as it is now. */
  stops(report: ReportEntity, me: string, before: Arming['before']): string | null
  /** Whether the report shows that it happened. */
  shows(report: ReportEntity, me: string): ReadBack
}

const done: ReadBack = { shows: 'done' }
const not = (why = 'why.read-back-not'): ReadBack => ({ shows: 'not-done', why })

/** The report as it is now; what it shows is stored. */
export const readReportNow = async (work: Work): Promise<ReportEntity> => {
  const { context, session, decision, cls, signal } = work
  const { item: report, askedAt } = await fetchReport(context.guard, session, decision.report_id ?? '', cls, signal)
  await storeShown(work, by => storeReports(by, session.key, [report], askedAt))
  return report
}

/** Reads the report again before sending: whom it is about must be whom a person decided about, then the kind looks at the rest. */
export const readBefore =
  (stops: (work: Work, report: ReportEntity) => string | null | Promise<string | null>): Kind['precondition'] =>
  async work => {
    const report = await readReportNow(work)
    return isStillTarget(work.decision, report.target_account) ? await stops(work, report) : 'why.other-account'
  }

const meOn = ({ context, session }: Work): string =>
  context.gate.read(db => findServer(db, session.key)?.account.id ?? '')

const makeKind = (of: ReportKind): Kind => {
  const arming = (db: ReadDb, server: ServerKey, { id }: Subject): Arming => {
    const { report, name } = reportAndName(db, server, id)
    const mine = findServer(db, server)
    const refusal = mine?.role.manageReports ? of.refusal(report, mine.account.id) : 'refusal.role-reports'
    return {
      target: `report:${id}`,
      report: id,
      account: accountName(name),
      name: handleOf(name),
      domain: name.domain,
      before: { resolved: report.resolved_at !== null, assigned: report.assigned_id },
      refusal,
      brake: null,
    }
  }
  return {
    kind: of.kind,
    subjects: ['report'],
    place: of.place,
    hasGrace: of.hasGrace,
    inverse: of.inverse,
    fields: noFields,
    codes: [],
    // The report is read before; the answer shows what became of it.
    requests: 2,
    arming,
    rung: (db, server, subject) => ({
      kind: of.kind,
      refusal: arming(db, server, subject).refusal,
      brake: null,
      name: '',
      does: says(`consequence.${of.kind}.does`),
      closes: of.kind === 'report.close' ? 1 : 0,
      mail: 'no',
      back: says(`consequence.${of.kind}.back`),
      sheet: false,
      effects: [],
    }),
    precondition: readBefore((work, report) => of.stops(report, meOn(work), JSON.parse(work.decision.before))),
    request: ({ context, session, decision, cls, signal }) =>
      changeReport(context.guard, session, decision.report_id ?? '', of.change, cls, signal),
    readBack: async work => of.shows(await readReportNow(work), meOn(work)),
    take: ({ context, session }, json) => {
      const report = ReportEntity.safeParse(json)
      if (report.success) storeReports(context, session.key, [report.data], context.clock.now())
      return report.success
    },
    refresh: async work => void (await readReportNow(work)),
  }
}

/** Everything that can be decided about one report (contract E.2). The server takes each in any state, so we compare before. */
export const reportKinds: readonly Kind[] = [
  makeKind({
    kind: 'report.close',
    place: 'rung',
    hasGrace: true,
    inverse: 'report.reopen',
    change: 'resolve',
    refusal: report => (report.resolved_at === null ? null : 'refusal.closed'),
    stops: report => (report.action_taken ? 'why.already-closed' : null),
    // It was open just before sending, so the name proves it; times would not: the server's clock is its own.
    shows: (report, me) =>
      !report.action_taken ? not() : report.action_taken_by_account?.id === me ? done : not('why.by-colleague'),
  }),
  makeKind({
    kind: 'report.reopen',
    place: 'way',
    hasGrace: true,
    inverse: 'report.close',
    change: 'reopen',
    refusal: report => (report.resolved_at === null ? 'refusal.open' : null),
    stops: report => (report.action_taken ? null : 'why.already-open'),
    shows: report => (report.action_taken ? not() : done),
  }),
  makeKind({
    kind: 'report.assign',
    place: 'aside',
    hasGrace: false,
    inverse: 'report.unassign',
    change: 'assignToSelf',
    refusal: (report, me) => (report.assigned_id === me ? 'refusal.mine' : null),
    stops: (report, me, before) => {
      const now = report.assigned_account?.id ?? null
      return now === me ? 'why.already-mine' : now !== before.assigned ? 'why.taken' : null
    },
    shows: (report, me) => (report.assigned_account?.id === me ? done : not()),
  }),
  makeKind({
    kind: 'report.unassign',
    place: 'aside',
    hasGrace: false,
    inverse: 'report.assign',
    change: 'unassign',
    refusal: (report, me) => (report.assigned_id === me ? null : 'refusal.not-mine'),
    stops: (report, me) => (report.assigned_account?.id === me ? null : 'why.not-mine'),
    shows: report => ((report.assigned_account ?? null) === null ? done : not()),
  }),
]
