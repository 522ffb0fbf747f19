import { z } from 'zod'
import { AccountName } from './accounts.ts'
import { BatchId, DecisionId, RemoteId, ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** The nouns that a decision acts on. */
export const SubjectNoun = z.enum([
  'report',
  'account',
  'signup',
  'domain',
  'email-domain',
  'address',
  'canonical-email',
  'trend',
])
export type SubjectNoun = z.infer<typeof SubjectNoun>

/**
 * What a decision acts on, as its noun names it: a report, an account or a sign-up (its account) by the server's id; a domain by its A-label form. An account
 * kind armed on a report acts on the report's target, and closes what the server closes with it.
 */
export const Subject = z.object({ of: SubjectNoun, id: z.string().min(1).max(300) })
export type Subject = z.infer<typeof Subject>

/** What a kind takes beside the common reasons, by name: each kind says which (`invalid-input` otherwise). */
export const Fields = z.record(
  z.string().max(40),
  z.union([z.string().max(5000), z.number(), z.boolean(), z.null(), z.array(z.string().max(300)).max(100)]),
)
export type Fields = z.infer<typeof Fields>

/** What a person gives with a decision. */
export const Reasons = z.object({
  /** To the member; plain text. */
  text: z.string().max(2000).default(''),
  mail: z.boolean().default(true),
  /** For the log only. */
  note: z.string().max(2000).default(''),
  /** Rules quoted as the reason. */
  rules: z.array(RemoteId).max(20).default([]),
  fields: Fields.default({}),
})
export type Reasons = z.infer<typeof Reasons>

/**
 * Where the person looks while deciding: the one server that the screen shows, null where it shows all. What lies on another is
 * refused with `refusal.other-server` until the person said that it is meant (`elsewhere`).
 */
export const View = z.object({ view: ServerKey.nullable().default(null), elsewhere: z.boolean().default(false) })

/** Every kind of decision, by the noun that it belongs to. */
export const DecisionKind = z.enum([
  'report.close',
  'report.reopen',
  'report.assign',
  'report.unassign',
  'report.categorise',
  'report.forward',
  'account.warn',
  'account.sensitive',
  'account.limit',
  'account.freeze',
  'account.suspend',
  'account.unsensitive',
  'account.unlimit',
  'account.unfreeze',
  'account.unsuspend',
  'account.delete',
  'signup.approve',
  'signup.reject',
  'domain.block',
  'domain.change',
  'domain.lift',
  'domain.allow',
  'domain.disallow',
  'email-domain.block',
  'email-domain.lift',
  'address.block',
  'address.change',
  'address.lift',
  'canonical-email.block',
  'canonical-email.lift',
  'trend.approve',
  'trend.reject',
])
export type DecisionKind = z.infer<typeof DecisionKind>

/**
 * `held` waits for its grace window, `ready` for its turn, `sending` is on the wire. `unknown` is being read back, and ends as
 * `done`, `not-done` or `needs-person`. `stopped`: the precondition no longer held. `superseded`: a later decision took its place.
 */
export const DecisionState = z.enum([
  'held',
  'ready',
  'sending',
  'unknown',
  'done',
  'failed',
  'not-done',
  'needs-person',
  'cancelled',
  'superseded',
  'stopped',
])
export type DecisionState = z.infer<typeof DecisionState>

/** Why a decision that could go out does not. `confirm`: it grew old while nobody was here, or `why` tells what changed since. `paused`: its batch is. */
export const WaitingFor = z.enum(['server', 'rate', 'sign-in', 'desk', 'turn', 'confirm', 'paused'])
export type WaitingFor = z.infer<typeof WaitingFor>

/** One decision as people see it. Times in ms. */
export const Decision = z.object({
  id: DecisionId,
  server: ServerKey,
  kind: DecisionKind,
  subject: Subject,
  /** The report it was made on, or that it acts on. */
  report: RemoteId.nullable(),
  account: AccountName.nullable(),
  /** What it acts on as people name it, where that is no account: a domain, a report's number. */
  name: z.string(),
  /** What was chosen beside the reasons. */
  fields: Fields,
  /** The batch that it is part of. */
  batch: BatchId.nullable(),
  state: DecisionState,
  waitingFor: WaitingFor.nullable(),
  armedAt: Time,
  /** When the grace window ends; only while held. */
  sendAt: Time.nullable(),
  settledAt: Time.nullable(),
  /** A finer message code for the state: why it failed or stopped, what was read back; null when the state says all. */
  why: z.string().nullable(),
  /** HTTP status, when the server answered. */
  status: z.int().nullable(),
  /** Each step so far, for people: when, which state, which message code. */
  steps: z.array(z.object({ at: Time, state: DecisionState, why: z.string().nullable(), status: z.int().nullable() })),
  /** The kind that gives back what can be given back, where there is one. */
  inverse: DecisionKind.nullable(),
})
export type Decision = z.infer<typeof Decision>

/** What a row shows of the newest decision about it that was not taken back and is not long settled. */
export const RowDecision = Decision.pick({
  id: true,
  kind: true,
  state: true,
  waitingFor: true,
  sendAt: true,
  settledAt: true,
})
export type RowDecision = z.infer<typeof RowDecision>

/** One consequence in words and numbers: a message code of `consequence.*` with its values. `gone`: it can't be given back. */
export const Consequence = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  gone: z.boolean(),
})
export type Consequence = z.infer<typeof Consequence>

