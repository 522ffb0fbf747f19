import { z } from 'zod'
import { RemoteId, ServerKey, Time } from './ids.ts'
import { command } from './method.ts'
import { Content } from './posts.ts'

/** What is in force on an account. `frozen` is null for a remote account: the server does not say. */
export const AccountFlags = z.object({
  suspended: z.boolean(),
  limited: z.boolean(),
  sensitive: z.boolean(),
  frozen: z.boolean().nullable(),
})
export type AccountFlags = z.infer<typeof AccountFlags>

/** An account as rows and heads name it. `domain` is null for members of this server, else the A-label form. */
export const AccountName = z.object({
  id: RemoteId,
  username: z.string(),
  domain: z.string().nullable(),
  /** Plain text chosen by its owner: hostile, isolate it. */
  displayName: z.string(),
})
export type AccountName = z.infer<typeof AccountName>

/** An account as a case shows it. E-mail and address come masked; whole ones need a reveal, which is logged. */
export const Account = AccountName.extend({
  flags: AccountFlags,
  bot: z.boolean(),
  joinedAt: Time.nullable(),
  followers: z.number().int(),
  following: z.number().int(),
  posts: z.number().int(),
  /** `YYYY-MM-DD`. */
  lastPostOn: z.string().nullable(),
  /** The name of its role on this server, empty for ordinary members and remote accounts. */
  role: z.string(),
  isStaff: z.boolean(),
  note: Content,
  fields: z.array(z.object({ name: z.string(), value: Content })),
  email: z.string().nullable(),
  address: z.string().nullable(),
  /** Letters in the invite text, null when there is none. */
  inviteLetters: z.number().int().nullable(),
  /** The account's own page, http or https only. */
  url: z.string().nullable(),
  /** When the server last told us. */
  seenAt: Time,
})
export type Account = z.infer<typeof Account>

/** A profile as it was while it was reported by itself: evidence, kept here. */
export const KeptProfile = z.object({
  displayName: z.string(),
  note: Content,
  fields: z.array(z.object({ name: z.string(), value: Content })),
  firstSeenAt: Time,
  seenAt: Time,
})
export type KeptProfile = z.infer<typeof KeptProfile>

/** Personal data of a member as the server gave it. What the server did not tell is null. */
export const PersonalData = z.object({
  email: z.string().nullable(),
  address: z.string().nullable(),
  /** Plain text of whoever signed up: hostile, isolate it. */
  invite: z.string().nullable(),
})
export type PersonalData = z.infer<typeof PersonalData>

export const accounts = {
  /**
   * The whole e-mail, address and invite text of an account in a queue. Logged before it is answered, without the values.
   * `not-found` when nothing of it is kept here (any more).
   */
  'accounts.reveal': command(z.object({ server: ServerKey, account: RemoteId }), PersonalData),
}
