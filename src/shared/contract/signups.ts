import { z } from 'zod'
import { AccountName } from './accounts.ts'
import { RowDecision } from './decisions.ts'
import { BatchId, RemoteId, ServerKey, Time } from './ids.ts'
import { query } from './method.ts'
import type { Topic } from './topics.ts'

/**
 * What people who wait share: a mail domain, a /24 or /48, the same reason, names of one shape, unusually many at once, or that they were rejected
 * from here before (the same e-mail, or the same name from the same range). `none` are
 * those who share nothing, `all` everybody.
 */
export const SignupPattern = z.enum(['mail', 'range', 'reason', 'name', 'burst', 'rejected', 'none', 'all'])
export type SignupPattern = z.infer<typeof SignupPattern>

/** Which people: of one server, by what they share. `value`: domain, range, hash, digits or when it began; empty for `none` and `all`. */
export const ClusterRef = z.object({ server: ServerKey, pattern: SignupPattern, value: z.string().max(300) })
export type ClusterRef = z.infer<typeof ClusterRef>

/** People who wait and share something. `says`: the domain, the range, or a name that stands for all; empty where there is none. */
export const Cluster = ClusterRef.extend({
  says: z.string(),
  count: z.int(),
  firstAt: Time,
  lastAt: Time,
  /** How many have confirmed their address. */
  confirmed: z.int(),
})
export type Cluster = z.infer<typeof Cluster>

/** What one person shares with how many. */
const Shared = z.object({ pattern: SignupPattern, says: z.string(), count: z.int() })

/** Someone who waits for approval. E-mail and address come masked; whole ones need `accounts.reveal`, which is logged. */
export const SignupRow = z.object({
  server: ServerKey,
  account: AccountName,
  signedUpAt: Time,
  /** Null where the server does not say. */
  confirmed: z.boolean().nullable(),
  /** The language of the person's pages, as a tag. */
  locale: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  /** Why they want to join, in plain text: hostile, isolate it. Empty where they wrote nothing. */
  reason: z.string(),
  invited: z.boolean(),
  /** Whether an application signed them up, not the web form. */
  byApplication: z.boolean(),
  /** What speaks against them: what they share with others. */
  shares: z.array(Shared),
  /** What speaks for them. */
  ownReason: z.boolean(),
  /** The last decision about them that has not ended. */
  decision: RowDecision.extend({ batch: BatchId.nullable() }).nullable(),
})
export type SignupRow = z.infer<typeof SignupRow>

const topics = ['signups', 'accounts', 'decisions', 'servers'] as const satisfies Topic[]

/** What may be asked about sign-ups. */
export const signups = {
  /** How many wait, on all servers that are signed in: for where that is all one wants to know. */
  'signups.count': query(z.object({}), z.object({ waiting: z.int() }), [
    'signups',
    'servers',
  ] as const satisfies Topic[]),
  /** How many wait on each server, and everything that enough of them share, the largest first; then who shares nothing, and all. */
  'signups.clusters': query(
    z.object({}),
    z.object({
      servers: z.array(
        z.object({
          server: ServerKey,
          waiting: z.int(),
          /** How many of them share something. */
          shared: z.int(),
          oldestAt: Time.nullable(),
          /** False where our role there may not see who waits. */
          maySee: z.boolean(),
        }),
      ),
      clusters: z.array(Cluster),
    }),
    ['signups', 'servers'] as const satisfies Topic[],
  ),
  /**
   * One cluster whole: its people, who waits longest first, so that whoever comes meanwhile moves nothing. `marked`: those that enough
   * speaks against. Empty when nobody of it waits any more.
   */
  'signups.cluster': query(
    ClusterRef,
    z.object({
      people: z.array(z.object({ id: RemoteId, marked: z.boolean() })),
      /** What else its people share, the most frequent first. */
      shares: z.array(Shared),
      /** How many wrote a reason of their own, were invited, share nothing else. */
      against: z.object({ ownReason: z.int(), invited: z.int(), alone: z.int() }),
      /** How many came in each ten minutes of the last day of it. */
      times: z.array(z.object({ at: Time, count: z.int() })),
    }),
    ['signups', 'servers'] as const satisfies Topic[],
  ),
  /** Some of those who wait, in the order asked for; who does not wait any more is missing. */
  'signups.rows': query(
    z.object({ server: ServerKey, ids: z.array(RemoteId).max(200) }),
    z.object({ rows: z.array(SignupRow) }),
    topics,
  ),
}
