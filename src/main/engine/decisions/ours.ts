import type { DecisionKind } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { NOT_ENDED } from './journal.ts'

/** What one of our decisions was, and the fields that were chosen, as JSON. */
export type Ours = { kind: DecisionKind; fields: string }

/**
 * Decisions that may have worked on the server after `since`, when what we hold was last seen: on the wire, nobody knows yet how it ended,
 * or answered as done later. What was seen after the answer shows it already.
 */
const oursWhere = (db: ReadDb, where: string, params: { server: ServerKey; what: string; since: number }): Ours[] => [
  ...db.all<Ours>(
    `SELECT kind, fields FROM decision WHERE server = @server AND ${where} AND ${NOT_ENDED} AND state IN ('sending', 'unknown', 'needs-person')`,
    params,
  ),
  ...db.all<Ours>(
    `SELECT kind, fields FROM decision WHERE server = @server AND ${where} AND state = 'done' AND settled_at > @since`,
    params,
  ),
]

/** Those of our decisions on this target that may have worked since then. */
export const oursOn = (db: ReadDb, server: ServerKey, target: string, since: number): Ours[] =>
  oursWhere(db, 'target = @what', { server, what: target, since })

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
): boolean => oursOn(db, server, target, since).some(({ kind }) => kinds.includes(kind))

/** The same for what the server changes along with such decisions, whatever their target: kinds by a GLOB such as `account.*suspend`. */
export const mayComeWithOurs = (db: ReadDb, server: ServerKey, kinds: string, since: number): boolean =>
  oursWhere(db, 'kind GLOB @what', { server, what: kinds, since }).length > 0

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
     AND (SELECT max(s.at) FROM decision_step s WHERE s.decision_id = decision.id) >= @since ORDER BY settled_at`,
    { server, is: on.is, since },
  )
