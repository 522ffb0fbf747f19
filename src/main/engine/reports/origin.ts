import type { z } from 'zod'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { reports } from '../../../shared/contract/reports.ts'
import type { ReadDb } from '../db/handle.ts'

/** Reports about one server are counted up to here: more of them tell nothing more. */
const MOST_OF_ORIGIN = 10_000

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
