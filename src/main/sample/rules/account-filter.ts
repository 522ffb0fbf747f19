/** Which accounts a list shows: contract E.1, both versions. */

import { addressLiesIn, parseAddress } from './addresses.ts'
import { castText, isPresent } from './casts.ts'
import type { AccountRecord } from './model.ts'
import { unknownWord } from './refusals.ts'
import { permissionsOf } from './roles.ts'
import type { Sample } from './sample.ts'

type Params = Readonly<Record<string, unknown>>
type Fits = (account: AccountRecord) => boolean

/** What is left of v1's flags: they are tested for presence, not truth, and the last status wins. */
export function filterOfV1(params: Params): Params {
  const filter: Record<string, unknown> = { origin: 'local', status: 'active' }
  for (const key of ['username', 'display_name', 'email', 'by_domain', 'ip']) filter[key] = params[key]
  if (isPresent(params.remote)) filter.origin = 'remote'
  for (const status of ['active', 'pending', 'disabled', 'silenced', 'suspended']) {
    if (isPresent(params[status])) filter.status = status
  }
  if (isPresent(params.staff)) filter.permissions = 'staff'
  return filter
}

function statusTest(status: string, sample: Sample): Fits {
  switch (status) {
    case 'active':
      return account => account.suspendedAt === null
    case 'pending':
      return account => account.user !== null && !account.user.approved
    case 'disabled':
      return account =>
        account.user?.disabled === true &&
        !(sample.release.accounts.disabledExcludesSuspended && account.suspendedAt !== null)
    case 'silenced':
      return account => account.silencedAt !== null
    case 'suspended':
      return account => account.suspendedAt !== null
    case 'sensitized':
      return account => account.sensitizedAt !== null
    default:
      throw unknownWord('status', status)
  }
}

function prefixTest(value: unknown, read: (account: AccountRecord) => string | undefined): Fits {
  const prefix = (castText(value) ?? '').trim().toLowerCase()
  return account => read(account)?.toLowerCase().startsWith(prefix) ?? false
}

/** Roles that hold manage_reports by themselves: who `staff` is. */
function staffRoles(sample: Sample): Set<string> {
  const wanted = permissionsOf('administrator', 'manage_reports')
  const roles = [...sample.world.roles.values()].filter(role => role.id !== '-99' && (role.permissions & wanted) !== 0)
  return new Set(roles.map(role => role.id))
}

function roleTest(params: Params, sample: Sample): Fits | null {
  let ids: Set<string> | null = null
  if (params.permissions === 'staff') ids = staffRoles(sample)
  else if (isPresent(params.role_ids)) ids = new Set([params.role_ids].flat().map(id => castText(id) ?? ''))
  const wanted = ids
  return wanted === null ? null : account => account.user?.roleId != null && wanted.has(account.user.roleId)
}

function addressTest(value: unknown): Fits {
  const range = parseAddress(castText(value) ?? '')
  if (range === null) return () => false
  return account => account.user?.ips.some(({ ip }) => addressLiesIn(ip, range)) ?? false
}

/**
 * The rows to walk, ascending by id, and the test each must pass.
 * Throws the 400 of an unknown status or origin. Blank values are ignored; filters combine with AND.
 */
export function accountFilter(sample: Sample, params: Params): { rows: readonly AccountRecord[]; fits: Fits } {
  const { world } = sample
  const tests: Fits[] = []
  let rows = world.accounts.all()
  if (isPresent(params.origin)) {
    const origin = castText(params.origin) ?? ''
    if (origin === 'local') rows = world.accountsByDomain.get('')?.all() ?? []
    else if (origin === 'remote') tests.push(account => account.domain !== null)
    else throw unknownWord('origin', origin)
  }
  if (isPresent(params.status)) tests.push(statusTest(castText(params.status) ?? '', sample))
  // The domain wins over `origin=local`, as the later condition on one column replaces the earlier.
  if (isPresent(params.by_domain)) rows = world.accountsByDomain.get(castText(params.by_domain) ?? '-')?.all() ?? []
  if (isPresent(params.username)) {
    const name = (castText(params.username) ?? '').trim()
    const bare = sample.release.accounts.stripsAt ? name.replace(/^@/, '') : name
    tests.push(prefixTest(bare, account => account.username))
  }
  if (isPresent(params.display_name))
    tests.push(prefixTest(params.display_name, account => account.profile.displayName))
  if (isPresent(params.email)) tests.push(prefixTest(params.email, account => account.user?.email))
  if (isPresent(params.ip)) tests.push(addressTest(params.ip))
  const role = roleTest(params, sample)
  if (role !== null) tests.push(role)
  if (isPresent(params.invited_by)) tests.push(() => false)
  return { rows, fits: account => tests.every(test => test(account)) }
}
