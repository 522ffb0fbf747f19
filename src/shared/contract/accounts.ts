import { z } from 'zod'
import { RemoteId, ServerKey, Target, Time } from './ids.ts'
import { command, query } from './method.ts'
import { Content } from './posts.ts'
import type { Topic } from './topics.ts'

/** What can be in force on an account; `clear`: none of it. */
export const AccountState = z.enum(['clear', 'limited', 'suspended', 'frozen', 'sensitive'])
export type AccountState = z.infer<typeof AccountState>

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
  /** Someone here marked it as close to them. */
  close: z.boolean(),
  flags: AccountFlags,
  bot: z.boolean(),
  joinedAt: Time.nullable(),
  followers: z.int(),
  following: z.int(),
  posts: z.int(),
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
  inviteLetters: z.int().nullable(),
  /** The account's own page, http or https only. */
  url: z.string().nullable(),
  /** The language in which the server writes to a member, as the server names it; null where it is not known here, or a remote account. */
  locale: z.string().nullable(),
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

/** The most characters that accounts are searched by, in UTF-16 units. */
export const ACCOUNT_TEXT = 200

/** Which accounts; null, false and '' leave everything in. All that is given must fit. */
export const AccountFilter = z.object({
  server: ServerKey.nullable().default(null),
  /** Words of the handle or the name people see, in any script: each matches from its beginning, a quotation as it stands. */
  text: z.string().max(ACCOUNT_TEXT).default(''),
  origin: z.enum(['local', 'remote']).nullable().default(null),
  /** `pending`: a member who waits for approval. */
  state: AccountState.or(z.literal('pending')).nullable().default(null),
  /** Where the account is at home: this domain (A-label form) or one below it. */
  domain: z.string().max(253).nullable().default(null),
  staff: z.boolean().default(false),
  /** The domain of the e-mail. Only e-mails that are kept here are looked at: no server can be asked for it. */
  mailDomain: z.string().max(253).default(''),
  /** The beginning of the e-mail. */
  email: z.string().max(254).default(''),
  /** An address of the last sign-in, or a range in CIDR form. */
  address: z.string().max(64).default(''),
})
export type AccountFilter = z.infer<typeof AccountFilter>

/** `fitting`: the very name first, then the most open reports; `newest`: who joined last. */
export const AccountSort = z.enum(['fitting', 'name', 'newest'])
export type AccountSort = z.infer<typeof AccountSort>

/** An account as one row of a search. */
export const AccountRow = z.object({
  server: ServerKey,
  account: AccountName,
  flags: AccountFlags,
  pending: z.boolean(),
  isStaff: z.boolean(),
  /** The name of its role on this server, empty for ordinary members and remote accounts. */
  role: z.string(),
  joinedAt: Time.nullable(),
  followers: z.int(),
  /** Reports about it that are open. */
  open: z.int(),
})
export type AccountRow = z.infer<typeof AccountRow>

/** What may be asked and said about accounts. */
export const accounts = {
  /**
   * The whole e-mail, address and invite text of an account. Logged before it is answered, without the values. What is not kept here is
   * asked of the server when `ask` says so, and not kept then either. `not-found` when there is nothing of it.
   */
  'accounts.reveal': command(
    z.object({ server: ServerKey, account: RemoteId, ask: z.boolean().default(false) }),
    PersonalData,
  ),
  /**
   * Accounts that the mirror knows, at most 1,000; `more` fit where that is true: those that became known last are told. In the given order,
   * which does not move while it is kept. Asks no server.
   */
  'accounts.find': query(
    AccountFilter.extend({ sort: AccountSort.default('fitting') }),
    z.object({ accounts: z.array(Target), more: z.boolean() }),
    ['accounts', 'reports', 'signups'] as const satisfies Topic[],
  ),
  /** Some accounts as rows, in the order asked for; what is not known here is left out. */
  'accounts.rows': query(z.object({ accounts: z.array(Target).max(200) }), z.object({ rows: z.array(AccountRow) }), [
    'accounts',
    'reports',
    'signups',
  ] as const satisfies Topic[]),
  /**
   * Asks one server for them at interactive class, a page at a time, and keeps what it tells, but no personal data: the ids that fit, newest
   * first; `next` asks for the page after, null where there is none. A text is looked for among user names first, then among display names.
   * `not-allowed` where the filter has something that no server can be asked for.
   */
  'accounts.ask': command(
    AccountFilter.extend({ server: ServerKey, next: z.string().max(100).nullable().default(null) }),
    z.object({ ids: z.array(RemoteId), next: z.string().nullable() }),
  ),
}
