import type { Fault } from '../../src/main/sample/faults/faults.ts'
import type { AccountRecord, ReportRecord } from '../../src/main/sample/rules/model.ts'
import type { Decision, DecisionKind } from '../../src/shared/contract/decisions.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { arm, type Ground, NOON, openGround, signInAndSync, until } from './ground.ts'

/** What each kind writes: the path, and how the server's record shows it. */
type Acted = { path: RegExp; report: ReportRecord; account: AccountRecord }
type Shape = {
  path: RegExp
  /** Brings the record to where the kind can be armed; done before the first sync. */
  ready?(report: ReportRecord, account: AccountRecord, me: string): void
  happened(report: ReportRecord, account: AccountRecord, me: string): boolean
  /** Needs a member of the server. */
  local?: true
}

const shapes: Record<DecisionKind, Shape> = {
  'report.close': { path: /\/resolve$/, happened: report => report.actionTakenAt !== null },
  'report.reopen': {
    path: /\/reopen$/,
    ready: (report, _account, me) =>
      void Object.assign(report, { actionTakenAt: NOON - 1, actionTakenByAccountId: me }),
    happened: report => report.actionTakenAt === null,
  },
  'report.assign': { path: /\/assign_to_self$/, happened: (report, _account, me) => report.assignedAccountId === me },
  'report.unassign': {
    path: /\/unassign$/,
    ready: (report, _account, me) => {
      report.assignedAccountId = me
    },
    happened: report => report.assignedAccountId === null,
  },
  'account.warn': { path: /\/action$/, happened: report => report.actionTakenAt !== null, local: true },
  'account.sensitive': { path: /\/action$/, happened: (_report, account) => account.sensitizedAt !== null },
  'account.limit': { path: /\/action$/, happened: (_report, account) => account.silencedAt !== null },
  'account.freeze': { path: /\/action$/, happened: (_report, account) => account.user?.disabled === true, local: true },
  'account.suspend': { path: /\/action$/, happened: (_report, account) => account.suspendedAt !== null },
  'account.unsensitive': {
    path: /\/unsensitive$/,
    ready: (_report, account) => {
      account.sensitizedAt = NOON - 1
    },
    happened: (_report, account) => account.sensitizedAt === null,
  },
  'account.unlimit': {
    path: /\/unsilence$/,
    ready: (_report, account) => {
      account.silencedAt = NOON - 1
    },
    happened: (_report, account) => account.silencedAt === null,
  },
  'account.unfreeze': {
    path: /\/enable$/,
    ready: (_report, account) => {
      if (account.user) account.user.disabled = true
    },
    happened: (_report, account) => account.user?.disabled === false,
    local: true,
  },
  'account.unsuspend': {
    path: /\/unsuspend$/,
    ready: (_report, account) =>
      void Object.assign(account, { suspendedAt: NOON - 1, suspensionOrigin: 'local' as const }),
    happened: (_report, account) => account.suspendedAt === null,
  },
}

/** Every kind of decision. */
export const kinds = Object.keys(shapes) as readonly DecisionKind[]

/** A ground where each kind has a report of its own, and each account kind an account of its own; the grace window is short. */
export const openBench = async (options: Parameters<typeof openGround>[0] = {}) => {
  const ground = await openGround(options)
  const { world } = ground.server
  const me = world.accountsByHandle.get('admin')?.id ?? ''
  const places = new Map<DecisionKind, Acted>()
  const taken = new Set<string>()
  // The choosiest first; what acts on an account takes all of its reports.
  const order = [...kinds].sort((a, b) => Number(shapes[b].local ?? false) - Number(shapes[a].local ?? false))
  const about = (report: ReportRecord) => world.reportsByTarget.get(report.targetAccountId)?.length ?? 0
  const reports = [...world.reports.all()]
    .filter(report => report.actionTakenAt === null)
    .sort((a, b) => about(a) - about(b))
  for (const kind of order
    .filter(one => one.startsWith('account.'))
    .concat(order.filter(one => one.startsWith('report.')))) {
    const shape = shapes[kind]
    const report = reports.find(one => {
      const account = world.accounts.get(one.targetAccountId)
      return account && !taken.has(one.id) && !taken.has(account.id) && (!shape.local || account.user !== null)
    })
    const account = report && world.accounts.get(report.targetAccountId)
    if (!report || !account) throw new Error(`no place for ${kind}`)
    taken.add(kind.startsWith('account.') ? account.id : report.id)
    if (kind.startsWith('account.'))
      for (const one of reports) if (one.targetAccountId === account.id) taken.add(one.id)
    shape.ready?.(report, account, me)
    places.set(kind, { path: shape.path, report, account })
  }
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  await desk.call('settings.set', { graceSeconds: 2 })
  const placeOf = (kind: DecisionKind): Acted => {
    const place = places.get(kind)
    if (!place) throw new Error(`no place for ${kind}`)
    return place
  }
  const writes = (kind: DecisionKind) => {
    const { report, account } = placeOf(kind)
    const id = kind.startsWith('report.') ? report.id : account.id
    return ground.server.ledger.of(shapes[kind].path).filter(entry => entry.path.includes(`/${id}/`))
  }
  return {
    ground,
    desk,
    key,
    me,
    placeOf,
    /** Arms a kind on its own report. */
    armKind: (kind: DecisionKind): Promise<Decision> => arm(desk, { server: key, id: placeOf(kind).report.id }, kind),
    /** Adds a fault to the one write of a kind. */
    faultOn: (kind: DecisionKind, fault: Fault): void => {
      const { report, account } = placeOf(kind)
      const id = kind.startsWith('report.') ? report.id : account.id
      ground.server.faults.add(fault, { method: 'POST', path: new RegExp(`/${id}${shapes[kind].path.source}`) })
    },
    /** What the server received of a kind, whatever became of it. */
    writes,
    /** Whether the server's own record shows that it happened. */
    happened: (kind: DecisionKind) => shapes[kind].happened(placeOf(kind).report, placeOf(kind).account, me),
    [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
  }
}
export type Bench = Awaited<ReturnType<typeof openBench>>

/** A decision as it stands. */
export const readDecision = async (desk: Engine, id: string): Promise<Decision> => {
  const { decisions } = await desk.call('decisions.page', { limit: 200 })
  const found = decisions.find(decision => decision.id === id)
  if (!found) throw new Error(`no decision ${id}`)
  return found
}

/** Moves the clock until a decision has one of these states: in steps that are shorter than any time-out. */
export const untilIn = (
  ground: Ground,
  desk: Engine,
  id: string,
  states: readonly Decision['state'][],
  stepMs = 10_000,
): Promise<Decision> =>
  until(
    () => readDecision(desk, id),
    decision => states.includes(decision.state),
    ground.patient,
    stepMs,
  )

/** States in which nothing more happens by itself. */
export const ended: readonly Decision['state'][] = [
  'done',
  'failed',
  'not-done',
  'needs-person',
  'cancelled',
  'superseded',
  'stopped',
]
