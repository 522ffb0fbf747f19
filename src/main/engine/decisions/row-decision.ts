import type { DecisionKind, DecisionState, RowDecision, WaitingFor } from '../../../shared/contract/decisions.ts'

/** What `rowDecisionColumns` select; all null where there is none. */
export type RowDecisionColumns = {
  d_id: string | null
  d_kind: DecisionKind
  d_state: DecisionState
  d_waiting_for: WaitingFor | null
  d_send_at: number | null
  d_settled_at: number | null
}

/** The columns of the decision that a row shows, behind `joinRowDecision`. */
export const rowDecisionColumns =
  'd.id AS d_id, d.kind AS d_kind, d.state AS d_state, d.waiting_for AS d_waiting_for, d.send_at AS d_send_at, d.settled_at AS d_settled_at'

/**
 * Joins, as `d`, the newest decision about what a row shows that was not taken back and did not end longer ago than `shownMs`. `about`:
 * a condition on the decision `x`, to be answered by an index of (server, …, armed_at). Takes the parameter `@now`.
 */
export const joinRowDecision = (about: string, shownMs: number): string =>
  `LEFT JOIN decision d ON d.id = (
    SELECT x.id FROM decision x WHERE ${about}
      AND x.state NOT IN ('cancelled', 'superseded') AND coalesce(x.settled_at, @now) > @now - ${shownMs}
    ORDER BY x.armed_at DESC, x.id DESC LIMIT 1)`

/** The decision of a row, as the contract has it. */
export const toRowDecision = (row: RowDecisionColumns): RowDecision | null =>
  row.d_id === null
    ? null
    : {
        id: row.d_id,
        kind: row.d_kind,
        state: row.d_state,
        waitingFor: row.d_waiting_for,
        sendAt: row.d_send_at,
        settledAt: row.d_settled_at,
      }
