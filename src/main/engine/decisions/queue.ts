import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { NOT_ENDED } from './journal.ts'
import type { StoredDecision } from './kind.ts'

/** An earlier decision on the target of `d` that is past its window and has not ended: `d` waits for its turn. */
const BEHIND = `EXISTS (
  SELECT 1 FROM decision e WHERE e.server = d.server AND e.target = d.target AND e.${NOT_ENDED} AND e.state <> 'held'
  AND (e.armed_at, e.id) < (d.armed_at, d.id))`

type Window = Pick<StoredDecision, 'id' | 'send_at'>

/** Held decisions whose window is over, and those that get one now because a desk is there; so many of each at most. */
export const dueWindows = (db: ReadDb, now: number, deskIsThere: boolean, most: number) => ({
  due: db.all<Window>(
    `SELECT id, send_at FROM decision INDEXED BY decision_by_state WHERE ${NOT_ENDED} AND state = 'held' AND send_at <= ? ORDER BY armed_at, id LIMIT ?`,
    [now, most],
  ),
  waiting: deskIsThere
    ? db.all<Window>(
        `SELECT id, send_at FROM decision INDEXED BY decision_by_state WHERE ${NOT_ENDED} AND state = 'held' AND send_at IS NULL AND waiting_for IS NOT 'paused' ORDER BY armed_at, id LIMIT ?`,
        [most],
      )
    : [],
})

/** The next decisions of a server that may go out, in their order: nothing asks a person, and none is behind another on its target. */
export const nextReady = (db: ReadDb, server: ServerKey, busy: readonly string[], most: number): StoredDecision[] =>
  db.all<StoredDecision>(
    `SELECT d.* FROM decision d INDEXED BY decision_ready
     WHERE d.server = @server AND d.state = 'ready' AND (d.waiting_for IS NULL OR d.waiting_for NOT IN ('confirm', 'paused'))
       AND d.id NOT IN (SELECT value FROM json_each(@busy)) AND NOT ${BEHIND}
     ORDER BY d.armed_at, d.id LIMIT @most`,
    { server, busy: JSON.stringify(busy), most },
  )

/** Says of those that are behind another on their target that they wait for their turn; how many were told so now. */
export const setTurns = (db: WriteDb): number =>
  db.run(
    `UPDATE decision AS d SET waiting_for = 'turn'
     WHERE d.state = 'ready' AND (d.waiting_for IS NULL OR d.waiting_for NOT IN ('turn', 'confirm', 'paused')) AND ${BEHIND}`,
  )

/**
 * Says of a server's single decisions that wait behind one which could not reach it that they wait for it too, not for their turn; how
 * many were told so now. Those of a batch are told of by their batch.
 */
export const setAway = (db: WriteDb, server: ServerKey): number =>
  db.run(
    `UPDATE decision SET waiting_for = 'server'
     WHERE state = 'ready' AND server = @server AND batch_id IS NULL AND waiting_for IS NULL
       AND EXISTS (SELECT 1 FROM decision e WHERE e.state = 'ready' AND e.server = @server AND e.waiting_for = 'server')`,
    { server },
  )

/** When something is due of itself, and whether anything is ready that asks nobody. */
export const nextTimes = (db: ReadDb): { times: number[]; isReady: boolean } => {
  const found = db.get<{ send: number | null; look: number | null; ready: number }>(
    `SELECT
       (SELECT min(send_at) FROM decision INDEXED BY decision_by_state WHERE ${NOT_ENDED} AND state = 'held') AS send,
       (SELECT min(look_at) FROM decision INDEXED BY decision_by_state WHERE ${NOT_ENDED} AND state = 'unknown') AS look,
       EXISTS (SELECT 1 FROM decision INDEXED BY decision_ready WHERE state = 'ready' AND (waiting_for IS NULL OR waiting_for NOT IN ('confirm', 'paused'))) AS ready`,
  )
  return {
    times: [found?.send, found?.look].filter(at => typeof at === 'number'),
    isReady: found?.ready === 1,
  }
}

/** What goes out by itself: how many are in their window, and how many past it. */
export const underway = (db: ReadDb): { held: number; going: number } => {
  const found = db.get<{ held: number; going: number }>(
    `SELECT coalesce(sum(state = 'held'), 0) AS held, coalesce(sum(state <> 'held'), 0) AS going
     FROM decision INDEXED BY decision_by_state
     WHERE ${NOT_ENDED} AND state IN ('held', 'ready', 'sending') AND (waiting_for IS NULL OR waiting_for NOT IN ('confirm', 'paused'))`,
  )
  return found ?? { held: 0, going: 0 }
}

/** Ends the windows of all that are held and not paused; how many. */
export const endHeldWindows = (db: WriteDb, now: number): number =>
  db.run(
    `UPDATE decision SET send_at = ?, waiting_for = NULL
     WHERE ${NOT_ENDED} AND state = 'held' AND (waiting_for IS NULL OR waiting_for <> 'paused')`,
    [now],
  )

/** After the clock was set back by so much: windows and looks that were to end by it end as much sooner; how many. */
export const moveTimesBack = (db: WriteDb, by: number, now: number): number =>
  db.run(`UPDATE decision SET send_at = send_at - @by WHERE ${NOT_ENDED} AND state = 'held' AND send_at > @now`, {
    by,
    now,
  }) +
  db.run(`UPDATE decision SET look_at = look_at - @by WHERE ${NOT_ENDED} AND state = 'unknown' AND look_at > @now`, {
    by,
    now,
  })
