import { z } from 'zod'
import type { AccountName } from '../../../shared/contract/accounts.ts'
import type {
  DecisionKind,
  DecisionState,
  Fields,
  Rung,
  Subject,
  SubjectNoun,
  WaitingFor,
} from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { ReadDb } from '../db/handle.ts'
import type { RequestClass } from '../mastodon/budget.ts'
import type { Outcome } from '../mastodon/outcome.ts'
import type { Session } from '../mastodon/session.ts'

/** A decision as the journal holds it. Times in ms; `rules`, `fields` and `before` are JSON, `account_name` an `AccountName` as JSON. */
export type StoredDecision = {
  id: string
  server: ServerKey
  kind: DecisionKind
  subject_of: SubjectNoun
  subject_id: string
  report_id: string | null
  account_id: string | null
  account_name: string | null
  /** What people call it where it is no account. */
  name: string
  /** The domain that it concerns: of a remote account, or the one that is blocked. */
  domain: string | null
  batch_id: string | null
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
  fields: string
  before: string
  /** What the way back needs to know of how things were, as JSON. */
  kept: string
  /** Message code `brake.*` of the brake that it goes out over, since a person said so; null where none stood in its way. */
  brake: string | null
  why: string | null
  status: number | null
}

/** Facts about the target, compared between arming and sending, and logged as what was before. */
export type Before = Readonly<Record<string, string | number | boolean | null>>

/**
 * What arming learned of the subject. `target`: what is on the wire once at a time. `name`: what people call it, and type where it has
 * a brake. `refusal`, `brake`: message codes why it cannot be armed, or only alone and with its name typed.
 */
export type Arming = {
  target: string
  report: string | null
  account: AccountName | null
  name: string
  domain: string | null
  before: Before
  refusal: string | null
  brake: string | null
  /** How things were, for the way back. Free text of people has its place here, not in `before`, which is logged. */
  kept?: Fields
}

/** What a decision's steps are given. `cls`: whose budget its requests are of, a single decision's or a batch's. */
export type Work = {
  context: Context
  session: Session
  decision: StoredDecision
  cls: Extract<RequestClass, 'decision' | 'batch'>
  signal: AbortSignal
}

/** What is given to read about a subject before anything is decided. */
export type Reading = Pick<Work, 'context' | 'session' | 'signal'> & { subject: Subject; fields: Fields }

/** What reading back showed: it happened; it did not (`why` a message code, where someone else did); or nothing shows it. */
export type ReadBack = { shows: 'done' } | { shows: 'not-done'; why: string } | { shows: 'nothing' }

/** One kind of decision, as a value of its noun. The journal and its runner know only this shape. */
export type Kind = {
  kind: DecisionKind
  /** What it can be armed on. */
  subjects: readonly SubjectNoun[]
  /** Where it stands: a rung of the ladder, a way back, or beside them. Rungs stand in the order in which the engine registers them. */
  place: 'rung' | 'way' | 'aside'
  /** Whether it waits for a grace window; what hurts nobody goes at once. */
  hasGrace: boolean
  /** The kind that gives back what can be given back. */
  inverse: DecisionKind | null
  /** What the inverse takes to give back what a decision changed; null where it can't any more. Without it: nothing. */
  wayBack?(decision: StoredDecision, now: number): Fields | null
  /** How many follows it cuts for good, as far as that is known. */
  cuts?(db: ReadDb, server: ServerKey, subject: Subject, fields: Fields): number
  /** A brake that reading from the server may lift, so that a batch need not leave out what it stands before. */
  unread?: { brake: string; read(work: Reading): Promise<void> }
  /** What it takes beside the reasons, as it is sent: trimmed, in the server's own form. Its messages are codes `field.*`. */
  fields: z.ZodType<Fields, unknown>
  /** Those of them that are words of a closed list or ids: the log may show them for ever. Every other text is a person's own, and erasable. */
  codes: readonly string[]
  /** Requests that one decision of a batch takes, all told: for the time left. */
  requests: number
  /** Reads the subject from the mirror. Fails with `not-found`. */
  arming(db: ReadDb, server: ServerKey, subject: Subject, fields: Fields): Arming
  /** An interest of one's own in it: the end of a message code `interest.*`. It goes out alone, and only when that was said. */
  interest?(db: ReadDb, server: ServerKey, arming: Arming): string | null
  /** The rung with its consequences in numbers. */
  rung(db: ReadDb, server: ServerKey, subject: Subject): Rung
  /**
   * Reads the target again, just before sending. A message code stops the decision; one that it `asks` about, such as a brake that was
   * none when it was armed, puts it before a person. Fails as the request fails.
   */
  precondition(work: Work): Promise<string | { asks: string } | null>
  /** The one write. */
  request(work: Work): Promise<Outcome>
  /** What the server's no means where it may say that what was wanted is so already; a message code, or null for a plain no. */
  refused?(work: Work, status: number, json: unknown): { isDone: boolean; why: string } | null
  /** Reads what a 403 or 404 means while our role is as it was: a message code, or null for a plain no. Fails as the request fails. */
  explain?(work: Work, status: number): Promise<string | null>
  /** Looks whether it happened. */
  readBack(work: Work): Promise<ReadBack>
  /** Stores what the answer itself shows; false when the target must be fetched to see what changed. */
  take(work: Work, json: unknown): boolean
  /** Fetches what the decision changed. */
  refresh(work: Work): Promise<void>
  /** Once it is done, and what it changed was read: a message code where someone else acted on the same at the same time, or null. */
  besides?(work: Work): string | null
}

/** What a kind takes that needs nothing beside the reasons. */
export const noFields: z.ZodType<Fields, unknown> = z.strictObject({})

/** A rung that stands beside a form of its own, which tells what follows; here only what it does and how it comes back. */
export const rungOfForm = (kind: DecisionKind, { refusal, brake, name }: Arming): Rung => ({
  kind,
  refusal,
  brake,
  name,
  does: { code: `consequence.${kind}.does`, values: {}, gone: false },
  closes: 0,
  mail: 'never',
  back: { code: `consequence.${kind}.back`, values: {}, gone: false },
  sheet: false,
  effects: [],
})