/** A rung of the ladder: always there, possible or not. */
export const Rung = z.object({
  kind: DecisionKind,
  /** Message code why it cannot be, `refusal.*`; null when it can. */
  refusal: z.string().nullable(),
  /** Message code `brake.*` why it goes out only alone and with `name` typed; null when it needs no such care. */
  brake: z.string().nullable(),
  /** What is typed then: the handle or the domain. */
  name: z.string(),
  /** What it does, in one line. */
  does: Consequence,
  /** How many open reports it closes. */
  closes: z.int(),
  /** Whether a mail would go out: `yes`, `no`, or `never` (nobody to mail). */
  mail: z.enum(['yes', 'no', 'never']),
  /** What comes back, in one line. */
  back: Consequence,
  /** True when a sheet with all consequences stands before it. */
  sheet: z.boolean(),
  /** All consequences, in the order of the sheet: at-once, for-good, later, closes, blocks, tells, take-back. */
  effects: z.array(
    z.object({
      part: z.enum(['at-once', 'for-good', 'later', 'closes', 'blocks', 'tells', 'take-back']),
      says: z.array(Consequence),
    }),
  ),
})
export type Rung = z.infer<typeof Rung>

/** What gives back what a decision changed: all that arming it takes, what it does, and what comes back of that. */
export const WayBack = z.object({
  kind: DecisionKind,
  subject: Subject,
  fields: Fields,
  /** Message code `brake.*` why `name` is to be typed; null when it needs no such care. */
  brake: z.string().nullable(),
  name: z.string(),
  does: Consequence,
  back: Consequence,
})
export type WayBack = z.infer<typeof WayBack>

const topics = ['decisions', 'servers', 'settings'] as const satisfies Topic[]
const ladderTopics = ['decisions', 'reports', 'accounts', 'servers', 'settings'] as const satisfies Topic[]

/** What may be asked and said about decisions. */
export const decisions = {
  /** Every rung that there is for a subject, possible or not, the ways back that it has now, and what stands beside them. */
  'decisions.ladder': query(
    z.object({ server: ServerKey, subject: Subject }),
    z.object({ rungs: z.array(Rung), ways: z.array(Rung), asides: z.array(Rung) }),
    ladderTopics,
  ),
  /**
   * Arms a decision: durable and logged when this returns. Refused with `not-allowed` and a reason `refusal.*`, or `brake.*` when
   * `typed` is not the name that the rung asks for, or `interest.again` until it is meant `despite` an interest of one's own; with `invalid-input` and a reason `field.*` where a field does not fit; with
   * `conflict` when the same is already armed; with `refusal.no-write-scope` when the token is for reading only.
   */
  'decisions.arm': command(
    Reasons.extend({
      ...View.shape,
      /** It was said that the decision is about oneself or a colleague, and it is meant all the same. */
      despite: z.boolean().default(false),
      server: ServerKey,
      subject: Subject,
      kind: DecisionKind,
      /** The handle or domain, typed by the person, where the rung has a brake. */
      typed: z.string().max(300).default(''),
    }),
    z.object({ decision: Decision }),
  ),
  /** Takes back a decision that was not sent yet. `conflict` when it is too late. */
  'decisions.takeBack': command(z.object({ id: DecisionId }), z.object({ decision: Decision })),
  /**
   * A decision that waits for a person goes out after all, or is dropped. Where a brake came up since it was armed, refused with
   * `not-allowed` and that brake's code unless `typed` is the name of what it acts on.
   */
  'decisions.confirm': command(
    z.object({ id: DecisionId, send: z.boolean(), typed: z.string().max(300).default('') }),
    z.object({ decision: Decision }),
  ),
  /** The way back of a decision that was done; null where there is none now. */
  'decisions.wayBack': query(z.object({ id: DecisionId }), z.object({ way: WayBack.nullable() }), [
    'decisions',
    'reports',
    'accounts',
    'domains',
    'blocks',
    'trends',
    'servers',
    'settings',
  ] as const),
  /** Looks once more whether an unknown decision happened. */
  'decisions.readAgain': command(z.object({ id: DecisionId }), z.object({ decision: Decision })),
  /** A person says how an unknown decision ended. */
  'decisions.settle': command(z.object({ id: DecisionId, done: z.boolean() }), z.object({ decision: Decision })),
  /** How many are still to go out by themselves, single ones and those of batches: before a desk is closed. What asks a person counts not. */
  'decisions.underway': query(
    z.object({}),
    z.object({
      /** In their grace window. */
      held: z.int(),
      /** Past it: waiting for their turn or their server, or on the wire. */
      going: z.int(),
    }),
    topics,
  ),
  /** Ends every grace window now: what was held goes out in its order. */
  'decisions.sendNow': command(z.object({}), z.object({ sent: z.int() })),
  /** Held, waiting, on the wire, unknown, and those that ended in the last minutes, but for those of batches: the bar's row, oldest first. */
  'decisions.bar': query(
    z.object({}),
    z.object({ decisions: z.array(Decision), graceSeconds: z.number(), needsPerson: z.int() }),
    topics,
  ),
  /** One decision with its steps; `not-found`. */
  'decisions.one': query(z.object({ id: DecisionId }), z.object({ decision: Decision }), topics),
  'decisions.page': query(
    z.object({
      states: z.array(DecisionState).optional(),
      before: Time.optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
    z.object({ decisions: z.array(Decision) }),
    topics,
  ),
}
