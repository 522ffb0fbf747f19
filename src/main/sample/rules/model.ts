/**
 * The records of the sample server's world: what a Mastodon server keeps in its database, as far as its answers show it.
 * Times are milliseconds since 1970. Ids are decimal text. Records are plain and small (a world may hold a million accounts):
 * what is rare or large sits behind one nullable field, and `Profile` and `StatusExtra` may be shared between records, so they are
 * replaced, never changed in place. Rows are added through `World` (world.ts), which keeps the indexes.
 */

/** Public face of an account. May be shared by many accounts. Local links in HTML are written `https://<instance domain>/…`. */
export type Profile = {
  readonly displayName: string
  /** HTML as the server sends it; '' for none. */
  readonly note: string
  /** Path on this server (`/system/…`, a key of `World.files`), an absolute URL, or null for the default picture. */
  readonly avatar: string | null
  readonly header: string | null
  readonly locked: boolean
  readonly bot: boolean
  readonly group: boolean
  readonly discoverable: boolean | null
  readonly indexable: boolean
  readonly hideCollections: boolean | null
  readonly fields: readonly { readonly name: string; readonly value: string; readonly verifiedAt: number | null }[]
  /** Shortcodes of custom emojis used in name or note (keys of `World.emojis`). */
  readonly emojis: readonly string[]
}

/** An account, local (`domain` null, `user` set) or remote. */
export type AccountRecord = {
  readonly id: string
  readonly username: string
  readonly domain: string | null
  createdAt: number
  profile: Profile
  /** Null for remote accounts and for the instance actor. */
  user: UserRecord | null
  suspendedAt: number | null
  /** Who suspended: this server or the account's own. Null when not suspended. */
  suspensionOrigin: 'local' | 'remote' | null
  silencedAt: number | null
  sensitizedAt: number | null
  memorial: boolean
  movedTo: string | null
  /** True after the data was deleted for good: the account is a ghost. */
  purged: boolean
  followersCount: number
  followingCount: number
  statusesCount: number
  lastStatusAt: number | null
  /** Hidden from every answer: campaign or wave this account belongs to, to measure grouping. */
  label: string | null
}

/** The login of a local account. */
export type UserRecord = {
  /** Internal id: `invited_by` of contract E.1 compares with this one. */
  readonly id: string
  email: string
  locale: string | null
  confirmed: boolean
  approved: boolean
  disabled: boolean
  /** Null: the base role (-99). */
  roleId: string | null
  inviteRequest: string | null
  ips: readonly { readonly ip: string; readonly usedAt: number }[]
  createdByApplicationId: string | null
  /** Undefined: not invited. Null: invited, but the invite is gone. */
  invitedByAccountId: string | null | undefined
  noindex: boolean
  /** For the measures active_users and retention; null when never signed in. */
  lastSignInAt: number | null
}

/** A role; `permissions` is what the role itself holds (contract B.2), before the base role is added. */
export type RoleRecord = {
  readonly id: string
  name: string
  color: string
  permissions: number
  position: number
  highlighted: boolean
}

/** Who may see a post. */
export type Visibility = 'public' | 'unlisted' | 'private' | 'direct'

/** A picture, video or sound of a status. */
export type MediaRecord = {
  readonly id: string
  readonly type: 'image' | 'gifv' | 'video' | 'audio' | 'unknown'
  /** Path on this server (a key of `World.files`) or absolute URL; null while it is processed. */
  readonly url: string | null
  readonly previewUrl: string | null
  readonly remoteUrl: string | null
  readonly description: string | null
  readonly blurhash: string | null
  /** `original`, `small`, `focus` … of contract F.12, as sent. */
  readonly meta: Readonly<Record<string, unknown>> | null
}

/** A poll. */
export type PollRecord = {
  readonly id: string
  readonly expiresAt: number | null
  readonly multiple: boolean
  readonly votersCount: number | null
  readonly options: readonly { readonly title: string; readonly votes: number }[]
}

/** A preview card (contract F.13). */
export type CardRecord = {
  readonly url: string
  readonly title: string
  readonly description: string
  readonly language: string | null
  readonly type: 'link' | 'photo' | 'video' | 'rich'
  readonly authorName: string
  readonly authorUrl: string
  readonly providerName: string
  readonly providerUrl: string
  readonly html: string
  readonly width: number
  readonly height: number
  readonly image: string | null
  readonly imageDescription: string
  readonly embedUrl: string
  readonly blurhash: string | null
  readonly publishedAt: number | null
}

