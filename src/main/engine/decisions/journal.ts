import { randomBytes } from 'node:crypto'
import type { DecisionState, Fields, Subject, WaitingFor } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { followBatch } from './batch.ts'
import type { Arming, Kind, StoredDecision } from './kind.ts'

/** A UUID of version 7: sorts by time. */
export const newDecisionId = (now: number): string => {
  const hex = now.toString(16).padStart(12, '0') + randomBytes(10).toString('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** From which states a decision may go where. What is not here is a mistake of ours and fails. */
const ways: Record<DecisionState, readonly DecisionState[]> = {
  // Unknown without having been sent from here: another desk may have (doubt.ts).
  held: ['ready', 'cancelled', 'superseded', 'unknown'],
  ready: ['sending', 'stopped', 'cancelled', 'failed', 'unknown'],
  sending: ['done', 'failed', 'unknown', 'ready'],
  unknown: ['done', 'not-done', 'needs-person'],
  'needs-person': ['done', 'not-done'],
  done: [],
  failed: [],
  'not-done': [],
  cancelled: [],
  superseded: [],
  stopped: [],
}

/** States that ended for good. */
const isSettled = (state: DecisionState): boolean => ways[state].length === 0

/** What a person chose when arming. */
export type Choice = { text: string; mail: boolean; note: string; rules: readonly string[]; fields: Fields }

/** The handle, or what else people call the target; a domain is no person and stands among the facts. */
const personalOf = (
  decision: Pick<StoredDecision, 'account_name' | 'name' | 'domain' | 'text' | 'note'>,
): Record<string, string> => {
  const name: { username: string; domain: string | null } | null = JSON.parse(decision.account_name ?? 'null')
  const target = name ? `@${name.username}${name.domain === null ? '' : `@${name.domain}`}` : decision.name
  return {
    ...(target === '' || target === decision.domain ? {} : { target }),
    ...(decision.text === '' ? {} : { text: decision.text }),
    ...(decision.note === '' ? {} : { note: decision.note }),
  }
}

/**
 * What was chosen, apart: what may stand among the facts, and what people wrote, which can be erased. What looks like a code may
 * be someone's name, so that only the kind tells which is one.
 */
const chosen = ({ codes }: Kind, fields: Fields) => {
  const facts: Fields = {}
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (codes.includes(name) || (typeof value !== 'string' && !Array.isArray(value))) facts[name] = value
    else if (value.length > 0) texts[name] = typeof value === 'string' ? value : value.join('\n')
  }
  return { facts, texts }
}

/** The facts that every entry about a decision has. */
export const factsOf = (
  decision: Pick<StoredDecision, 'id' | 'kind' | 'report_id' | 'account_id' | 'domain' | 'batch_id'>,
) => ({
  decision: decision.id,
  kind: decision.kind,
  report: decision.report_id,
  account: decision.account_id,
  ...(decision.domain === null ? {} : { domain: decision.domain }),
  ...(decision.batch_id === null ? {} : { batch: decision.batch_id }),
})

const addStep = (
  db: WriteDb,
  id: string,
  at: number,
  state: DecisionState,
  why: string | null,
  status: number | null,
) =>
  db.run(
    `INSERT INTO decision_step (decision_id, n, at, state, why, status)
     VALUES (@id, (SELECT count(*) FROM decision_step WHERE decision_id = @id), @at, @state, @why, @status)`,
    { id, at, state, why, status },
  )

/** One decision; fails with `not-found`. */
export const readDecision = (db: ReadDb, id: string): StoredDecision => {
  const row = db.get<StoredDecision>('SELECT * FROM decision WHERE id = ?', [id])
  if (!row) throw new Failure('not-found')
  return row
}

/** Word for word what the indexes `decision_open` and `decision_by_state` say, so that SQLite sees that it may use it: the journal only grows. */
export const NOT_ENDED = `state IN ('held', 'ready', 'sending', 'unknown', 'needs-person')`

/** Decisions in these states, which are no ends, the oldest first. */
export const decisionsIn = (db: ReadDb, states: readonly DecisionState[]): StoredDecision[] =>
  db.all<StoredDecision>(
    `SELECT * FROM decision INDEXED BY decision_by_state WHERE ${NOT_ENDED} AND state IN (SELECT value FROM json_each(?)) ORDER BY armed_at, id`,
    [JSON.stringify(states)],
  )

/** Decisions that have not ended, on one target, the oldest first. */
export const openOnTarget = (db: ReadDb, server: ServerKey, target: string): StoredDecision[] =>
  db.all<StoredDecision>(
    `SELECT * FROM decision WHERE server = ? AND target = ? AND ${NOT_ENDED} ORDER BY armed_at, id`,
    [server, target],
  )

/** Arms a decision: row, first step and log entry in the caller's one transaction. */
export const putDecision = (
  context: Context,
  db: WriteDb,
  kind: Kind,
  on: {
    server: ServerKey
    subject: Subject
    arming: Arming
    choice: Choice
    interest: string | null
    graceMs: number
    batch: string | null
  },
): string => {
  const now = context.clock.now()
  const { server, subject, arming, choice, graceMs } = on
  const state = kind.hasGrace ? 'held' : 'ready'
  const row = {
    id: newDecisionId(now),
    server,
    kind: kind.kind,
    subject_of: subject.of,
    subject_id: subject.id,
    report_id: arming.report,
    account_id: arming.account?.id ?? null,
    account_name: arming.account === null ? null : JSON.stringify(arming.account),
    name: arming.account === null ? arming.name : '',
    domain: arming.domain,
    batch_id: on.batch,
    target: arming.target,
    state,
    armed_at: now,
    send_at: kind.hasGrace ? now + graceMs : null,
    ready_at: kind.hasGrace ? null : now,
    text: choice.text,
    mail: choice.mail ? 1 : 0,
    note: choice.note,
    rules: JSON.stringify(choice.rules),
    fields: JSON.stringify(choice.fields),
    before: JSON.stringify(arming.before),
    kept: JSON.stringify(arming.kept ?? {}),
    brake: arming.brake,
  } satisfies Partial<StoredDecision>
  const names = Object.keys(row)
  db.run(`INSERT INTO decision (${names.join(', ')}) VALUES (${names.map(name => `@${name}`).join(', ')})`, row)
  const { facts, texts } = chosen(kind, choice.fields)
  addStep(db, row.id, now, state, null, null)
  context.log(db, {
    source: 'did',
    action: 'decision.armed',
    server,
    facts: {
      ...factsOf(row),
      before: arming.before,
      ...(Object.keys(facts).length === 0 ? {} : { fields: facts }),
      mail: choice.mail,
      ...(on.interest === null ? {} : { interest: on.interest }),
      rules: [...choice.rules],
      graceMs: row.send_at === null ? 0 : graceMs,
    },
    personal: { ...texts, ...personalOf(row) },
  })
  return row.id
}

/** What else a step changes beside the state. */
export type Change = {
  why?: string | null
  status?: number | null
  waitingFor?: WaitingFor | null
  lookAt?: number | null
  /** When the server's answer was here, where that is before now: what was read of it since then shows what became of it. */
  answeredAt?: number
  action?: string
}

/**
 * Moves a decision to another state: row, step and log entry in the caller's one transaction. Fails with `conflict` when it is not
 * in `from` any more, so that two who move it at once cannot both succeed.
 */
export const moveDecision = (
  context: Context,
  db: WriteDb,
  id: string,
  from: DecisionState,
  to: DecisionState,
  change: Change = {},
): void => {
  if (!ways[from].includes(to)) throw new Error(`no way from ${from} to ${to}`)
  const now = context.clock.now()
  const { why = null, status = null, waitingFor = null, lookAt = null, answeredAt = now } = change
  const changed = db.run(
    `UPDATE decision SET state = @to, why = @why, status = CASE WHEN @to = 'sending' THEN NULL ELSE coalesce(@status, status) END, waiting_for = @waitingFor, look_at = @lookAt, send_at = NULL,
       ready_at = CASE WHEN @to = 'ready' THEN coalesce(ready_at, @now) ELSE ready_at END,
       sent_at = CASE WHEN @to = 'sending' THEN @now ELSE sent_at END,
       looks = CASE WHEN @to = 'sending' THEN 0 ELSE looks END,
       settled_at = CASE WHEN @settled = 1 THEN @answeredAt ELSE NULL END
     WHERE id = @id AND state = @from`,
    { id, from, to, why, status, waitingFor, lookAt, now, answeredAt, settled: isSettled(to) ? 1 : 0 },
  )
  if (changed !== 1) throw new Failure('conflict', { reason: 'failure.moved-on' })
  addStep(db, id, now, to, why, status)
  const decision = readDecision(db, id)
  context.log(db, {
    source: 'did',
    action: change.action ?? `decision.${to}`,
    server: decision.server,
    facts: { ...factsOf(decision), why, status, waitingFor },
    personal: personalOf({ ...decision, text: '', note: '' }),
  })
  if (decision.batch_id !== null) followBatch(context, db, decision.batch_id, to, why)
}

/** Says what a decision waits for, or with null that it waits no more. No step, no entry: its state is the same. */
export const setWaiting = (db: WriteDb, id: string, waitingFor: WaitingFor | null): boolean =>
  db.run('UPDATE decision SET waiting_for = @waitingFor WHERE id = @id AND waiting_for IS NOT @waitingFor', {
    id,
    waitingFor,
  }) === 1

/** Puts a ready decision before a person: something stands in its way that did not when it was armed. Step and entry say what. */
export const askAbout = (context: Context, db: WriteDb, id: string, why: string): void => {
  const changed = db.run(`UPDATE decision SET waiting_for = 'confirm', why = @why WHERE id = @id AND state = 'ready'`, {
    id,
    why,
  })
  if (changed !== 1) throw new Failure('conflict', { reason: 'failure.moved-on' })
  addStep(db, id, context.clock.now(), 'ready', why, null)
  const decision = readDecision(db, id)
  context.log(db, {
    source: 'did',
    action: 'decision.asks',
    server: decision.server,
    facts: { ...factsOf(decision), why },
    personal: personalOf({ ...decision, text: '', note: '' }),
  })
}

/** Gives a held decision a window that ends at `sendAt`, or with null holds it until a desk is there. */
export const setWindow = (db: WriteDb, id: string, sendAt: number | null): void =>
  void db.run(`UPDATE decision SET send_at = @sendAt, waiting_for = @waitingFor WHERE id = @id AND state = 'held'`, {
    id,
    sendAt,
    waitingFor: sendAt === null ? 'desk' : null,
  })

/** Notes one look at an unknown decision, and when the next is due. */
export const setLook = (db: WriteDb, id: string, looks: number, lookAt: number | null): void =>
  void db.run('UPDATE decision SET looks = @looks, look_at = @lookAt WHERE id = @id', { id, looks, lookAt })
