/** Accounts as everybody sees them, and who the caller is (contract A.8, g). */
import { accountText, credentialAccountText } from '../entities/account.ts'
import { statusText } from '../entities/status.ts'
import { listText } from '../entities/view.ts'
import { castBoolean, castText, isPresent } from '../rules/casts.ts'
import type { AccountRecord, StatusRecord } from '../rules/model.ts'
import { pageOf, pageRequest } from '../rules/pages.ts'
import { notFound } from '../rules/refusals.ts'
import { isReachable, isVisible } from '../rules/visibility.ts'
import { type Access, type Answer, type Call, idOf, json, type Route } from './call.ts'
import { linkHeader } from './links.ts'

const read: Access = { kind: 'open', scopes: ['read', 'read:accounts'] }

function found(call: Call): AccountRecord {
  const account = call.sample.world.account(idOf(call))
  if (account === undefined || !isReachable(account)) throw notFound()
  return account
}

function lookup(call: Call): Answer {
  const acct = castText(call.params.acct)
  if (acct === null) throw notFound()
  const handle = acct.replace(/^@/, '').toLowerCase().replace(`@${call.sample.world.instance.domain}`, '')
  const account = call.sample.world.accountsByHandle.get(handle)
  if (account === undefined || !isReachable(account)) throw notFound()
  return { text: accountText(call.view, account) }
}

function relationship(call: Call, target: AccountRecord): object {
  const { world, release } = call.sample
  const own = call.account?.id ?? ''
  const following = world.following.get(own)?.has(target.id) ?? false
  return {
    id: target.id,
    following,
    showing_reblogs: following,
    notifying: false,
    languages: null,
    followed_by: world.following.get(target.id)?.has(own) ?? false,
    blocking: false,
    blocked_by: false,
    muting: false,
    muting_notifications: false,
    ...(release.has('4.6') ? { muting_expires_at: null } : {}),
    requested: false,
    ...(release.has('4.1') ? { requested_by: false } : {}),
    domain_blocking: false,
    endorsed: false,
    note: '',
  }
}

function relationships(call: Call): Answer {
  const withSuspended = castBoolean(call.params.with_suspended) === true
  const ids = [call.params.id ?? []].flat()
  const targets = ids.flatMap(id => call.sample.world.account(castText(id) ?? '') ?? [])
  const shown = targets.filter(target => withSuspended || target.suspendedAt === null)
  return json(shown.map(target => relationship(call, target)))
}

/** A test for posts that the query asks for. */
function statusTest(call: Call): (status: StatusRecord) => boolean {
  const { params, sample } = call
  const wants = (key: string): boolean => castBoolean(params[key]) === true
  const tag = isPresent(params.tagged) ? (castText(params.tagged) ?? '').toLowerCase() : null
  return status => {
    if (!isVisible(sample.world, status, call.account) || status.visibility === 'direct') return false
    if (wants('only_media') && (status.extra?.media.length ?? 0) === 0) return false
    if (wants('exclude_reblogs') && status.reblogOfId !== null) return false
    if (wants('pinned') && !status.pinned) return false
    if (tag !== null && !status.extra?.tags.includes(tag)) return false
    if (!wants('exclude_replies') || status.inReplyToId === null) return true
    return sample.world.statuses.get(status.inReplyToId)?.accountId === status.accountId
  }
}

function statuses(call: Call): Answer {
  const account = found(call)
  const rows = account.suspendedAt === null ? (call.sample.world.statusesByAccount.get(account.id) ?? []) : []
  const page = pageOf(rows, pageRequest(call.params, 20, 40), statusTest(call))
  const kept = ['pinned', 'tagged', 'only_media', 'exclude_replies', 'exclude_reblogs']
  return {
    text: listText(page.rows.map(status => statusText(call.view, status))),
    headers: linkHeader(call, page, kept),
  }
}

/** Accounts as everybody sees them, and relations to them. */
export const peopleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/accounts/verify_credentials',
    access: { kind: 'user', scopes: ['profile', 'read', 'read:accounts'] },
    run: call => {
      if (call.account === null) throw notFound()
      return { text: credentialAccountText(call.view, call.account) }
    },
  },
  { method: 'GET', path: '/api/v1/accounts/lookup', access: read, run: lookup },
  {
    method: 'GET',
    path: '/api/v1/accounts/relationships',
    access: { kind: 'user', scopes: ['read', 'read:follows'] },
    run: relationships,
  },
  {
    method: 'GET',
    path: '/api/v1/accounts/:id',
    access: read,
    run: call => ({ text: accountText(call.view, found(call)) }),
  },
  {
    method: 'GET',
    path: '/api/v1/accounts/:id/statuses',
    access: { kind: 'open', scopes: ['read', 'read:statuses'] },
    run: statuses,
  },
]
