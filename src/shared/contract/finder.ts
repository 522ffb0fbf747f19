import { z } from 'zod'
import { AccountFlags, AccountName } from './accounts.ts'
import { RemoteId, ServerKey, Target, Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** What someone typed or pasted: a handle, an address, a domain, a name. */
const Asked = z.string().trim().min(1).max(2000)

/**
 * What it was understood as. `handle`: an account; `post`: the address of a post; `report`: a page of a server's web admin; `domain`: a
 * domain, or an address of which only the domain can be used; `name`: the beginning of a name, or anything else.
 */
const Understood = z.enum(['handle', 'post', 'report', 'domain', 'name'])

/** An account of a server, and how many open reports are about it. */
export const FoundAccount = z.object({
  server: ServerKey,
  account: AccountName,
  flags: AccountFlags,
  open: z.int(),
})
export type FoundAccount = z.infer<typeof FoundAccount>

/** A post that is kept here, without its text: that is read in its report. Author and web admin are null where no report names them. */
export const FoundPost = z.object({
  server: ServerKey,
  id: RemoteId,
  author: AccountName.nullable(),
  createdAt: Time,
  report: RemoteId.nullable(),
  webAdmin: z.string().nullable(),
})
export type FoundPost = z.infer<typeof FoundPost>

/** A report that fits what was typed. */
export const FoundReport = z.object({ report: Target, target: AccountName, isOpen: z.boolean() })
export type FoundReport = z.infer<typeof FoundReport>

/** A domain as one server knows it: reports about its accounts (at most 10,000 counted), the block that covers it, whether it is allowed. */
export const FoundDomain = z.object({
  server: ServerKey,
  domain: z.string(),
  accounts: z.int(),
  open: z.int(),
  closed: z.int(),
  block: z.object({ domain: z.string(), severity: z.string().nullable() }).nullable(),
  allowed: z.boolean(),
})
export type FoundDomain = z.infer<typeof FoundDomain>

const Found = z.object({
  accounts: z.array(FoundAccount),
  posts: z.array(FoundPost),
  reports: z.array(FoundReport),
  domains: z.array(FoundDomain),
})
/** What was found here, of each kind a few. */
export type Found = z.infer<typeof Found>

/** What may be looked for, here and on servers. */
export const finder = {
  /** What the mirror knows of it, exact things first, at most eight of a kind and server. Asks no server. */
  'finder.find': query(
    z.object({ text: Asked }),
    Found.extend({
      as: Understood,
      /** The servers that can be asked for it: none where no server would know more. */
      askable: z.array(ServerKey),
    }),
    ['accounts', 'reports', 'posts', 'domains', 'servers'] as const satisfies Topic[],
  ),
  /**
   * Asks one server for it at interactive class, keeps what it tells of accounts, and answers what is found then. A post of another server
   * cannot be asked for: the server would have to fetch it first. Its author can.
   */
  'finder.ask': command(z.object({ text: Asked, server: ServerKey }), Found),
}
