/** Records with the usual values filled in: for state, scenario, small world and tests. */
import type { AccountRecord, Profile, StatusExtra, StatusRecord, UserRecord } from './model.ts'
import type { InstanceRecord } from './model-more.ts'
import { permissionsOf } from './roles.ts'
import type { World } from './world.ts'

/** A profile that says nothing. */
export const plainProfile: Profile = {
  displayName: '',
  note: '',
  avatar: null,
  header: null,
  locked: false,
  bot: false,
  group: false,
  discoverable: null,
  indexable: false,
  hideCollections: null,
  fields: [],
  emojis: [],
}

/** What most posts have not: media, poll, mentions and the like. */
export const plainExtra: StatusExtra = {
  media: [],
  poll: null,
  card: null,
  quote: null,
  mentions: [],
  tags: [],
  emojis: [],
  edits: [],
  application: null,
}

/** An instance that accepts sign-ups after approval. */
export function newInstance(domain: string, title: string): InstanceRecord {
  return {
    domain,
    title,
    description: '',
    shortDescription: '',
    email: '',
    languages: ['en'],
    contactAccountId: null,
    registrations: { enabled: true, approvalRequired: true, reasonRequired: true, message: null, minAge: null },
    limitedFederation: false,
    showDomainBlocks: 'all',
    showDomainBlocksRationale: 'all',
    peersEnabled: true,
    activityEnabled: true,
  }
}

/** An account with nothing special about it. */
export function newAccount(
  given: Pick<AccountRecord, 'id' | 'username' | 'domain' | 'createdAt'> & Partial<AccountRecord>,
): AccountRecord {
  return {
    profile: plainProfile,
    user: null,
    suspendedAt: null,
    suspensionOrigin: null,
    silencedAt: null,
    sensitizedAt: null,
    memorial: false,
    movedTo: null,
    purged: false,
    followersCount: 0,
    followingCount: 0,
    statusesCount: 0,
    lastStatusAt: null,
    label: null,
    ...given,
  }
}

/** A confirmed and approved user without a role. */
export function newUser(given: Pick<UserRecord, 'id' | 'email'> & Partial<UserRecord>): UserRecord {
  return {
    locale: 'en',
    confirmed: true,
    approved: true,
    disabled: false,
    roleId: null,
    inviteRequest: null,
    ips: [],
    createdByApplicationId: null,
    invitedByAccountId: undefined,
    noindex: false,
    lastSignInAt: null,
    ...given,
  }
}

/** A public post. */
export function newStatus(
  given: Pick<StatusRecord, 'id' | 'accountId' | 'createdAt' | 'content'> & Partial<StatusRecord>,
): StatusRecord {
  return {
    spoilerText: '',
    sensitive: false,
    visibility: 'public',
    language: 'en',
    inReplyToId: null,
    reblogOfId: null,
    uri: null,
    url: null,
    repliesCount: 0,
    reblogsCount: 0,
    favouritesCount: 0,
    quotesCount: 0,
    editedAt: null,
    deletedAt: null,
    pinned: false,
    trendable: null,
    extra: null,
    ...given,
  }
}

/** The roles of a new server (contract B.2). */
export function addDefaultRoles(world: World): void {
  const moderator = permissionsOf(
    'view_dashboard',
    'view_audit_log',
    'manage_users',
    'manage_reports',
    'manage_taxonomies',
    'view_feeds',
  )
  const all = 2 ** 23 - 1
  const admin =
    all &
    ~permissionsOf(
      'administrator',
      'view_devops',
      'invite_users',
      'invite_bypass_approval',
      'manage_email_subscriptions',
    )
  const role = { color: '', highlighted: true }
  world.addRole({
    id: '-99',
    name: '',
    color: '',
    highlighted: false,
    position: -1,
    permissions: permissionsOf('invite_users'),
  })
  world.addRole({ id: '1', name: 'Moderator', position: 10, permissions: moderator, ...role })
  world.addRole({ id: '2', name: 'Admin', position: 100, permissions: admin, ...role })
  world.addRole({ id: '3', name: 'Owner', position: 1000, permissions: permissionsOf('administrator'), ...role })
}
