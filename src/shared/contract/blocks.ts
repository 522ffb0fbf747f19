import { z } from 'zod'
import { RowDecision } from './decisions.ts'
import { RemoteId, ServerKey, Time } from './ids.ts'
import { query } from './method.ts'
import type { Topic } from './topics.ts'

/** What keeps people from signing up: domains of e-mail addresses, network addresses, and single e-mail addresses as hashes. */
export const BlockFamily = z.enum(['email-domain', 'address', 'canonical-email'])
export type BlockFamily = z.infer<typeof BlockFamily>

/** What an address may still do (contract E.6). */
export const AddressSeverity = z.enum(['sign_up_requires_approval', 'sign_up_block', 'no_access'])
export type AddressSeverity = z.infer<typeof AddressSeverity>

/** A block as one row. `value`: the domain, the range in CIDR form, or the hash of the address. */
export const Block = z.object({
  server: ServerKey,
  id: RemoteId,
  value: z.string(),
  /** Of addresses; null where the server stored none, and for the other families. */
  severity: AddressSeverity.nullable(),
  /** Of e-mail domains: sign-ups wait for approval instead of being refused. */
  allowWithApproval: z.boolean(),
  /** Plain text of a moderator. */
  comment: z.string(),
  createdAt: Time.nullable(),
  expiresAt: Time.nullable(),
  /** Of e-mail domains: tries to sign up in the last seven days. */
  tries: z.int().nullable(),
  /** The decision on it that has not ended, or ended a moment ago. */
  decision: RowDecision.nullable(),
})
export type Block = z.infer<typeof Block>

const topics = ['blocks', 'decisions', 'servers'] as const satisfies Topic[]

/** What may be asked about sign-up blocks; they are decided on as everything is. */
export const blocks = {
  /** Blocks of one family, the newest first; `search` finds a part of value or comment. `total` counts all that fit, `from` is the place of the first. */
  'blocks.page': query(
    z.object({
      family: BlockFamily,
      server: ServerKey.nullable().default(null),
      search: z.string().max(300).default(''),
      from: z.int().min(0).default(0),
      count: z.int().min(1).max(200).default(100),
    }),
    z.object({ from: z.int(), blocks: z.array(Block), total: z.int() }),
    topics,
  ),
  /**
   * What a text means as something to block: `value` as the server keeps it, and the block that is there already; or `problem`, a message
   * code `field.*` that says what to do. An e-mail address is turned into its hash here, and goes nowhere.
   */
  'blocks.read': query(
    z.object({ family: BlockFamily, server: ServerKey, text: z.string().max(300) }),
    z.object({ value: z.string().nullable(), problem: z.string().nullable(), block: Block.nullable() }),
    topics,
  ),
}
