import { z } from 'zod'
import { Decision, DecisionKind, DecisionState, Reasons, Subject, View, WaitingFor } from './decisions.ts'
import { BatchId, ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** One thing that a batch would act on. */
export const BatchItem = z.object({ server: ServerKey, subject: Subject })
export type BatchItem = z.infer<typeof BatchItem>

/** At most so many decisions in one batch: some four hours under Mastodon's own limits. */
const MOST_IN_BATCH = 5_000
/** At most so many are looked at one by one before. */
const MOST_IN_SAMPLE = 20

/**
 * Many decisions of one kind that a person took at once. `held` has a grace window, `running` goes out, `paused` waits for a person,
 * `ended` has nothing left to send.
 */
export const Batch = z.object({
  id: BatchId,
  kind: DecisionKind,
  /** What it was armed on, in the person's words or ours: "campaign casino-win.example". */
  label: z.string(),
  state: z.enum(['held', 'running', 'paused', 'ended']),
  /** Message code `pause.*` why it is paused; null when it is not. */
  why: z.string().nullable(),
  /** What all that could go out of it waits for: its servers, or a person to sign in; null while it goes out, or could. */
  waitingFor: WaitingFor.extract(['server', 'sign-in']).nullable(),
  armedAt: Time,
  /** When the grace window ends; only while held. */
  sendAt: Time.nullable(),
  /** How many decisions are in each state; a state that none is in is missing. */
  counts: z.partialRecord(DecisionState, z.int()),
  size: z.int(),
  /** Which servers it acts on, in the order of signing in. */
  servers: z.array(ServerKey),
  /** Requests that are still to be made, and the seconds that the servers' limits make them take at least. */
  requestsLeft: z.int(),
  secondsLeft: z.int(),
})
export type Batch = z.infer<typeof Batch>

const topics = ['decisions', 'servers', 'settings'] as const satisfies Topic[]
const Asked = z.object({
  kind: DecisionKind,
  items: z.array(BatchItem).min(1).max(MOST_IN_BATCH),
  /** Those of them that a person keeps out: whatever else stands for the same target stays out with them (`refusal.kept`). */
  kept: z.array(BatchItem).max(MOST_IN_SAMPLE).default([]),
  fields: Reasons.shape.fields,
})

/** What may be asked and said about batches. */
export const batches = {
  /**
   * What a batch would do, before it is armed: how many would go out, which cannot and why (`refusal.*`, `brake.*`), a sample to look
   * at, and how long it takes. Two items with the same target count once.
   */
  'batches.preview': command(
    Asked.extend({ sample: z.int().min(0).max(MOST_IN_SAMPLE).default(9) }),
    z.object({
      possible: z.int(),
      /** Those that it leaves out, by message code, the most frequent first. */
      left: z.array(z.object({ code: z.string(), count: z.int(), example: z.string() })),
      /** Places of the sample in `items`, spread over all that are possible, kept out or not: the same whatever is kept. */
      sample: z.array(z.int()),
      /** How many open reports it closes in all. */
      closes: z.int(),
      /** How many follows it cuts for good, as far as was counted. */
      cuts: z.int(),
      /** How many of those that it leaves out reading from the server may let in: see `batches.read`. */
      unread: z.int(),
      /** How many members it would mail. */
      mails: z.int(),
      /** Those members by the language that their server names (`de`, `pt-BR`), the most frequent first; null where none is known. */
      readers: z.array(z.object({ language: z.string().nullable(), count: z.int() })),
      requests: z.int(),
      seconds: z.int(),
    }),
  ),
  /**
   * Reads what lets in some of those that the preview calls `unread`: domains that were never counted are. `left`: how many there are
   * still. Fails as a request fails, and then what was read stays.
   */
  'batches.read': command(Asked.extend({ most: z.int().min(1).max(50).default(8) }), z.object({ left: z.int() })),
  /**
   * Arms all that are possible as one batch, bit by bit: durable and logged when this returns, and none goes out before all are armed. One
   * that is cut off by a crash is paused (`pause.arming`). What cannot be is left out, as the preview says. `not-allowed` with `failure.empty-batch` when nothing is possible.
   */
  'batches.arm': command(
    Asked.extend(
      Reasons.omit({ fields: true }).extend({
        ...View.shape,
        mail: z.boolean().default(false),
        label: z.string().max(200),
      }).shape,
    ),
    z.object({ batch: Batch }),
  ),
  /** Stops it between two decisions; what is on the wire ends. */
  'batches.pause': command(z.object({ id: BatchId }), z.object({ batch: Batch })),
  /** Goes on: what was still held gets a new grace window. */
  'batches.resume': command(z.object({ id: BatchId }), z.object({ batch: Batch })),
  /** Takes back all of it that was not sent. */
  'batches.takeBack': command(z.object({ id: BatchId }), z.object({ batch: Batch, taken: z.int() })),
  /** Those of its decisions that did not come about or may not have, the last settled first (at most 50). */
  'batches.trouble': query(z.object({ id: BatchId }), z.object({ decisions: z.array(Decision) }), topics),
  /** Those that have not ended and those that ended in the last minutes, the newest first. */
  'batches.list': query(z.object({ all: z.boolean().default(false) }), z.object({ batches: z.array(Batch) }), topics),
}
