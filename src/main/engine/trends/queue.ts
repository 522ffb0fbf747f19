import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Trend, TrendFamily } from '../../../shared/contract/trends.ts'
import type { ReadDb } from '../db/handle.ts'
import {
  joinRowDecision,
  type RowDecisionColumns,
  rowDecisionColumns,
  toRowDecision,
} from '../decisions/row-decision.ts'
import { type StoredTrend, subjectOf } from './table.ts'

/** How long an ended decision stays in the row. */
const SHOWN_MS = 86_400_000

/** What trended in one family when it was last read, in the server's order. `readAt`: null before it was ever read. */
export const readFamily = (
  db: ReadDb,
  server: ServerKey,
  family: TrendFamily,
  now: number,
): { readAt: number | null; trends: Trend[] } => {
  const rows = db.all<StoredTrend & RowDecisionColumns>(
    `SELECT t.*, ${rowDecisionColumns} FROM mirror.trend t
     ${joinRowDecision("x.server = t.server AND x.target = 'trend:' || t.family || '/' || t.id", SHOWN_MS)}
     WHERE t.server = @server AND t.family = @family ORDER BY t.place`,
    { server, family, now },
  )
  const read = db.get<{ read_at: number }>('SELECT read_at FROM mirror.trend_read WHERE server = ? AND family = ?', [
    server,
    family,
  ])
  return {
    readAt: read?.read_at ?? null,
    trends: rows.map(row => ({
      server,
      family,
      subject: subjectOf(row),
      title: row.title,
      by: row.by_whom,
      url: row.url,
      requiresReview: row.requires_review === 1,
      trendable: row.trendable === null ? null : row.trendable === 1,
      uses: row.uses,
      decision: toRowDecision(row),
    })),
  }
}
