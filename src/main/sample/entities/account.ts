/** Account, CredentialAccount, Admin::Account and Role (contract F.1, F.2, F.8, F.10). */
import { domainToUnicode } from 'node:url'
import type { AccountRecord, RoleRecord } from '../rules/model.ts'
import { computedPermissions, roleOf } from '../rules/roles.ts'
import { instanceActorId, type World } from '../rules/world.ts'
import { blankOf, profileText } from './profile.ts'
import { day, iso, isoOrNull } from './times.ts'
import { type JsonText, type View, withTexts } from './view.ts'

/** `user` for local accounts, `user@domain` for remote ones, the domain in its own letters. */
export function acctOf(account: AccountRecord): string {
  const { username, domain } = account
  if (domain === null) return username
  return `${username}@${domain.includes('xn--') ? domainToUnicode(domain) || domain : domain}`
}

/** Address of an account's page. */
export function accountUrl(view: View, account: AccountRecord): string {
  if (account.id === instanceActorId) return `${view.base}/about/more?instance_actor=true`
  return account.domain === null
    ? `${view.base}/@${account.username}`
    : `https://${account.domain}/@${account.username}`
}

/** Address of an account's actor. */
export function accountUri(view: View, account: AccountRecord): string {
  if (account.id === instanceActorId) return `${view.base}/actor`
  return account.domain === null
    ? `${view.base}/users/${account.username}`
    : `https://${account.domain}/users/${account.username}`
}

/** Roles shown on a profile: highlighted ones of local accounts. */
function publicRoles(world: World, account: AccountRecord): object[] {
  const role = account.suspendedAt === null && account.user?.roleId != null ? roleOf(world, account) : null
  return role?.highlighted ? [{ id: role.id, name: role.name, color: role.color }] : []
}

/** On glitch-soc a member may keep the number of followers secret. */
function hidesFollowers(view: View, account: AccountRecord): boolean {
  return view.sample.release.glitch && account.domain === null && account.profile.hideCollections === true
}

/** JSON text of an Account without `moved`. */
function unmovedText(view: View, account: AccountRecord): JsonText {
  const suspended = account.suspendedAt !== null
  const own: Record<string, unknown> = {
    id: account.id,
    username: account.username,
    acct: acctOf(account),
    created_at: `${day(account.createdAt)}T00:00:00.000Z`,
    url: accountUrl(view, account),
    followers_count: hidesFollowers(view, account) ? -1 : account.followersCount,
    following_count: account.followingCount,
    statuses_count: account.statusesCount,
    last_status_at: account.lastStatusAt === null ? null : day(account.lastStatusAt),
  }
  if (view.has('4.2')) own.uri = accountUri(view, account)
  if (suspended) own.suspended = true
  if (account.silencedAt !== null) own.limited = true
  if (account.memorial && view.has('4.2')) own.memorial = true
  if (account.domain === null) own.noindex = account.user?.noindex ?? null
  if (account.domain === null && view.has('4.1')) own.roles = publicRoles(view.sample.world, account)
  const profile = suspended ? blankOf(account.profile) : account.profile
  return `${JSON.stringify(own).slice(0, -1)},${profileText(view, profile, account.domain)}}`
}

/** JSON text of an Account. */
export function accountText(view: View, account: AccountRecord): JsonText {
  const known = view.accounts.get(account)
  if (known !== undefined) return known
  const unmoved = unmovedText(view, account)
  const moved = account.movedTo === null || account.suspendedAt !== null ? undefined : view.account(account.movedTo)
  // The account moved to is shown without its own `moved`, as two may point at each other.
  const text = moved === undefined ? unmoved : `${unmoved.slice(0, -1)},"moved":${unmovedText(view, moved)}}`
  view.accounts.set(account, text)
  return text
}

/** Role with computed permissions (contract B.1). */
function roleEntity(view: View, role: RoleRecord): Record<string, unknown> {
  const { world, release } = view.sample
  const entity: Record<string, unknown> = {
    id: role.id,
    name: role.name,
    permissions: String(computedPermissions(world, role, release)),
    color: role.color,
    highlighted: role.highlighted,
  }
  if (view.has('4.6')) entity.collection_limit = 10
  return entity
}

/** 4.0 sent the stored record itself, with numbers and the position (contract F.1). */
function rawRole(role: RoleRecord): Record<string, unknown> {
  const { id, name, color, position, permissions, highlighted } = role
  return { id: Number(id), name, color, position, permissions, highlighted, created_at: iso(0), updated_at: iso(0) }
}

/** JSON text of a CredentialAccount: what `verify_credentials` tells an account about itself. */
export function credentialAccountText(view: View, account: AccountRecord): JsonText {
  const { profile } = account
  const role = roleOf(view.sample.world, account)
  const source: Record<string, unknown> = {
    privacy: 'public',
    sensitive: false,
    language: null,
    note: profile.note.replace(/<[^>]*>/g, ''),
    fields: profile.fields.map(field => ({
      name: field.name,
      value: field.value.replace(/<[^>]*>/g, ''),
      verified_at: isoOrNull(field.verifiedAt),
    })),
    follow_requests_count: 0,
    hide_collections: profile.hideCollections,
    discoverable: profile.discoverable,
    indexable: profile.indexable,
  }
  if (view.has('4.4')) source.attribution_domains = []
  if (view.has('4.5')) source.quote_policy = 'public'
  const more = JSON.stringify({ source, role: role === null ? null : roleEntity(view, role) })
  return `${unmovedText(view, account).slice(0, -1)},${more.slice(1)}`
}

/** JSON text of an Admin::Account (contract F.1): what depends on a local user is null for remote accounts. */
export function adminAccountText(view: View, account: AccountRecord): JsonText {
  const known = view.adminAccounts.get(account)
  if (known !== undefined) return known
  const { user } = account
  const role = roleOf(view.sample.world, account)
  const head: Record<string, unknown> = {
    id: account.id,
    username: account.username,
    domain: account.domain,
    created_at: iso(account.createdAt),
    email: user?.email ?? null,
    ip: user?.ips[0]?.ip ?? null,
    confirmed: user?.confirmed ?? null,
    suspended: account.suspendedAt !== null,
    silenced: account.silencedAt !== null,
    sensitized: account.sensitizedAt !== null,
    disabled: user?.disabled ?? null,
    approved: user?.approved ?? null,
    locale: user?.locale ?? null,
    invite_request: user?.inviteRequest ?? null,
    ips: user?.ips.map(({ ip, usedAt }) => ({ ip, used_at: iso(usedAt) })) ?? null,
    role: role === null ? null : view.sample.release.accounts.rawRole ? rawRole(role) : roleEntity(view, role),
  }
  if (user !== null && user.createdByApplicationId !== null)
    head.created_by_application_id = user.createdByApplicationId
  if (user !== null && user.invitedByAccountId !== undefined) head.invited_by_account_id = user.invitedByAccountId
  const text = withTexts(head, { account: accountText(view, account) })
  view.adminAccounts.set(account, text)
  return text
}
