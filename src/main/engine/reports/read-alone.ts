import type { Context } from '../context.ts'
import type { RequestClass } from '../mastodon/budget.ts'
import { findReportThere } from '../mastodon/endpoints/reports.ts'
import type { Session } from '../mastodon/session.ts'
import { storeSeen } from '../sync/seen.ts'
import { askingFirst } from './lost.ts'
import { storeGone, storeReports } from './store.ts'

/**
 * Reads reports that a list no longer shows, each by itself, and stores what became of them; what the server does not know any
 * more is forgotten, unless `wentBack` says that the server was put back. Fails as a read does; what was read until then stays.
 */
export const readAlone = async (
  context: Context,
  session: Session,
  ids: readonly string[],
  cls: RequestClass,
  signal: AbortSignal,
  wentBack = askingFirst({ context, session, cls, signal }).wentBack,
): Promise<void> => {
  for (const id of ids) {
    const { item: report, askedAt } = await findReportThere(context.guard, session, id, cls, signal)
    await storeSeen({ context, wentBack }, by =>
      report ? storeReports(by, session.key, [report], askedAt) : storeGone(by, session.key, id),
    )
  }
}
