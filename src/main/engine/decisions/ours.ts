import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { NOT_ENDED } from './journal.ts'

/**
 * A decision that may have worked on the server after `since`, when what we hold was last seen: it is on the wire, nobody knows yet
 * how it ended, or it was done later. What it changed is not a colleague's doing.
 */
const isAny = (db: ReadDb, where: string, params: { server: ServerKey; what: string; since: number }): boolean =>
  db.get(
    `SELECT 1 FROM decision WHERE server = @server AND ${where} AND ${NOT_ENDED} AND state IN ('sending', 'unknown', 'needs-person')`,
    params,
  ) !== undefined ||
  db.get(
    `SELECT 1 FROM decision WHERE server = @server AND ${where} AND state = 'done' AND settled_at > @since`,
    params,
  ) !== undefined

/** True when a decision of ours on this target may explain what changed since then. */
export const mayBeOurs = (db: ReadDb, server: ServerKey, target: string, since: number): boolean =>
  isAny(db, 'target = @what', { server, what: target, since })

/** The same for what the server changes along with such decisions, whatever their target: kinds by a GLOB such as `account.*suspend`. */
export const mayComeWithOurs = (db: ReadDb, server: ServerKey, kinds: string, since: number): boolean =>
  isAny(db, 'kind GLOB @what', { server, what: kinds, since })
