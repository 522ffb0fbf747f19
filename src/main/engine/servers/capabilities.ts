import { Ability, type Server } from '../../../shared/contract/servers.ts'
import { releaseNumber } from '../mastodon/session.ts'

/** Bits of a role's permissions that the API asks for (contract B.2). The administrator has them all. */
const bits = {
  administrator: 1n,
  viewDashboard: 8n,
  manageReports: 16n,
  manageFederation: 32n,
  manageBlocks: 128n,
  manageTaxonomies: 256n,
  manageUsers: 1024n,
  deleteUserData: 524_288n,
}
type Permission = Exclude<keyof typeof bits, 'administrator'>

/** What a role may do, of its decimal bitmask; what is no number grants nothing. */
export const permits = (permissions: string, what: Permission): boolean => {
  const held = /^\d+$/.test(permissions) ? BigInt(permissions) : 0n
  return (held & (bits.administrator | bits[what])) !== 0n
}

/** What an ability takes: the broad scope or all of the fine ones, the permission, a release; `page` is where the web admin has it. */
type Need = { broad: string; fine: readonly string[]; permission: Permission; since: number; page: string }

const read = (page: string, permission: Permission, ...families: readonly string[]): Need => ({
  broad: 'admin:read',
  fine: families.map(family => `admin:read:${family}`),
  permission,
  since: 400,
  page: `/admin/${page}`,
})
const write = (page: string, permission: Permission, ...families: readonly string[]): Need => ({
  ...read(page, permission),
  broad: 'admin:write',
  fine: families.map(family => `admin:write:${family}`),
})
const blocks = ['email_domain_blocks', 'ip_blocks', 'canonical_email_blocks']

/** Scope and permission of every endpoint that Howdah uses (contract A.5, B.3, i). */
const needs: Record<Ability, Need> = {
  'reports.see': read('reports', 'manageReports', 'reports'),
  'reports.change': write('reports', 'manageReports', 'reports'),
  'accounts.see': read('accounts', 'manageUsers', 'accounts'),
  'accounts.change': write('accounts', 'manageUsers', 'accounts'),
  'accounts.erase': write('accounts', 'deleteUserData', 'accounts'),
  'domains.see': read('instances', 'manageFederation', 'domain_blocks'),
  'domains.change': write('instances', 'manageFederation', 'domain_blocks'),
  'blocks.see': read('ip_blocks', 'manageBlocks', ...blocks),
  'blocks.change': write('ip_blocks', 'manageBlocks', ...blocks),
  // Figures and trends know no finer scope.
  'figures.see': read('dashboard', 'viewDashboard'),
  'trends.see': read('trends/links', 'manageTaxonomies'),
  'trends.change': { ...write('trends/links', 'manageTaxonomies'), since: 402 },
}

/** Whether a role that changed lacks a permission that it had and that anything here takes. */
export const losesRight = (before: string, after: string): boolean =>
  Object.values(needs).some(({ permission }) => permits(before, permission) && !permits(after, permission))

const isGranted = ({ broad, fine }: Need, scopes: readonly string[]) =>
  scopes.includes(broad) || (fine.length > 0 && fine.every(scope => scopes.includes(scope)))

/** What decides: the role's bitmask, what the token was granted (null: not known), and the release's text. */
export type Standing = { permissions: string; scopes: readonly string[] | null; release: string }

/** Why something cannot be done with a sign-in; null when nothing is known against it. */
export const whyNot = (standing: Standing, ability: Ability): Server['cannot'][number]['why'] | null => {
  const need = needs[ability]
  if (!permits(standing.permissions, need.permission)) return 'cannot.role'
  if (releaseNumber(standing.release) < need.since) return 'cannot.release'
  const { scopes } = standing
  return scopes === null || isGranted(need, scopes) ? null : 'cannot.scope'
}

/** Everything that cannot be done, and the page of the server where someone else can. */
export const limitsOf = (standing: Standing, origin: string): Server['cannot'] =>
  Ability.options.flatMap(ability => {
    const why = whyNot(standing, ability)
    return why === null ? [] : [{ ability, why, page: origin + needs[ability].page }]
  })

/** Whether a token may change anything at all; what is not known may be tried. */
export const mayDecide = (scopes: readonly string[] | null): boolean =>
  scopes === null || scopes.some(scope => scope === 'admin:write' || scope.startsWith('admin:write:'))

/** What decisions need, by the noun that a kind begins with, or by the kind itself; what is not named needs the broad right. */
const rights: Readonly<Record<string, readonly string[]>> = {
  report: ['admin:write', 'admin:write:reports'],
  // It files a report of one's own.
  'report.forward': ['write', 'write:reports'],
  account: ['admin:write', 'admin:write:accounts'],
  signup: ['admin:write', 'admin:write:accounts'],
  domain: ['admin:write', 'admin:write:domain_blocks'],
  'domain.allow': ['admin:write', 'admin:write:domain_allows'],
  'domain.disallow': ['admin:write', 'admin:write:domain_allows'],
  'email-domain': ['admin:write', 'admin:write:email_domain_blocks'],
  address: ['admin:write', 'admin:write:ip_blocks'],
  'canonical-email': ['admin:write', 'admin:write:canonical_email_blocks'],
}

/** Whether a token lacks the right to what a kind of decision sends. */
export const lacksRight = (scopes: readonly string[] | null, kind: string): boolean => {
  const needed = rights[kind] ?? rights[kind.split('.')[0] ?? ''] ?? ['admin:write']
  return scopes !== null && !needed.some(scope => scopes.includes(scope))
}
