import type { Fault } from '../../src/main/sample/faults/faults.ts'
import type { ReportRecord } from '../../src/main/sample/rules/model.ts'
import type { World } from '../../src/main/sample/rules/world.ts'
import type { Decision, DecisionKind, Fields } from '../../src/shared/contract/decisions.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, openGround, signInAndSync, until } from './ground.ts'
import { type Acted, shapes } from './journal-shapes.ts'

/** Every kind of decision. */
export const kinds = Object.keys(shapes) as readonly DecisionKind[]

/** Reports, three each, about people of other servers whom nobody has reported: each kind takes a target of its own. */
const reportMore = (world: World) => {
  const [any] = [...world.reports.all()].filter(report => report.actionTakenAt === null)
  for (const account of [...world.accounts.all()]) {
    if (!any || account.domain === null || world.reportsByTarget.has(account.id)) continue
    for (let n = 0; n < 3; n++)
      world.addReport({ ...any, id: world.reports.serials.next(), targetAccountId: account.id, statusIds: [] })
  }
}

/** A ground where each kind has a report of its own, and each account kind an account of its own; the grace window is short. */
export const openBench = async (options: Parameters<typeof openGround>[0] = {}) => {
  const ground = await openGround(options)
  const { world } = ground.server
  const me = world.accountsByHandle.get('admin')?.id ?? ''
  const places = new Map<DecisionKind, Acted>()
  const taken = new Set<string>()
  const waiting = [...world.accounts.all()].filter(account => account.user?.approved === false)
  // The choosiest first; what acts on an account takes all of its reports.
  const order = [...kinds].sort((a, b) => Number(shapes[b].local !== undefined) - Number(shapes[a].local !== undefined))
  reportMore(world)
  const about = (report: ReportRecord) => world.reportsByTarget.get(report.targetAccountId)?.length ?? 0
  const reports = [...world.reports.all()]
    .filter(report => report.actionTakenAt === null)
    .sort((a, b) => about(a) - about(b))
  const turn = (kind: DecisionKind) => (kind === 'report.forward' ? 0 : kind.startsWith('account.') ? 1 : 2)
  for (const kind of order.sort((a, b) => turn(a) - turn(b))) {
    const shape = shapes[kind]
    if (shape.id !== undefined) {
      const [report] = reports
      const account = report && world.accounts.get(report.targetAccountId)
      if (!report || !account) throw new Error('no report')
      // It acts on neither of them.
      shape.ready?.(report, account, me, world)
      places.set(kind, { path: shape.path, report, account })
      continue
    }
    const report = reports.find(one => {
      const account = world.accounts.get(one.targetAccountId)
      const fits = shape.local === undefined || shape.local === (account?.user !== null)
      return account && fits && !taken.has(one.id) && !taken.has(account.id)
    })
    const account = shape.of === 'signup' ? waiting.pop() : report && world.accounts.get(report.targetAccountId)
    if (!report || !account) throw new Error(`no place for ${kind}`)
    taken.add(kind.startsWith('report.') ? report.id : account.id)
    // What acts on an account, or tells its server of it, takes all of its reports.
    if (kind === 'report.forward') taken.add(account.id)
    if (kind.startsWith('account.'))
      for (const one of reports) if (one.targetAccountId === account.id) taken.add(one.id)
    shape.ready?.(report, account, me, world)
    places.set(kind, { path: shape.path, report, account })
  }
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  await desk.call('settings.set', { graceSeconds: 2 })
  // What trends is read when one looks, and never by itself.
  await desk.call('trends.read', { server: key, family: 'tags' })
  const placeOf = (kind: DecisionKind): Acted => {
    const place = places.get(kind)
    if (!place) throw new Error(`no place for ${kind}`)
    return place
  }
  const idOf = (kind: DecisionKind) => {
    const { report, account } = placeOf(kind)
    return kind.startsWith('report.') ? report.id : account.id
  }
  /** The one address that a kind writes to. */
  const addressOf = (kind: DecisionKind): RegExp => {
    const { source } = shapes[kind].path
    return source.startsWith('^') ? shapes[kind].path : new RegExp(`/${idOf(kind)}${source}`)
  }
  const writes = (kind: DecisionKind) =>
    ground.server.ledger.of(addressOf(kind)).filter(entry => entry.method === (shapes[kind].method ?? 'POST'))
  /** What a kind is armed on. */
  const subjectOf = (kind: DecisionKind) => {
    const { of = 'report', id } = shapes[kind]
    const { report, account } = placeOf(kind)
    return { of, id: id ?? (of === 'report' ? report.id : account.id) }
  }
  return {
    ground,
    desk,
    key,
    me,
    subjectOf,
    placeOf,
    /** Arms a kind on its own report, as its shape says or with other fields and texts. */
    armKind: async (
      kind: DecisionKind,
      given: { fields?: Fields; text?: string; note?: string } = {},
    ): Promise<Decision> => {
      const { fields = {} } = shapes[kind]
      const subject = subjectOf(kind)
      const { rungs, ways, asides } = await desk.call('decisions.ladder', { server: key, subject })
      const typed = [...rungs, ...ways, ...asides].find(rung => rung.kind === kind && rung.brake !== null)?.name ?? ''
      return (await desk.call('decisions.arm', { server: key, subject, kind, typed, fields, ...given })).decision
    },
    /** Whether it can be proved that it did not happen. */
    provesNot: (kind: DecisionKind) => !shapes[kind].neverNot,
    /** Adds a fault to the one write of a kind. */
    faultOn: (kind: DecisionKind, fault: Fault): void =>
      void ground.server.faults.add(fault, { method: shapes[kind].method ?? 'POST', path: addressOf(kind) }),
    /** What the server received of a kind, whatever became of it. */
    writes,
    /** Whether the server's own record shows that it happened. */
    happened: (kind: DecisionKind) => shapes[kind].happened(placeOf(kind).report, placeOf(kind).account, me, world),
    [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
  }
}
export type Bench = Awaited<ReturnType<typeof openBench>>

/** A decision as it stands. */
export const readDecision = async (desk: Engine, id: string): Promise<Decision> =>
  (await desk.call('decisions.one', { id })).decision

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
