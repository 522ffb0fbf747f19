import { Failure } from '../../../../shared/contract/failure.ts'
import type { RequestClass } from '../budget.ts'
import { ReportEntity } from '../entities/report.ts'
import { jsonOf, type Outcome, outcomeOf } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'

/** A page of a list, newest first. `full`: more may follow. `bad`: items set aside. `askedAt`: when the request left. */
export type Page<Item> = { items: Item[]; ids: string[]; bad: number; full: boolean; askedAt: number; ms: number }

/** The id of an item, good or bad, where it is one: the cursor follows it. */
const idOf = (item: unknown): string | undefined => ReportEntity.pick({ id: true }).safeParse(item).data?.id

/** One page of reports (contract E.2). `min` asks for those just above an id, `max` for those below. Long lists bypass masto: it is six times slower. */
export const listReports = async (
  guard: Guard,
  session: Session,
  asked: {
    resolved: boolean
    limit: number
    min?: string
    max?: string
    target?: string
    cls: RequestClass
    signal: AbortSignal
  },
): Promise<Page<ReportEntity>> => {
  const url = new URL('/api/v1/admin/reports', session.origin)
  // Up to 4.5 any `resolved` selects resolved reports, even `resolved=false`: so it is left out.
  if (asked.resolved) url.searchParams.set('resolved', 'true')
  url.searchParams.set('limit', String(asked.limit))
  if (asked.min !== undefined) url.searchParams.set('min_id', asked.min)
  if (asked.max !== undefined) url.searchParams.set('max_id', asked.max)
  if (asked.target !== undefined) url.searchParams.set('target_account_id', asked.target)
  const exchange = await guard.exchange(
    session,
    { cls: asked.cls, signal: asked.signal, timeoutMs: PATIENCE_MS.page },
    () => fetch(url),
  )
  const { json, headers, askedAt, ms } = jsonOf(exchange)
  if (!Array.isArray(json)) throw new Failure('upstream', { reason: 'failure.not-a-list' })
  const ids = json.flatMap(item => idOf(item) ?? [])
  const items = json.flatMap(item => ReportEntity.safeParse(item).data ?? [])
  // A server may give fewer than asked for; then its Link header says that more follow (contract d).
  const follows = /;\s*rel="?next"?/i.test(headers.get('link') ?? '')
  return { items, ids, bad: json.length - items.length, full: json.length >= asked.limit || follows, askedAt, ms }
}

/** One report as it is now (contract E.2); `not-found` when it is gone. */
export const fetchReport = async (
  guard: Guard,
  session: Session,
  id: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<ReportEntity> => {
  const exchange = await guard.exchange(session, { cls, signal, timeoutMs: PATIENCE_MS.single }, () =>
    session.api.v1.admin.reports.$select(id).fetch(),
  )
  const report = ReportEntity.safeParse(jsonOf(exchange).json)
  if (!report.success) throw new Failure('upstream', { reason: 'failure.not-an-entity' })
  return report.data
}

/** One report as it is now, or nothing when the server no longer has it. */
export const findReportThere = async (...asked: Parameters<typeof fetchReport>): Promise<ReportEntity | undefined> => {
  try {
    return await fetchReport(...asked)
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return undefined
    throw error
  }
}

/** The four changes of a report that take no parameter (contract E.2). All answer 200 in any state of an existing report. */
export type ReportChange = 'resolve' | 'reopen' | 'assignToSelf' | 'unassign'

/** Changes a report: a write, sent once. */
export const changeReport = async (
  guard: Guard,
  session: Session,
  id: string,
  change: ReportChange,
  signal: AbortSignal,
): Promise<Outcome> => {
  const report = session.api.v1.admin.reports.$select(id)
  return outcomeOf(
    await guard.exchange(session, { cls: 'decision', signal, timeoutMs: PATIENCE_MS.write }, () => report[change]()),
  )
}
