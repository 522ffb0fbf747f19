/** Search (contract g): people by name or handle, hashtags by prefix, posts by address. */
import { accountText, accountUri, accountUrl } from '../entities/account.ts'
import { statusText, statusUri, statusUrl } from '../entities/status.ts'
import { tagEntity } from '../entities/trends.ts'
import { listText } from '../entities/view.ts'
import { castBoolean, castText, isPresent, leadingInteger } from '../rules/casts.ts'
import type { AccountRecord, StatusRecord } from '../rules/model.ts'
import type { TagRecord } from '../rules/model-more.ts'
import { limitOf } from '../rules/pages.ts'
import { missing, Refusal } from '../rules/refusals.ts'
import { isReachable, isVisible } from '../rules/visibility.ts'
import type { Answer, Call, Route } from './call.ts'

function accounts(call: Call, query: string, enough: number): AccountRecord[] {
  const { world } = call.sample
  const shown = (account: AccountRecord): boolean => account.suspendedAt === null && isReachable(account)
  if (/^https?:\/\//.test(query)) {
    return world.accounts
      .all()
      .filter(
        account => shown(account) && [accountUrl(call.view, account), accountUri(call.view, account)].includes(query),
      )
  }
  const handle = query.replace(/^@/, '').replace(`@${world.instance.domain}`, '').toLowerCase()
  const exact = world.accountsByHandle.get(handle)
  if (handle.includes('@')) return exact !== undefined && shown(exact) ? [exact] : []
  const found = new Set<AccountRecord>(exact !== undefined && shown(exact) ? [exact] : [])
  for (const account of world.accounts.all()) {
    if (found.size >= enough) break
    const names = [account.username, ...account.profile.displayName.split(/\s+/)]
    if (shown(account) && names.some(name => name.toLowerCase().startsWith(handle))) found.add(account)
  }
  return [...found]
}

/** Without a search engine only an address finds a post. */
function statuses(call: Call, query: string): StatusRecord[] {
  const { world } = call.sample
  if (!/^https?:\/\//.test(query)) return []
  return world.statuses.all().filter(status => {
    const author = world.account(status.accountId)
    if (author === undefined || !isVisible(world, status, call.account)) return false
    return statusUri(call.view, status, author) === query || statusUrl(call.view, status, author) === query
  })
}

function tags(call: Call, query: string): TagRecord[] {
  const name = query.replace(/^#/, '').toLowerCase()
  return call.sample.world.tags.all().filter(tag => tag.name.startsWith(name))
}

/** What only signed-in people may search for. */
function withoutUser(what: string): Refusal {
  return new Refusal(401, { error: `Search queries ${what} not supported without authentication` })
}

function search(call: Call): Answer {
  const { params, sample, account } = call
  const query = castText(params.q)?.trim() ?? ''
  if (query === '') throw missing(sample.release, 'q')
  if (account === null && isPresent(params.offset)) throw withoutUser('pagination is')
  if (account === null && castBoolean(params.resolve) === true) throw withoutUser('that resolve remote resources are')
  const type = castText(params.type)
  const limit = limitOf(params.limit, 20, 40)
  const offset = type === null ? 0 : Number(leadingInteger(params.offset))
  const page = <T>(wanted: string, find: () => readonly T[]): T[] =>
    type === null || type === wanted ? find().slice(offset, offset + limit) : []
  const found = {
    accounts: page('accounts', () => accounts(call, query, offset + limit)).map(row => accountText(call.view, row)),
    statuses: page('statuses', () => statuses(call, query)).map(row => statusText(call.view, row)),
    hashtags: page('hashtags', () => tags(call, query)).map(row => JSON.stringify(tagEntity(call.view, row))),
  }
  const more = sample.release.has('4.6') ? ',"collections":[]' : ''
  return {
    text: `{"accounts":${listText(found.accounts)},"statuses":${listText(found.statuses)},"hashtags":${listText(found.hashtags)}${more}}`,
  }
}

/** The search. */
export const searchRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v2/search', access: { kind: 'open', scopes: ['read', 'read:search'] }, run: search },
]
