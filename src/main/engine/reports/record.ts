import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'

const DAY_MS = 86_400_000
/** How far back a reporter's record goes, and how many of their reports it counts at most. */
const RECORD_MS = 90 * DAY_MS
const MOST_COUNTED = 200
const MOST_REPORTERS = 12

/** Who filed open reports: `here` of them. */
export type Reporter = { id: string; domain: string | null; here: number }
type Counts = { filed: number; closed: number; upheld: number }

// Upheld, as far as can be known: closed, and its target is restricted now, or was acted on from here. The server tells no strikes.
// An account is looked up for what is closed alone: joined to all that was filed, this took twice as long.
const recordSql = `
  SELECT count(*) AS filed, count(f.resolved_at) AS closed,
    count(*) FILTER (WHERE f.resolved_at IS NOT NULL AND (EXISTS (SELECT 1 FROM mirror.account a WHERE a.server = @server AND a.id = f.target_id
        AND (a.suspended = 1 OR a.limited = 1 OR a.sensitive = 1 OR a.frozen = 1))
      OR EXISTS (SELECT 1 FROM decision d WHERE d.server = @server AND d.account_id = f.target_id AND d.state = 'done'
        AND d.kind IN ('account.warn', 'account.sensitive', 'account.limit', 'account.freeze', 'account.suspend')))) AS upheld
  FROM (
    SELECT target_id, resolved_at FROM mirror.report INDEXED BY report_reporter
    WHERE server = @server AND reporter_id = @reporter AND created_at > @since ORDER BY created_at DESC LIMIT ${MOST_COUNTED}
  ) f`

/** What became of the reports that these reporters filed in the last 90 days, at most 200 of each: counts by server, never a name. */
export const recordsOf = (
  db: ReadDb,
  server: ServerKey,
  reporters: readonly Reporter[],
  now: number,
): (Omit<Reporter, 'id'> & Counts)[] =>
  [...reporters]
    .sort((a, b) => b.here - a.here)
    .slice(0, MOST_REPORTERS)
    .flatMap(({ id, domain, here }) => {
      const counts = db.get<Counts>(recordSql, { server, reporter: id, since: now - RECORD_MS })
      return counts ? [{ domain, here, ...counts }] : []
    })
