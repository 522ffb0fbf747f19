/** Accounts of the admin API: lists of both versions, one account, and what moderators do to it (contract E.1). */
import { adminAccountText } from '../entities/account.ts'
import { listText } from '../entities/view.ts'
import { accountFilter, filterOfV1 } from '../rules/account-filter.ts'
import type { AccountRecord } from '../rules/model.ts'
import { pageOf, pageRequest } from '../rules/pages.ts'
import { forbidden, notFound } from '../rules/refusals.ts'
import { act, approve, deleteData, enable, lift, reject, unsuspend } from '../rules/strikes.ts'
import { type Answer, adminRead, adminWrite, type Call, idOf, permitted, type Route } from './call.ts'
import { linkHeader } from './links.ts'

const read = adminRead('accounts')
const write = adminWrite('accounts')
const shared = ['username', 'display_name', 'email', 'by_domain', 'ip']
const keptV1 = [
  'local',
  'remote',
  'active',
  'pending',
  'disabled',
  'sensitized',
  'silenced',
  'suspended',
  'staff',
  ...shared,
]
const keptV2 = ['origin', 'status', 'permissions', 'role_ids', 'invited_by', ...shared]

function index(call: Call, filter: Readonly<Record<string, unknown>>, kept: readonly string[]): Answer {
  const { rows, fits } = accountFilter(call.sample, filter)
  const page = pageOf(rows, pageRequest(call.params, 100, 200), fits)
  permitted(call, 'manage_users')
  return {
    text: listText(page.rows.map(account => adminAccountText(call.view, account))),
    headers: linkHeader(call, page, kept),
  }
}

function found(call: Call): AccountRecord {
  const account = call.sample.world.account(idOf(call))
  if (account === undefined) throw notFound()
  return account
}

const localOnly = new Set(['approve', 'reject', 'enable'])

type Change = (call: Call, by: AccountRecord, target: AccountRecord) => void

/** A route that changes an account and answers it, or `{}`. */
function change(path: string, apply: Change, answer: 'account' | 'nothing' = 'account'): Route {
  return {
    method: 'POST',
    path: `/api/v1/admin/accounts/:id/${path}`,
    access: write,
    run: call => {
      const target = found(call)
      // A missing user is refused before any permission is looked at.
      if (localOnly.has(path) && target.user === null) throw forbidden()
      apply(call, permitted(call, 'manage_users'), target)
      return { text: answer === 'account' ? adminAccountText(call.view, target) : '{}' }
    },
  }
}

function destroy(call: Call): Answer {
  const target = found(call)
  deleteData(call.sample, permitted(call, 'delete_user_data'), target)
  return { text: '{}' }
}

/** Accounts for moderators (contract E.1). */
export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/admin/accounts',
    access: read,
    run: call => index(call, filterOfV1(call.params), keptV1),
  },
  { method: 'GET', path: '/api/v2/admin/accounts', access: read, run: call => index(call, call.params, keptV2) },
  {
    method: 'GET',
    path: '/api/v1/admin/accounts/:id',
    access: read,
    run: call => {
      const account = found(call)
      permitted(call, 'manage_users')
      return { text: adminAccountText(call.view, account) }
    },
  },
  { method: 'DELETE', path: '/api/v1/admin/accounts/:id', access: write, run: destroy },
  change('action', (call, by, target) => act(call.sample, by, target, call.params), 'nothing'),
  change('approve', (call, by, target) => approve(call.sample, by, target)),
  change('reject', (call, by, target) => reject(call.sample, by, target), 'nothing'),
  change('enable', (call, by, target) => enable(call.sample, by, target)),
  change('unsilence', (call, by, target) => lift(call.sample, by, target, 'unsilence')),
  change('unsensitive', (call, by, target) => lift(call.sample, by, target, 'unsensitive')),
  change('unsuspend', (call, by, target) => unsuspend(call.sample, by, target)),
]
