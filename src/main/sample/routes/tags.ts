/** Hashtags of the admin API (contract E.8): broad scopes only. */
import { adminTagEntity } from '../entities/trends.ts'
import { castBoolean, castText } from '../rules/casts.ts'
import type { TagRecord } from '../rules/model-more.ts'
import { pageOf, pageRequest } from '../rules/pages.ts'
import { invalid, notFound } from '../rules/refusals.ts'
import { type Access, type Answer, type Call, idOf, json, permitted, type Route } from './call.ts'
import { linkHeader } from './links.ts'

const read: Access = { kind: 'admin', scopes: ['admin:read'] }
const write: Access = { kind: 'admin', scopes: ['admin:write'] }

function found(call: Call): TagRecord {
  const tag = call.sample.world.tags.get(idOf(call))
  if (tag === undefined) throw notFound()
  return tag
}

/** A name without case, width and diacritics: what a new display name must keep. */
function plainName(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function update(call: Call): Answer {
  const tag = found(call)
  permitted(call, 'manage_taxonomies')
  const { params } = call
  const name = params.display_name === undefined ? tag.displayName : castText(params.display_name)
  if (name !== null && plainName(name) !== plainName(tag.name))
    throw invalid('Display name does not match the previous name')
  tag.displayName = name
  if (params.listable !== undefined) tag.listable = castBoolean(params.listable)
  if (params.trendable !== undefined) tag.trendable = castBoolean(params.trendable)
  if (params.usable !== undefined) tag.usable = castBoolean(params.usable)
  tag.reviewedAt = call.sample.clock.now()
  return json(adminTagEntity(call.view, tag))
}

/** Hashtags for moderators. */
export const tagRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/admin/tags',
    access: read,
    since: '4.2',
    run: call => {
      const page = pageOf(call.sample.world.tags.all(), pageRequest(call.params, 100, 200))
      permitted(call, 'manage_taxonomies')
      return { ...json(page.rows.map(tag => adminTagEntity(call.view, tag))), headers: linkHeader(call, page, []) }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/admin/tags/:id',
    access: read,
    since: '4.2',
    run: call => {
      const tag = found(call)
      permitted(call, 'manage_taxonomies')
      return json(adminTagEntity(call.view, tag))
    },
  },
  { method: 'PUT', path: '/api/v1/admin/tags/:id', access: write, since: '4.2', run: update },
  { method: 'PATCH', path: '/api/v1/admin/tags/:id', access: write, since: '4.2', run: update },
]