/** One version of an edited status, oldest first in `StatusExtra.edits`; the last one is what the status shows now. */
type EditRecord = {
  readonly at: number
  readonly content: string
  readonly spoilerText: string
  readonly sensitive: boolean
}

/** How it stands with a quote of a post. */
export type QuoteState = 'pending' | 'accepted' | 'rejected' | 'revoked' | 'deleted' | 'unauthorized'

/** What only some statuses have. May be shared. */
export type StatusExtra = {
  readonly media: readonly MediaRecord[]
  readonly poll: PollRecord | null
  readonly card: CardRecord | null
  readonly quote: { readonly state: QuoteState; readonly statusId: string | null } | null
  /** Ids of mentioned accounts. */
  readonly mentions: readonly string[]
  /** Names of hashtags, lower case. */
  readonly tags: readonly string[]
  /** Shortcodes of custom emojis. */
  readonly emojis: readonly string[]
  readonly edits: readonly EditRecord[]
  readonly application: { readonly name: string; readonly website: string | null } | null
}

/** A post. */
export type StatusRecord = {
  readonly id: string
  readonly accountId: string
  createdAt: number
  /** HTML as the server sends it; local links are written `https://<instance domain>/…`. */
  content: string
  spoilerText: string
  sensitive: boolean
  visibility: Visibility
  language: string | null
  inReplyToId: string | null
  reblogOfId: string | null
  /** Absolute for remote posts; null: made from account and id. */
  uri: string | null
  url: string | null
  repliesCount: number
  reblogsCount: number
  favouritesCount: number
  quotesCount: number
  editedAt: number | null
  /** Soft-deleted: gone for everybody, but still shown inside reports (contract F.3). */
  deletedAt: number | null
  pinned: boolean
  /** For trends: null is "not reviewed". */
  trendable: boolean | null
  extra: StatusExtra | null
}

/** What a report is about. */
export type ReportCategory = 'other' | 'spam' | 'legal' | 'violation'

/** A report. */
export type ReportRecord = {
  readonly id: string
  readonly accountId: string
  readonly targetAccountId: string
  category: ReportCategory
  comment: string
  forwarded: boolean | null
  readonly createdAt: number
  updatedAt: number
  actionTakenAt: number | null
  actionTakenByAccountId: string | null
  assignedAccountId: string | null
  statusIds: readonly string[]
  /** Null as in reports that never had rules. */
  ruleIds: readonly string[] | null
  /** Hidden from every answer: campaign or brigade, to measure grouping. */
  label: string | null
}

/** A rule of the server. */
export type RuleRecord = {
  readonly id: string
  text: string
  hint: string
  /** Language code to text and hint (4.4+). */
  translations: Readonly<Record<string, { readonly text: string; readonly hint: string }>>
  deletedAt: number | null
  /** Those with less come first, then those with the lower id; 0 where nobody moved it. */
  priority?: number
}

/** A strike (account warning). */
export type StrikeRecord = {
  readonly id: string
  readonly accountId: string
  readonly targetAccountId: string
  readonly action: 'none' | 'disable' | 'sensitive' | 'silence' | 'suspend'
  readonly text: string
  readonly reportId: string | null
  readonly statusIds: readonly string[]
  readonly createdAt: number
}

/** A domain block. */
export type DomainBlockRecord = {
  readonly id: string
  readonly domain: string
  readonly createdAt: number
  severity: 'noop' | 'silence' | 'suspend' | null
  rejectMedia: boolean
  rejectReports: boolean
  obfuscate: boolean
  privateComment: string | null
  publicComment: string | null
}

/** A domain that is allowed in limited federation. */
export type DomainAllowRecord = { readonly id: string; readonly domain: string; readonly createdAt: number }

/** An e-mail domain block. */
export type EmailDomainBlockRecord = {
  readonly id: string
  readonly domain: string
  readonly createdAt: number
  readonly allowWithApproval: boolean
  readonly parentId: string | null
  /** Today first: distinct addresses and sign-up attempts a day. */
  readonly history: readonly { readonly accounts: number; readonly uses: number }[]
}

/** A block of an address or a range. */
export type IpBlockRecord = {
  readonly id: string
  /** Canonical CIDR form (`192.0.2.0/24`). */
  ip: string
  severity: 'sign_up_requires_approval' | 'sign_up_block' | 'no_access'
  comment: string
  readonly createdAt: number
  expiresAt: number | null
}

/** A block of one e-mail address, by its hash. */
export type CanonicalEmailBlockRecord = {
  readonly id: string
  readonly hash: string
  /** Account whose suspension made the block, or null. */
  readonly referenceAccountId: string | null
}
