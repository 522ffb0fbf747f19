import { z } from 'zod'
import { query } from './method.ts'
import type { Topic } from './topics.ts'

/** What is odd about a domain. */
export const Lookalike = z.object({
  /** In lower case, as accounts and blocks name it. */
  domain: z.string(),
  /** Another domain that people read the same, and why that one matters: a server of ours, allowed, blocked, or one of the most seen. */
  like: z.object({ domain: z.string(), why: z.enum(['own', 'allowed', 'blocked', 'seen']) }).nullable(),
  /** The scripts that one of its labels mixes, as ISO 15924 codes; empty where none does. */
  scripts: z.array(z.string()),
})
export type Lookalike = z.infer<typeof Lookalike>

/** What may be asked about names that look alike. */
export const lookalikes = {
  /** The domains known here that look like another, or mix scripts: 2,000 at most, those that look like a server of ours first. */
  'lookalikes.list': query(z.object({}), z.object({ lookalikes: z.array(Lookalike) }), [
    'lookalikes',
    'domains',
    'blocks',
    'servers',
  ] as const satisfies Topic[]),
}
