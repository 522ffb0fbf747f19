import type { DecisionKind, DecisionState, WaitingFor } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { trends } from '../../../shared/contract/trends.ts'
import { askServer } from '../ask-server.ts'
import type { Context } from '../context.ts'
import { readTrends } from '../mastodon/endpoints/trends.ts'
import { findServer } from '../servers/table.ts'
import { putTrends, readTrend, type StoredTrend, subjectOf } from './table.ts'

type Row = StoredTrend & {
  d_id: string | null
  d_kind: DecisionKind
  d_state: DecisionState
  d_waiting_for: WaitingFor | null
  d_send_at: number | null
  d_settled_at: number | null
}

const SHOWN_MS = 86_400_000

/** Shows what trends, and reads it when a person asks; nothing of it is read by itself. */
export const trendsHandlers = (context: Context): Handlers<typeof trends, unknown> => ({
  'trends.list': ({ server, family }) =>
    context.gate.read(db => {
      const now = context.clock.now()
      const rows = db.all<Row>(
        `SELECT t.*, d.id AS d_id, d.kind AS d_kind, d.state AS d_state, d.waiting_for AS d_waiting_for, d.send_at AS d_send_at, d.settled_at AS d_settled_at
         FROM mirror.trend t LEFT JOIN decision d ON d.id = (
           SELECT x.id FROM decision x INDEXED BY decision_by_armed WHERE x.armed_at > @since AND x.server = t.server
             AND x.target = 'trend:' || t.family || '/' || t.id AND x.state NOT IN ('cancelled', 'superseded')
           ORDER BY x.armed_at DESC LIMIT 1)
         WHERE t.server = @server AND t.family = @family ORDER BY t.place`,
        { server, family, since: now - SHOWN_MS },
      )
      const read = db.get<{ read_at: number }>(
        'SELECT read_at FROM mirror.trend_read WHERE server = ? AND family = ?',
        [server, family],
      )
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
          decision:
            row.d_id === null
              ? null
              : {
                  id: row.d_id,
                  kind: row.d_kind,
                  state: row.d_state,
                  waitingFor: row.d_waiting_for,
                  sendAt: row.d_send_at,
                  settledAt: row.d_settled_at,
                },
        })),
      }
    }),
  'trends.read': async ({ server, family }, { signal }) => {
    // Without the right the server answers with the public trends, and no word (contract B.3).
    if (!context.gate.read(db => findServer(db, server))?.role.manageTaxonomies)
      throw new Failure('not-allowed', { reason: 'refusal.role-trends' })
    const askedAt = context.clock.now()
    const items = await askServer(context, server, signal, (session, ended) =>
      readTrends(context.guard, session, family, 'interactive', ended),
    )
    const told = items.flatMap(item => readTrend(family, item) ?? [])
    context.gate.write(['trends'], db => putTrends(db, server, family, told, askedAt))
    return { count: told.length }
  },
})
