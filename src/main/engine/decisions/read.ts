import { AccountName } from '../../../shared/contract/accounts.ts'
import { type Decision, type DecisionKind, type DecisionState, Fields } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { NOT_ENDED } from './journal.ts'
import type { StoredDecision } from './kind.ts'

/** The inverse of each kind, as registered; set once by the engine's composition. */
export type Inverses = ReadonlyMap<DecisionKind, DecisionKind | null>

type Step = { at: number; state: DecisionState; why: string | null; status: number | null }

/** A stored decision as people see it, with its steps. */
export const toDecision = (db: ReadDb, row: StoredDecision, inverses: Inverses): Decision => ({
  id: row.id,
  server: row.server,
  kind: row.kind,
  subject: { of: row.subject_of, id: row.subject_id },
  report: row.report_id,
  account: row.account_name === null ? null : AccountName.parse(JSON.parse(row.account_name)),
  name: row.name,
  fields: Fields.parse(JSON.parse(row.fields)),
  batch: row.batch_id,
  state: row.state,
  waitingFor: row.waiting_for,
  armedAt: row.armed_at,
  sendAt: row.send_at,
  settledAt: row.settled_at,
  why: row.why,
  status: row.status,
  steps: db.all<Step>('SELECT at, state, why, status FROM decision_step WHERE decision_id = ? ORDER BY n', [row.id]),
  inverse: inverses.get(row.kind) ?? null,
})

/** What the bar shows: all that has not ended, and what ended since `settledAfter`, oldest first. Batches stand there as one. */
export const barDecisions = (db: ReadDb, settledAfter: number): StoredDecision[] =>
  db.all<StoredDecision>(
    `SELECT * FROM decision INDEXED BY decision_open WHERE ${NOT_ENDED} AND (batch_id IS NULL OR state IN ('unknown', 'needs-person'))
     UNION ALL
     SELECT * FROM (SELECT * FROM decision WHERE armed_at >= @settledAfter - 3600000 AND settled_at >= @settledAfter AND batch_id IS NULL AND state NOT IN ('cancelled', 'superseded') ORDER BY armed_at DESC LIMIT 20)
     ORDER BY armed_at, id LIMIT 200`,
    { settledAfter },
  )

/** Decisions by when they were armed, newest first. */
export const pageOfDecisions = (
  db: ReadDb,
  states: readonly DecisionState[] | undefined,
  before: number,
  limit: number,
): StoredDecision[] =>
  db.all<StoredDecision>(
    `SELECT * FROM decision WHERE armed_at < @before AND (@states IS NULL OR state IN (SELECT value FROM json_each(@states)))
     ORDER BY armed_at DESC, id DESC LIMIT @limit`,
    { before, limit, states: states === undefined ? null : JSON.stringify(states) },
  )

/** Those of a batch that did not come about or may not have, the last settled first. */
export const troubleOf = (db: ReadDb, batch: string, limit: number): StoredDecision[] =>
  db.all<StoredDecision>(
    `SELECT * FROM decision WHERE batch_id = ? AND state IN ('failed', 'stopped', 'not-done', 'unknown', 'needs-person')
     ORDER BY settled_at DESC, id DESC LIMIT ?`,
    [batch, limit],
  )

/** Our decisions about one account, newest first. */
export const decisionsAbout = (db: ReadDb, server: ServerKey, account: string, limit: number): StoredDecision[] =>
  db.all<StoredDecision>(
    'SELECT * FROM decision WHERE server = ? AND account_id = ? ORDER BY armed_at DESC, id DESC LIMIT ?',
    [server, account, limit],
  )
