/** Roles: permission bits (contract B.2), what somebody may do (B.3) and who outranks whom. */
import type { Release } from '../releases/release.ts'
import type { AccountRecord, RoleRecord } from './model.ts'
import { baseRoleId, type World } from './world.ts'

/** Bits by name. */
const permissionBits = {
  administrator: 0,
  view_devops: 1,
  view_audit_log: 2,
  view_dashboard: 3,
  manage_reports: 4,
  manage_federation: 5,
  manage_settings: 6,
  manage_blocks: 7,
  manage_taxonomies: 8,
  manage_appeals: 9,
  manage_users: 10,
  manage_invites: 11,
  manage_rules: 12,
  manage_announcements: 13,
  manage_custom_emojis: 14,
  manage_webhooks: 15,
  invite_users: 16,
  manage_roles: 17,
  manage_user_access: 18,
  delete_user_data: 19,
  view_feeds: 20,
  invite_bypass_approval: 21,
  manage_email_subscriptions: 22,
} as const

/** A permission by its name. */
export type Permission = keyof typeof permissionBits

/** The number of a set of permissions. */
export function permissionsOf(...names: readonly Permission[]): number {
  return names.reduce((sum, name) => sum | (1 << permissionBits[name]), 0)
}

const noRole: RoleRecord = {
  id: baseRoleId,
  name: '',
  color: '',
  permissions: permissionsOf('invite_users'),
  position: -1,
  highlighted: false,
}

/** The base role, which everybody has. */
function baseRole(world: World): RoleRecord {
  return world.roles.get(baseRoleId) ?? noRole
}

/** The role of a local account; the base role for those without one. Null for remote accounts. */
export function roleOf(world: World, account: AccountRecord): RoleRecord | null {
  if (account.user === null) return null
  return (account.user.roleId === null ? undefined : world.roles.get(account.user.roleId)) ?? baseRole(world)
}

/** The computed permissions of a role: with the base role's, and all that exist for an administrator (contract B.1). */
export function computedPermissions(world: World, role: RoleRecord, release: Release): number {
  if (role.permissions & 1) return 2 ** (release.highestPermissionBit + 1) - 1
  const existing = 2 ** (release.highestPermissionBit + 1) - 1
  return (role.permissions | baseRole(world).permissions) & existing
}

/** True when the account's role, the base role included, allows it. */
export function can(world: World, account: AccountRecord, permission: Permission): boolean {
  const role = roleOf(world, account)
  if (role === null) return false
  const bits = role.permissions | baseRole(world).permissions
  return (bits & 1) === 1 || (bits & (1 << permissionBits[permission])) !== 0
}

/** True when an assigned role (the base role does not count) allows it: who is staff, who is notified. */
export function isAssigned(world: World, account: AccountRecord, permission: Permission): boolean {
  const roleId = account.user?.roleId ?? null
  const role = roleId === null || roleId === baseRoleId ? undefined : world.roles.get(roleId)
  return role !== undefined && (role.permissions & (1 | (1 << permissionBits[permission]))) !== 0
}

/** "Outrank": position strictly greater; remote accounts have no role and are always outranked (contract B.3). */
export function outranks(world: World, account: AccountRecord, target: AccountRecord): boolean {
  const own = roleOf(world, account)
  const other = roleOf(world, target)
  return own !== null && (other === null || own.position > other.position)
}
