/** Records around the moderation ones: hashtags, trends, follows, notifications, the instance, callers and colleagues. See model.ts. */
import type { CardRecord } from './model.ts'

/** A hashtag. */
export type TagRecord = {
  readonly id: string
  /** Lower case. */
  readonly name: string
  displayName: string | null
  usable: boolean | null
  listable: boolean | null
  trendable: boolean | null
  reviewedAt: number | null
  requestedReviewAt: number | null
  /** Today first, up to 7 days. */
  history: readonly { readonly accounts: number; readonly uses: number }[]
}

/** A link that people share; `id` is a JSON integer in answers. */
export type TrendLinkRecord = {
  readonly id: string
  readonly card: CardRecord
  readonly publisherId: string | null
  trendable: boolean | null
  /** Today first, up to 7 days. */
  readonly history: readonly { readonly accounts: number; readonly uses: number }[]
}

/** A publisher of links. */
export type PublisherRecord = {
  readonly id: string
  readonly domain: string
  trendable: boolean | null
  reviewedAt: number | null
  requestedReviewAt: number | null
}

/** What trends, best score first: ids of links, statuses and tags. */
export type TrendsRecord = { links: readonly string[]; statuses: readonly string[]; tags: readonly string[] }

/** A custom emoji. */
export type EmojiRecord = {
  readonly shortcode: string
  /** Null for this server's own. */
  readonly domain: string | null
  /** Path on this server (a key of `World.files`) or absolute URL. */
  readonly url: string
  readonly category: string | null
}

/** What someone was notified of. */
export type NotificationRecord = {
  readonly id: string
  readonly type:
    | 'admin.report'
    | 'admin.sign_up'
    | 'moderation_warning'
    | 'severed_relationships'
    | 'mention'
    | 'follow'
  readonly createdAt: number
  /** Whose notification it is. */
  readonly recipientId: string
  /** Who caused it. */
  readonly fromAccountId: string
  readonly reportId: string | null
  readonly strikeId: string | null
  readonly statusId: string | null
  readonly eventId: string | null
}

/** Follows that a domain block or a suspension cut. */
export type SeveranceRecord = {
  readonly id: string
  readonly type: 'domain_block' | 'user_domain_block' | 'account_suspension'
  readonly targetName: string
  readonly accountId: string
  readonly followersCount: number
  readonly followingCount: number
  readonly createdAt: number
}

/** A file made by code; `make` runs when it is asked for. */
export type FileRecord = { readonly contentType: string; readonly make: () => Uint8Array }

/** The server itself. */
export type InstanceRecord = {
  /** A `.example` domain. */
  domain: string
  title: string
  description: string
  shortDescription: string
  email: string
  languages: readonly string[]
  contactAccountId: string | null
  registrations: {
    enabled: boolean
    approvalRequired: boolean
    reasonRequired: boolean
    message: string | null
    minAge: number | null
  }
  limitedFederation: boolean
  /** Public list of domain blocks: shown to everybody, to signed-in people or to nobody. */
  showDomainBlocks: 'all' | 'users' | 'disabled'
  showDomainBlocksRationale: 'all' | 'users' | 'disabled'
  peersEnabled: boolean
  activityEnabled: boolean
}

/** A registered application. */
export type AppRecord = {
  readonly id: string
  readonly name: string
  readonly website: string | null
  readonly redirectUris: readonly string[]
  readonly scopes: readonly string[]
  readonly clientId: string
  readonly clientSecret: string
}

/** An access token. */
export type TokenRecord = {
  readonly id: string
  readonly token: string
  readonly appId: string
  /** Null: an application's own token (client credentials). */
  readonly accountId: string | null
  readonly scopes: readonly string[]
  readonly createdAt: number
  revokedAt: number | null
}

/** An authorisation code that waits to be exchanged. */
export type GrantRecord = {
  readonly code: string
  readonly appId: string
  readonly accountId: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly challenge: string | null
  readonly challengeMethod: string
  readonly createdAt: number
  used: boolean
}

/** A caller known by name: the name is its bearer token. */
export type Caller = { readonly name: string; readonly accountId: string | null; readonly scopes: readonly string[] }

/** A request to delete a suspended account's data, due after 30 days. */
export type DeletionRecord = { readonly accountId: string; readonly createdAt: number }

/** What a colleague, a reporter or an author does in the background. Ids are resolved when it happens; impossible steps are skipped. */
export type BackgroundStep =
  | { readonly do: 'assign' | 'unassign' | 'resolve' | 'reopen'; readonly by: string; readonly reportId: string }
  | {
      readonly do: 'action'
      readonly by: string
      readonly accountId: string
      readonly type: 'none' | 'disable' | 'sensitive' | 'silence' | 'suspend'
      readonly reportId: string | null
      readonly text: string
    }
  | { readonly do: 'approve' | 'reject'; readonly by: string; readonly accountId: string }
  | {
      readonly do: 'report'
      readonly by: string
      readonly targetAccountId: string
      readonly statusIds: readonly string[]
      readonly category: 'other' | 'spam' | 'legal' | 'violation'
      readonly ruleIds: readonly string[]
      readonly comment: string
      readonly label: string | null
    }
  | { readonly do: 'delete-status'; readonly statusId: string }
  | { readonly do: 'edit-status'; readonly statusId: string; readonly content: string; readonly spoilerText: string }

/** A step and when it happens: milliseconds after the world was made. */
export type BackgroundEvent = { readonly after: number; readonly step: BackgroundStep }
