import { Failure } from '../../../../shared/contract/failure.ts'
import type { TrendFamily } from '../../../../shared/contract/trends.ts'
import type { RequestClass } from '../budget.ts'
import { jsonOf, type Outcome } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { write } from './write.ts'

/** Pages by offset; the Link header points at the public lists, so it is not followed (contract d, quirk 2). */
const pages: Record<TrendFamily, { path: string; limit: number }> = {
  links: { path: '/api/v1/admin/trends/links', limit: 20 },
  statuses: { path: '/api/v1/admin/trends/statuses', limit: 40 },
  tags: { path: '/api/v1/admin/trends/tags', limit: 20 },
  publishers: { path: '/api/v1/admin/trends/links/publishers', limit: 200 },
}
const MOST_PAGES = 5

/** What trends of one family, best first, as the server told it: at most five pages. Without the right the server shows the public ones. */
export const readTrends = async (
  guard: Guard,
  session: Session,
  family: TrendFamily,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<unknown[]> => {
  const { path, limit } = pages[family]
  const found: unknown[] = []
  for (let page = 0; page < MOST_PAGES; page++) {
    const url = new URL(path, session.origin)
    url.searchParams.set('limit', String(limit))
    if (page > 0) url.searchParams.set('offset', String(page * limit))
    const exchange = await guard.exchange(session, { cls, signal, timeoutMs: PATIENCE_MS.page }, () => fetch(url))
    const { json } = jsonOf(exchange)
    if (!Array.isArray(json)) throw new Failure('upstream', { reason: 'failure.not-a-list' })
    found.push(...json)
    // Publishers go by id, not by offset: the first page has the newest.
    if (json.length < limit || family === 'publishers') break
  }
  return found
}

/** Lets something trend, or not: a write, sent once; a repeat changes nothing (contract K.10). */
export const reviewTrend = async (
  guard: Guard,
  session: Session,
  { family, id }: { family: TrendFamily; id: string },
  verdict: 'approve' | 'reject',
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> => {
  const { trends } = session.api.v1.admin
  const all = { links: trends.links, statuses: trends.statuses, tags: trends.tags, publishers: trends.links.publishers }
  return await write(guard, session, cls, signal, () => all[family].$select(id)[verdict]())
}
