import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'

/** A decision that may have worked after `since`: it is on the wire, nobody knows yet how it ended, or it was done later. */
const LATER = `sent_at IS NOT NULL AND (state IN ('sending', 'unknown', 'needs-person') OR (state = 'done' AND settled_at > @since))`

/**
 * True when a decision of ours on this target may have worked on the server after `since`, when what we hold was last seen. What it
 * changed is not a colleague's doing.
 */
export const mayBeOurs = (db: ReadDb, server: ServerKey, target: string, since: number): boolean =>
  db.get(`SELECT 1 FROM decision WHERE server = @server AND target = @target AND ${LATER}`, {
    server,
    target,
    since,
  }) !== undefined

/** The same for what the server changes along with such decisions, whatever their target: kinds by a GLOB such as `account.*suspend`. */
export const mayComeWithOurs = (db: ReadDb, server: ServerKey, kinds: string, since: number): boolean =>
  db.get(`SELECT 1 FROM decision WHERE server = @server AND kind GLOB @kinds AND ${LATER}`, {
    server,
    kinds,
    since,
  }) !== undefined
