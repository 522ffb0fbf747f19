import type { Target } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'

/** Whom these reports are about, and how many open reports there are about those accounts in all. */
export type About = { accounts: number; members: number; open: number; ofMembers: number }

/** Sums over the accounts that these reports are about, each counted once; what is not held here counts not. */
export const sumAbout = (db: ReadDb, targets: readonly Target[]): About =>
  db.get<About>(
    `WITH marked AS MATERIALIZED (
       SELECT DISTINCT r.server, r.target_id FROM json_each(@targets) t
       JOIN mirror.report r ON r.server = t.value ->> '$.server' AND r.id = t.value ->> '$.id'),
     about AS MATERIALIZED (
       SELECT a.domain IS NULL AS member,
         (SELECT count(*) FROM mirror.report o
          WHERE o.server = m.server AND o.target_id = m.target_id AND o.resolved_at IS NULL) AS open
       FROM marked m JOIN mirror.account a ON a.server = m.server AND a.id = m.target_id)
     SELECT count(*) AS accounts, coalesce(sum(member), 0) AS members, coalesce(sum(open), 0) AS open,
       coalesce(sum(open) FILTER (WHERE member), 0) AS ofMembers FROM about`,
    { targets: JSON.stringify(targets) },
  ) ?? { accounts: 0, members: 0, open: 0, ofMembers: 0 }
