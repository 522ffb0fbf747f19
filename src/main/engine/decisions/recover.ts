import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import { pauseBatch } from './batch.ts'
import { decisionsIn, moveDecision, NOT_ENDED } from './journal.ts'
import { LOOKS_MS } from './send.ts'

/** What is `sending` without being on the wire, after a crash or a write to the disk that failed, is unknown. */
export const recoverSending = (context: Context, db: WriteDb, isLost: (id: string) => boolean): void => {
  for (const { id } of decisionsIn(db, ['sending']))
    if (isLost(id))
      moveDecision(context, db, id, 'sending', 'unknown', {
        why: 'why.crash',
        lookAt: context.clock.now() + LOOKS_MS[0],
      })
}

/** At start: what was on the wire is unknown, always; nothing held goes out unseen; what was ready and grew old asks. */
export const recoverDecisions = (context: Context, staleMs: number): void =>
  context.gate.write(['decisions', 'log'], db => {
    const now = context.clock.now()
    recoverSending(context, db, () => true)
    db.run(
      `UPDATE decision SET send_at = NULL, waiting_for = 'desk' WHERE ${NOT_ENDED} AND state = 'held' AND waiting_for IS NOT 'paused'`,
    )
    const stale = db.column<string>(
      `SELECT DISTINCT batch_id FROM decision WHERE ${NOT_ENDED} AND state = 'ready' AND batch_id IS NOT NULL AND ready_at < ?`,
      [now - staleMs],
    )
    for (const id of stale) pauseBatch(context, db, id, 'pause.stale')
    db.run(
      `UPDATE decision SET waiting_for = 'confirm' WHERE ${NOT_ENDED} AND state = 'ready' AND batch_id IS NULL AND ready_at < ?`,
      [now - staleMs],
    )
    db.run(
      `UPDATE decision SET waiting_for = NULL WHERE ${NOT_ENDED} AND state = 'ready' AND ready_at >= ? AND waiting_for NOT IN ('confirm', 'paused')`,
      [now - staleMs],
    )
  })
