import type { WaitingFor } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import { pauseBatch, readBatch } from './batch.ts'
import { askAbout, decisionsIn, moveDecision, readDecision } from './journal.ts'
import type { StoredDecision } from './kind.ts'

/** Why all that a server's queue would still send is put before a person; the ends of message codes `pause.*` and `why.*`. */
type Freeze = 'role-changed' | 'login-closed' | 'went-back'

/** Whether a person who is asked already has to be told of this besides: a name that is to be typed goes before it. */
const isNews = ({ why }: StoredDecision, of: Freeze): boolean =>
  why !== `why.${of}` && why !== 'why.went-back' && !why?.startsWith('brake.')

/**
 * Puts all that a server's queue would still send before a person: it is not as it was when that was decided. Batches ask as one. What is on
 * the wire just now asks if it comes back unsent (`sendBack`).
 */
export const freezeDecisions = (context: Context, db: WriteDb, server: ServerKey, of: Freeze): void => {
  const due = decisionsIn(db, ['held', 'ready', 'sending']).filter(one => one.server === server)
  const batches = new Set(due.flatMap(({ batch_id: id }) => id ?? []))
  for (const id of batches) pauseBatch(context, db, id, `pause.${of}`)
  for (const one of due) {
    if (one.batch_id !== null || (one.waiting_for === 'confirm' && !isNews(one, of))) continue
    if (one.state === 'sending') db.run('UPDATE decision SET why = ? WHERE id = ?', [`why.${of}`, one.id])
    else if (one.state === 'ready') askAbout(context, db, one.id, `why.${of}`)
    else moveDecision(context, db, one.id, 'held', 'ready', { why: `why.${of}`, waitingFor: 'confirm' })
  }
}

/**
 * Puts back what was on the wire and was not taken: it waits and goes on, unless its batch was paused meanwhile, or a person is asked about
 * all that waits for its server.
 */
export const sendBack = (
  context: Context,
  db: WriteDb,
  id: string,
  change: { why: string; status: number | null; waitingFor: WaitingFor },
): void => {
  const { batch_id: batch, why } = readDecision(db, id)
  const frozen = why === null ? {} : { why, waitingFor: 'confirm' as const }
  const paused = batch !== null && readBatch(db, batch).paused_why !== null ? { waitingFor: 'paused' as const } : {}
  moveDecision(context, db, id, 'sending', 'ready', { ...change, ...frozen, ...paused })
}
