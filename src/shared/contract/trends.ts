import { z } from 'zod'
import { RowDecision } from './decisions.ts'
import { ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** What can trend: links, posts and hashtags, and the publishers whose links may (contract E.12). */
export const TrendFamily = z.enum(['links', 'statuses', 'tags', 'publishers'])
export type TrendFamily = z.infer<typeof TrendFamily>

/** Something that trends, or wants to. */
export const Trend = z.object({
  server: ServerKey,
  family: TrendFamily,
  /** The id of the subject that a decision about it has. */
  subject: z.string(),
  /** Plain text of others: a headline, the beginning of a post, a tag's or a domain's name. */
  title: z.string(),
  /** Whose it is: a publisher, an account's handle; empty where nobody's. */
  by: z.string(),
  url: z.string().nullable(),
  /** Nobody has looked at it yet. */
  requiresReview: z.boolean(),
  /** Whether it may trend; null where the server does not say. */
  trendable: z.boolean().nullable(),
  /** Uses in the last days, where they are counted. */
  uses: z.int().nullable(),
  decision: RowDecision.nullable(),
})
export type Trend = z.infer<typeof Trend>

/** What may be asked about trends. */
export const trends = {
  /** What was read last, the most used first; `readAt` is null where it was never read. */
  'trends.list': query(
    z.object({ server: ServerKey, family: TrendFamily }),
    z.object({ trends: z.array(Trend), readAt: Time.nullable() }),
    ['trends', 'decisions', 'servers'] as const satisfies Topic[],
  ),
  /** Reads a family from the server now. `not-allowed` with `failure.role` where the role may not review it. */
  'trends.read': command(z.object({ server: ServerKey, family: TrendFamily }), z.object({ count: z.int() })),
}
