import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import { decisionsIn, moveDecision } from './journal.ts'

/**
 * After a restore: another desk may have sent, taken back or ended whatever had not ended at `since`, when the backup was made. None of
 * it is sent from here; each is unknown, and read back as what may have been sent from then on.
 */
export const doubtAll = (context: Context, db: WriteDb, since: number): void => {
  for (const { id, state } of decisionsIn(db, ['held', 'ready', 'sending'])) {
    db.run('UPDATE decision SET sent_at = coalesce(sent_at, ?) WHERE id = ?', [since, id])
    moveDecision(context, db, id, state, 'unknown', { why: 'why.restored', lookAt: context.clock.now() })
  }
}

/**
 * After a server was put back: reading back shows no more what became of the decisions that may have been sent there, since an id may name
 * another by now. A person says how each ended.
 */
export const doubtRead = (context: Context, db: WriteDb, server: ServerKey): void => {
  for (const one of decisionsIn(db, ['unknown']))
    if (one.server === server) moveDecision(context, db, one.id, 'unknown', 'needs-person', { why: 'why.went-back' })
}
