/** Trends and their review (contract E.12). Reading never refuses: without the permission it shows the public trends. */

import { statusText } from '../entities/status.ts'
import {
  adminTagEntity,
  adminTrendLinkEntity,
  adminTrendStatusText,
  publisherEntity,
  tagEntity,
  trendLinkEntity,
} from '../entities/trends.ts'
import { type JsonText, listText } from '../entities/view.ts'
import { leadingInteger } from '../rules/casts.ts'
import { limitOf, pageOf, pageRequest } from '../rules/pages.ts'
import { notFound } from '../rules/refusals.ts'
import { can } from '../rules/roles.ts'
import { isVisible } from '../rules/visibility.ts'
import { type Access, type Answer, type Call, idOf, json, permitted, type Route } from './call.ts'
import { linkHeader } from './links.ts'

const read: Access = { kind: 'admin', scopes: ['admin:read'] }
const write: Access = { kind: 'admin', scopes: ['admin:write'] }

/** One kind of trend. */
type Kind = {
  readonly name: 'links' | 'statuses' | 'tags'
  readonly standard: number
  readonly maximum: number
  /** JSON texts, best first: all for the staff, the approved ones for everybody else. */
  readonly texts: (call: Call, staff: boolean) => JsonText[]
  /** Marks one as reviewed and answers it; undefined when there is none. */
  readonly review: (call: Call, id: string, trendable: boolean) => JsonText | undefined
}

const links: Kind = {
  name: 'links',
  standard: 10,
  maximum: 20,
  texts: (call, staff) =>
    call.sample.world.trends.links.flatMap(id => {
      const link = call.sample.world.trendLinks.get(id)
      if (link === undefined) return []
      if (staff) return [JSON.stringify(adminTrendLinkEntity(call.view, link))]
      const publisher = link.publisherId === null ? undefined : call.sample.world.publishers.get(link.publisherId)
      return (link.trendable ?? publisher?.trendable) === true ? [JSON.stringify(trendLinkEntity(call.view, link))] : []
    }),
  review: (call, id, trendable) => {
    const link = call.sample.world.trendLinks.get(id)
    if (link === undefined) return undefined
    link.trendable = trendable
    return JSON.stringify(adminTrendLinkEntity(call.view, link))
  },
}

const statuses: Kind = {
  name: 'statuses',
  standard: 20,
  maximum: 40,
  texts: (call, staff) =>
    call.sample.world.trends.statuses.flatMap(id => {
      const status = call.sample.world.statuses.get(id)
      if (status === undefined || !isVisible(call.sample.world, status, call.account)) return []
      if (staff) return [adminTrendStatusText(call.view, status)]
      return status.trendable === true ? [statusText(call.view, status)] : []
    }),
  review: (call, id, trendable) => {
    const status = call.sample.world.statuses.get(id)
    if (status === undefined || status.deletedAt !== null) return undefined
    status.trendable = trendable
    return adminTrendStatusText(call.view, status)
  },
}

const tags: Kind = {
  name: 'tags',
  standard: 10,
  maximum: 20,
  texts: (call, staff) =>
    call.sample.world.trends.tags.flatMap(id => {
      const tag = call.sample.world.tags.get(id)
      if (tag === undefined) return []
      if (staff)
        return [
          JSON.stringify(
            call.sample.release.tags.adminTrendTags ? adminTagEntity(call.view, tag) : tagEntity(call.view, tag),
          ),
        ]
      return tag.trendable === true ? [JSON.stringify(tagEntity(call.view, tag))] : []
    }),
  review: (call, id, trendable) => {
    const tag = call.sample.world.tags.get(id)
    if (tag === undefined) return undefined
    tag.trendable = trendable
    tag.reviewedAt = call.sample.clock.now()
    return JSON.stringify(adminTagEntity(call.view, tag))
  },
}

/** Pages by offset; the Link header points at the public path, as on the real server (contract d, quirk 2). */
function index(call: Call, kind: Kind): Answer {
  const staff = call.account !== null && can(call.sample.world, call.account, 'manage_taxonomies')
  const limit = limitOf(call.params.limit, kind.standard, kind.maximum)
  const offset = Math.max(0, Number(leadingInteger(call.params.offset)))
  const shown = kind.texts(call, staff).slice(offset, offset + limit)
  const at = (to: number): string => {
    const query = [`limit=${limit}`, `offset=${to}`].slice(call.params.limit === undefined ? 1 : 0)
    return `${call.view.base}/api/v1/trends/${kind.name}?${query.join('&')}`
  }
  const parts: string[] = []
  if (shown.length === limit) parts.push(`<${at(offset + limit)}>; rel="next"`)
  if (offset > limit) parts.push(`<${at(offset - limit)}>; rel="prev"`)
  return { text: listText(shown), ...(parts.length === 0 ? {} : { headers: { link: parts.join(', ') } }) }
}

function reviewRoutes(path: string, review: Kind['review']): Route[] {
  return ['approve', 'reject'].map(word => ({
    method: 'POST',
    path: `/api/v1/admin/trends/${path}/:id/${word}`,
    access: write,
    since: '4.2',
    run: call => {
      const id = idOf(call)
      const { world } = call.sample
      const known =
        path === 'links'
          ? world.trendLinks
          : path === 'statuses'
            ? world.statuses
            : path === 'tags'
              ? world.tags
              : world.publishers
      if (known.get(id) === undefined) throw notFound()
      permitted(call, 'manage_taxonomies')
      const text = review(call, id, word === 'approve')
      if (text === undefined) throw notFound()
      return { text }
    },
  }))
}

function publishers(call: Call): Answer {
  const page = pageOf(call.sample.world.publishers.all(), pageRequest(call.params, 100, 200))
  permitted(call, 'manage_taxonomies')
  return { ...json(page.rows.map(publisherEntity)), headers: linkHeader(call, page, []) }
}

/** Trends, and their review. */
export const trendRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/admin/trends/links/publishers', access: read, since: '4.2', run: publishers },
  ...[links, statuses, tags].flatMap((kind): Route[] => [
    { method: 'GET', path: `/api/v1/admin/trends/${kind.name}`, access: read, run: call => index(call, kind) },
    ...reviewRoutes(kind.name, kind.review),
  ]),
  ...reviewRoutes('links/publishers', (call, id, trendable) => {
    const publisher = call.sample.world.publishers.get(id)
    if (publisher === undefined) return undefined
    publisher.trendable = trendable
    publisher.reviewedAt = call.sample.clock.now()
    return JSON.stringify(publisherEntity(publisher))
  }),
]
