import { z } from 'zod'
import { DecisionKind, DecisionState } from './decisions.ts'
import { ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import { ReportRow } from './reports.ts'
import type { Topic } from './topics.ts'

/** Days after which an open report, or a sign-up, that nobody decided counts as left lying. */
export const STALE_DAYS = 3

/** Reports that have something in common: how many, and the longest waiting of them. */
const Pile = z.object({ count: z.int(), rows: z.array(ReportRow) })
export type Pile = z.infer<typeof Pile>

/** What is told to who takes the desk over, or comes back to it: as of `since`. */
export const Handover = z.object({
  since: Time,
  /** When someone sat here last, before the present sitting; null at a desk that is new. */
  left: Time.nullable(),
  /**
   * What others did, as far as it was seen: an action of the log, by whom where the server says so (`me`: under this sign-in, but not
   * with this desk), how often, and when last. The most recent 10,000 are counted (`more`: there were more).
   */
  seen: z.array(
    z.object({
      server: ServerKey,
      by: z.string().nullable(),
      me: z.boolean(),
      action: z.string(),
      count: z.int(),
      newestAt: Time,
    }),
  ),
  more: z.boolean(),
  /** How decisions ended that had been armed before then. */
  ended: z.array(
    z.object({ server: ServerKey, kind: DecisionKind, state: DecisionState, count: z.int(), newestAt: Time }),
  ),
  /** Decisions that wait for a person or a moment: held until a desk is there, asking since they grew old, paused, of unknown outcome. */
  waits: z.object({
    held: z.int(),
    confirm: z.int(),
    paused: z.int(),
    signIn: z.int(),
    unknown: z.int(),
    needsPerson: z.int(),
  }),
  /** Open reports that nobody decided in `STALE_DAYS`; that came back from being put off; that are mine, and unchanged. */
  stale: z.object({ old: Pile, back: Pile, mine: Pile, signups: z.int() }),
})
export type Handover = z.infer<typeof Handover>

/** What may be asked by who takes the desk over. */
export const handover = {
  /**
   * Someone is at the desk. `left`: when someone was here before this sitting, which ends after half an hour without a sign of anybody.
   * `returns`: this sitting has just begun, after some hours.
   */
  'handover.here': command(z.object({}), z.object({ left: Time.nullable(), returns: z.boolean() })),
  /** What happened since a moment: since someone last sat here, where none is given. */
  'handover.read': query(z.object({ since: Time.nullable().default(null) }), Handover, [
    'log',
    'decisions',
    'reports',
    'accounts',
    'servers',
    'signups',
  ] as const satisfies Topic[]),
}
