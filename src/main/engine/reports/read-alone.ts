import type { Context } from '../context.ts'
import type { RequestClass } from '../mastodon/budget.ts'
import { findReportThere } from '../mastodon/endpoints/reports.ts'
import type { Session } from '../mastodon/session.ts'
import { storeGone, storeReports } from './store.ts'

/**
 * Reads reports that a list no longer shows, each by itself, and stores what became of them; what the server does not know any
 * more is forgotten, unless `wentBack` says that the server was put back to before it was filed. Fails as a read does; what was read
 * until then stays.
 */
export const readAlone = async (
  context: Context,
  session: Session,
  ids: readonly string[],
  cls: RequestClass,
  signal: AbortSignal,
  wentBack: () => Promise<boolean> = async () => false,
): Promise<void> => {
  for (const id of ids) {
    const { item: report, askedAt } = await findReportThere(context.guard, session, id, cls, signal)
    if (report) storeReports(context, session.key, [report], askedAt)
    else if (await wentBack()) return
    else storeGone(context, session.key, id)
  }
}
