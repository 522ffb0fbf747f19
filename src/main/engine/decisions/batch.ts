import type { DecisionKind, DecisionState } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** A batch as the journal holds it; times in ms. Its state is that of its decisions, but for `paused_why`. */
export type StoredBatch = {
  id: string
  kind: DecisionKind
  label: string
  /** Message code `pause.*`; null while it is not paused. */
  paused_why: string | null
  forbidden_in_row: number
  size: number
  armed_at: number
  ended_at: number | null
}

/** So many 403 one after the other mean that something is wrong with all of it, not with one account. */
const MOST_FORBIDDEN = 3

/** One batch; fails with `not-found`. */
export const readBatch = (db: ReadDb, id: string): StoredBatch => {
  const row = db.get<StoredBatch>('SELECT * FROM batch WHERE id = ?', [id])
  if (!row) throw new Failure('not-found')
  return row
}

const logBatch = (
  context: Context,
  db: WriteDb,
  batch: Pick<StoredBatch, 'id' | 'kind'>,
  action: string,
  facts: Record<string, string | number> = {},
) => context.log(db, { source: 'did', action, server: null, facts: { batch: batch.id, kind: batch.kind, ...facts } })

/** Why a batch is paused of which not all stands there yet. */
const ARMING = 'pause.arming'

/** Writes a batch and its entry, paused until all of its decisions stand beside it (`beginBatch`). The label may name people. */
export const putBatch = (
  context: Context,
  db: WriteDb,
  batch: Pick<StoredBatch, 'id' | 'kind' | 'label' | 'size'>,
): void => {
  db.run(
    'INSERT INTO batch (id, kind, label, size, armed_at, paused_why) VALUES (@id, @kind, @label, @size, @now, @why)',
    { ...batch, why: ARMING, now: context.clock.now() },
  )
  context.log(db, {
    source: 'did',
    action: 'batch.armed',
    server: null,
    facts: { batch: batch.id, kind: batch.kind, size: batch.size },
    personal: batch.label === '' ? {} : { label: batch.label },
  })
}

/** Holds what was just armed of a batch that is not whole yet: a crash meanwhile leaves it paused, and it goes out by no clock. */
export const holdBatch = (db: WriteDb, id: string): void =>
  void db.run(
    `UPDATE decision SET waiting_for = 'paused', send_at = NULL WHERE batch_id = ? AND state IN ('held', 'ready') AND waiting_for IS NULL`,
    [id],
  )

/** True when a batch that is still being armed was paused meanwhile: it will not begin by itself. */
export const isStopped = (db: ReadDb, id: string): boolean => readBatch(db, id).paused_why !== ARMING

/** Lets a batch begin that is whole now, of so many decisions, with a window that ends at `sendAt`; not one that was paused meanwhile. */
export const beginBatch = (context: Context, db: WriteDb, id: string, size: number, sendAt: number): void => {
  db.run('UPDATE batch SET size = @size WHERE id = @id', { id, size })
  if (db.run('UPDATE batch SET paused_why = NULL WHERE id = ? AND paused_why = ?', [id, ARMING]) === 1)
    letGo(context, db, id, sendAt)
  // One that was armed by itself meanwhile may have been the last.
  followBatch(context, db, id, 'cancelled', null)
}

const letGo = (context: Context, db: WriteDb, id: string, sendAt: number) => {
  db.run(`UPDATE decision SET waiting_for = NULL, send_at = @sendAt WHERE batch_id = @id AND state = 'held'`, {
    id,
    sendAt,
  })
  db.run(
    `UPDATE decision SET waiting_for = NULL, ready_at = @now WHERE batch_id = @id AND state = 'ready' AND waiting_for IS NOT 'confirm'`,
    { id, now: context.clock.now() },
  )
}

/** What a person has to know before a batch goes on, whatever else it was paused for: the later here before the earlier. */
const GRAVE: readonly (string | null)[] = ['pause.login-closed', 'pause.role-changed', 'pause.went-back']
const graveness = (why: string | null): number => (why === null || why === ARMING ? -1 : GRAVE.indexOf(why) + 1)

/** Stops a batch between two decisions: row, what its decisions wait for, and entry. False when it has ended, or is paused for a reason as grave. */
export const pauseBatch = (context: Context, db: WriteDb, id: string, why: string): boolean => {
  const { paused_why, ended_at } = readBatch(db, id)
  if (ended_at !== null || graveness(paused_why) >= graveness(why)) return false
  db.run('UPDATE batch SET paused_why = @why WHERE id = @id', { id, why })
  db.run(
    `UPDATE decision SET waiting_for = 'paused', send_at = NULL WHERE batch_id = ? AND state IN ('held', 'ready') AND waiting_for IS NOT 'confirm'`,
    [id],
  )
  logBatch(context, db, readBatch(db, id), 'batch.paused', { why })
  return true
}

/** Lets a paused batch go on; what was still held gets a window that ends at `sendAt`. False when it was not paused. */
export const resumeBatch = (context: Context, db: WriteDb, id: string, sendAt: number): boolean => {
  const changed = db.run(
    'UPDATE batch SET paused_why = NULL, forbidden_in_row = 0 WHERE id = ? AND paused_why IS NOT NULL AND ended_at IS NULL',
    [id],
  )
  if (changed !== 1) return false
  letGo(context, db, id, sendAt)
  logBatch(context, db, readBatch(db, id), 'batch.resumed')
  return true
}

/** Follows one of its decisions to its new state: three 403 in a row pause the batch, the last that was to be sent ends it. */
export const followBatch = (context: Context, db: WriteDb, id: string, to: DecisionState, why: string | null): void => {
  if (to === 'held' || to === 'ready' || to === 'sending') return
  if (to === 'done') db.run('UPDATE batch SET forbidden_in_row = 0 WHERE id = ? AND forbidden_in_row > 0', [id])
  if (to === 'failed' && why === 'why.forbidden') {
    db.run('UPDATE batch SET forbidden_in_row = forbidden_in_row + 1 WHERE id = ?', [id])
    if (readBatch(db, id).forbidden_in_row >= MOST_FORBIDDEN) pauseBatch(context, db, id, 'pause.forbidden')
  }
  const goesOn = db.get(`SELECT 1 FROM decision WHERE batch_id = ? AND state IN ('held', 'ready', 'sending') LIMIT 1`, [
    id,
  ])
  if (goesOn) return
  const ended = db.run('UPDATE batch SET ended_at = @now WHERE id = @id AND ended_at IS NULL', {
    id,
    now: context.clock.now(),
  })
  if (ended === 1) logBatch(context, db, readBatch(db, id), 'batch.ended', countsOf(db, id))
}

/** How many of its decisions are in each state; a state that none is in is missing. */
export const countsOf = (db: ReadDb, id: string): Partial<Record<DecisionState, number>> =>
  Object.fromEntries(
    db
      .all<{ state: DecisionState; n: number }>(
        'SELECT state, count(*) AS n FROM decision WHERE batch_id = ? GROUP BY state',
        [id],
      )
      .map(({ state, n }) => [state, n]),
  )
