import type { DecisionKind } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { NOT_ENDED } from './journal.ts'

/** What one of our decisions was, and the fields that were chosen, as JSON. */
export type Ours = { kind: DecisionKind; fields: string }

/** When a decision came to be as it is. */
const LAST_STEP = '(SELECT max(s.at) FROM decision_step s WHERE s.decision_id = decision.id)'

/**
 * Decisions that may have worked on the server after `since`, when what we hold was last seen: on the wire, nobody knows yet how it ended,
 * or answered as done later. What was seen after the answer shows it already, and what changed after the last look at one that nothing
 * shows is another's doing.
 */
const oursWhere = <Params extends { server: ServerKey; since: number }>(
  db: ReadDb,
  where: string,
  params: Params,
): Ours[] => [
  ...db.all<Ours>(
    `SELECT kind, fields FROM decision WHERE server = @server AND ${where} AND ${NOT_ENDED} AND (state IN ('sending', 'unknown')
       OR state = 'needs-person' AND ${LAST_STEP} > @since)`,
    params,
  ),
  ...db.all<Ours>(
    `SELECT kind, fields FROM decision WHERE server = @server AND ${where} AND state = 'done' AND settled_at > @since`,
    params,
  ),
]

/** Those of our decisions on this target that may have worked since then; `but` one that is known not to have. */
export const oursOn = (
  db: ReadDb,
  server: ServerKey,
  target: string,
  since: number,
  but: string | null = null,
): Ours[] => oursWhere(db, 'target = @target AND id IS NOT @but', { server, target, since, but })

/** Those about this report, or on its account, that may have worked since then. */
export const oursAbout = (
  db: ReadDb,
  server: ServerKey,
  { report, account }: { report: string; account: string },
  since: number,
): Ours[] => [
  ...oursWhere(db, 'report_id = @report', { server, report, since }),
  ...oursWhere(db, `account_id = @account AND kind LIKE 'account.%'`, { server, account, since }),
]

/**
 * True when a decision of ours of these kinds on this target may explain what changed since then: that is not a colleague's doing. What no
 * such kind does is one's, whatever else of ours is under way.
 */
export const mayBeOurs = (
  db: ReadDb,
  server: ServerKey,
  target: string,
  kinds: readonly DecisionKind[],
  since: number,
  but: string | null = null,
): boolean => oursOn(db, server, target, since, but).some(({ kind }) => kinds.includes(kind))

/** The same for what the server changes along with such decisions, whatever their target: kinds by a GLOB such as `account.*suspend`. */
export const mayComeWithOurs = (db: ReadDb, server: ServerKey, kinds: string, since: number): boolean =>
  oursWhere(db, 'kind GLOB @kinds', { server, kinds, since }).length > 0

/**
 * Our decisions about an account, or on a target, that were done by what was known here at `since` or later, the earliest first: what was
 * armed then could not count with them yet.
 */
export const doneSince = (
  db: ReadDb,
  server: ServerKey,
  on: { column: 'account_id' | 'target'; is: string | null },
  since: number,
): Ours[] =>
  db.all(
    `SELECT kind, fields FROM decision WHERE server = @server AND ${on.column} = @is AND state = 'done'
     AND ${LAST_STEP} >= @since ORDER BY settled_at`,
    { server, is: on.is, since },
  )
