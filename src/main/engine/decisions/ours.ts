import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'

/**
 * True when a decision of ours on this target may have worked on the server after `since`, when what we hold was last seen: it is on
 * the wire, nobody knows yet how it ended, or it was done later. What it changed is not a colleague's doing.
 */
export const mayBeOurs = (db: ReadDb, server: ServerKey, target: string, since: number): boolean =>
  db.get(
    `SELECT 1 FROM decision WHERE server = @server AND target = @target AND sent_at IS NOT NULL
     AND (state IN ('sending', 'unknown', 'needs-person') OR (state = 'done' AND settled_at > @since))`,
    { server, target, since },
  ) !== undefined
