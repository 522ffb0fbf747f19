import type { RequestClass } from '../budget.ts'
import { ReportEntity } from '../entities/report.ts'
import type { Outcome } from '../outcome.ts'
import { type Exchange, type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { type Answered, answeredBy, answeredOrGone } from './entity.ts'
import { type Ask, listPage, type Page } from './page.ts'
import { write } from './write.ts'

/** One page of reports (contract E.2), about one account where `target` is given. */
export const listReports = async (
  guard: Guard,
  session: Session,
  asked: Ask & { resolved: boolean; target?: string },
): Promise<Page & { items: ReportEntity[] }> =>
  await listPage(
    guard,
    session,
    '/api/v1/admin/reports',
    {
      // Up to 4.5 any `resolved` selects resolved reports, even `resolved=false`: so it is left out.
      ...(asked.resolved ? { resolved: 'true' } : {}),
      ...(asked.target === undefined ? {} : { target_account_id: asked.target }),
    },
    ReportEntity,
    asked,
  )

type One = Parameters<(guard: Guard, session: Session, id: string, cls: RequestClass, signal: AbortSignal) => void>

const askForReport = (...[guard, session, id, cls, signal]: One): Promise<Exchange> =>
  guard.exchange(session, { cls, signal, timeoutMs: PATIENCE_MS.single }, () =>
    session.api.v1.admin.reports.$select(id).fetch(),
  )

/** One report as it is now (contract E.2); `not-found` when it is gone. */
export const fetchReport = async (...asked: One): Promise<Answered<ReportEntity>> =>
  answeredBy(await askForReport(...asked), ReportEntity)

/** One report as it is now, or nothing when the server no longer has it. */
export const findReportThere = async (...asked: One): Promise<Answered<ReportEntity | undefined>> =>
  answeredOrGone(await askForReport(...asked), ReportEntity)

/** The four changes of a report that take no parameter (contract E.2). All answer 200 in any state of an existing report. */
export type ReportChange = 'resolve' | 'reopen' | 'assignToSelf' | 'unassign'

/** Changes a report: a write, sent once. */
export const changeReport = async (
  guard: Guard,
  session: Session,
  id: string,
  change: ReportChange,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> => {
  const report = session.api.v1.admin.reports.$select(id)
  return await write(guard, session, cls, signal, () => report[change]())
}

/** A write with a JSON body: a form has no empty list (contract E.2). */
const writeJson = async (
  guard: Guard,
  session: Session,
  asked: { method: 'PUT' | 'POST'; path: string; body: object; cls: RequestClass; signal: AbortSignal },
): Promise<Outcome> => {
  const { method, path, body, cls, signal } = asked
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return await write(guard, session, cls, signal, () => fetch(new URL(path, session.origin), init))
}

/** Files a report under a category, with the rules it is about: a write, sent once. */
export const changeCategory = async (
  guard: Guard,
  session: Session,
  id: string,
  to: { category: ReportEntity['category']; rules: readonly string[] },
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> =>
  await writeJson(guard, session, {
    method: 'PUT',
    path: `/api/v1/admin/reports/${encodeURIComponent(id)}`,
    body: { category: to.category, rule_ids: to.rules },
    cls,
    signal,
  })

/** What a new report says that is sent on to the target's server (contract g). */
export type Forward = {
  account: string
  posts: readonly string[]
  comment: string
  category: ReportEntity['category']
  rules: readonly string[]
}

/** Files a report as our own account and has the server send it on: a write, sent once. Needs the scope `write:reports`. */
export const fileForward = async (
  guard: Guard,
  session: Session,
  of: Forward,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> =>
  await writeJson(guard, session, {
    method: 'POST',
    path: '/api/v1/reports',
    body: {
      account_id: of.account,
      status_ids: of.posts,
      comment: of.comment,
      category: of.category,
      ...(of.category === 'violation' ? { rule_ids: of.rules } : {}),
      forward: true,
    },
    cls,
    signal,
  })
