import type { z } from 'zod'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { reports } from '../../../shared/contract/reports.ts'
import type { ReadDb } from '../db/handle.ts'

const DAY_MS = 86_400_000
/** How far back a reporter's record goes, and how many of their reports it counts at most. */
const RECORD_MS = 90 * DAY_MS
const MOST_COUNTED = 200
const MOST_REPORTERS = 12
const MOST_OF_ORIGIN = 10_000

/** Who filed open reports: `here` of them. */
export type Reporter = { id: string; domain: string | null; here: number }
type Counts = { filed: number; closed: number; upheld: number }

// Upheld, as far as can be known: closed, and its target is restricted now, or was acted on from here. The server tells no strikes.
const recordSql = `
  SELECT count(*) AS filed, count(f.resolved_at) AS closed,
    count(*) FILTER (WHERE f.resolved_at IS NOT NULL AND (a.suspended = 1 OR a.limited = 1 OR a.sensitive = 1 OR a.frozen = 1
      OR EXISTS (SELECT 1 FROM decision d WHERE d.server = @server AND d.account_id = f.target_id AND d.state = 'done'
        AND d.kind IN ('account.warn', 'account.sensitive', 'account.limit', 'account.freeze', 'account.suspend')))) AS upheld
  FROM (
    SELECT target_id, resolved_at FROM mirror.report INDEXED BY report_reporter
    WHERE server = @server AND reporter_id = @reporter AND created_at > @since ORDER BY created_at DESC LIMIT ${MOST_COUNTED}
  ) f LEFT JOIN mirror.account a ON a.server = @server AND a.id = f.target_id`

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

type Block = { domain: string; severity: string | null; rejectMedia: number; rejectReports: number }

/** `a.b.example` is covered by a block of itself, of `b.example`, and of `example`. */
const coveredBy = (domain: string): string[] => domain.split('.').map((_, at, labels) => labels.slice(at).join('.'))

/**
 * What is known here of another server: its accounts by the reports about them, how many of those are open or closed, and the block that
 * covers it, if it is on our list.
 */
export const originOf = (
  db: ReadDb,
  server: ServerKey,
  domain: string,
): NonNullable<z.input<(typeof reports)['reports.case']['output']>['origin']> => {
  const counts = db.get<{ accounts: number; open: number; closed: number }>(
    `SELECT count(DISTINCT target_id) AS accounts, count(*) - count(resolved_at) AS open, count(resolved_at) AS closed FROM (
       SELECT target_id, resolved_at FROM mirror.report INDEXED BY report_origin WHERE server = ? AND target_domain = ? LIMIT ${MOST_OF_ORIGIN})`,
    [server, domain],
  )
  const block = db.get<Block>(
    `SELECT domain, severity, reject_media AS rejectMedia, reject_reports AS rejectReports FROM mirror.domain_block
     WHERE server = @server AND domain IN (SELECT value FROM json_each(@domains)) ORDER BY length(domain) DESC LIMIT 1`,
    { server, domains: JSON.stringify(coveredBy(domain)) },
  )
  return {
    domain,
    ...(counts ?? { accounts: 0, open: 0, closed: 0 }),
    block: block ? { ...block, rejectMedia: block.rejectMedia === 1, rejectReports: block.rejectReports === 1 } : null,
  }
}
