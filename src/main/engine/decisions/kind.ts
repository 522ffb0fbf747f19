import type { AccountName } from '../../../shared/contract/accounts.ts'
import type { DecisionKind, DecisionState, Rung, WaitingFor } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { ReadDb } from '../db/handle.ts'
import type { Outcome } from '../mastodon/outcome.ts'
import type { Session } from '../mastodon/session.ts'

/** A decision as the journal holds it. Times in ms; `rules` and `before` are JSON, `account_name` an `AccountName` as JSON. */
export type StoredDecision = {
  id: string
  server: ServerKey
  kind: DecisionKind
  report_id: string | null
  account_id: string | null
  account_name: string | null
  /** What it acts on: one decision on it is on the wire at a time. */
  target: string
  state: DecisionState
  waiting_for: WaitingFor | null
  armed_at: number
  send_at: number | null
  ready_at: number | null
  sent_at: number | null
  settled_at: number | null
  /** When to read back next, and how often it was. */
  look_at: number | null
  looks: number
  text: string
  mail: number
  note: string
  rules: string
  before: string
  why: string | null
  status: number | null
}

/** Facts about the target, compared between arming and sending, and logged as what was before. */
export type Before = Readonly<Record<string, string | number | boolean | null>>

/** What arming learned of the target. `refusal`: the message code why it cannot be armed. */
export type Arming = { target: string; account: AccountName; before: Before; refusal: string | null }

/** What a decision's steps are given. */
export type Work = { context: Context; session: Session; decision: StoredDecision; signal: AbortSignal }

/** What reading back showed: it happened; it did not (`why` a message code, where someone else did); or nothing shows it. */
export type ReadBack = { shows: 'done' } | { shows: 'not-done'; why: string } | { shows: 'nothing' }

/** One kind of decision, as a value of its noun. The journal and its runner know only this shape. */
export type Kind = {
  kind: DecisionKind
  /** Whether it waits for a grace window; what hurts nobody goes at once. */
  hasGrace: boolean
  /** The kind that gives back what can be given back. */
  inverse: DecisionKind | null
  /** Reads the target from the mirror. Fails with `not-found`. */
  arming(db: ReadDb, server: ServerKey, report: string): Arming
  /** The rung with its consequences in numbers. */
  rung(db: ReadDb, server: ServerKey, report: string): Rung
  /** Reads the target again, just before sending; a message code stops the decision. Fails as the request fails. */
  precondition(work: Work): Promise<string | null>
  /** The one write. */
  request(work: Work): Promise<Outcome>
  /** Looks whether it happened. */
  readBack(work: Work): Promise<ReadBack>
  /** Stores what the answer itself shows; false when the target must be fetched to see what changed. */
  take(work: Work, json: unknown): boolean
  /** Fetches what the decision changed. */
  refresh(work: Work): Promise<void>
}
