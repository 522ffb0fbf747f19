/** Notifications and their stream (contract g, G.1, G.2). */
import { groupedText, notificationText } from '../entities/notification.ts'
import { listText, View } from '../entities/view.ts'
import { castText } from '../rules/casts.ts'
import type { NotificationRecord } from '../rules/model-more.ts'
import { type Page, pageOf, pageRequest } from '../rules/pages.ts'
import { notFound } from '../rules/refusals.ts'
import { type Access, type Answer, type Call, idOf, json, type Route } from './call.ts'
import { linkHeader } from './links.ts'
import { outgoingOf } from './node-bindings.ts'

const read: Access = { kind: 'user', scopes: ['read', 'read:notifications'] }
const write: Access = { kind: 'user', scopes: ['write', 'write:notifications'] }

/** Words of a list parameter. */
function list(value: unknown): string[] {
  return [value ?? []].flat().flatMap(word => castText(word) ?? [])
}

function page(call: Call): Page<NotificationRecord> {
  const { world } = call.sample
  const types = new Set(list(call.params.types))
  const excluded = new Set(list(call.params.exclude_types))
  return pageOf(world.notifications.all(), pageRequest(call.params, 40, 80), notification => {
    if (notification.recipientId !== call.account?.id || excluded.has(notification.type)) return false
    if (types.size > 0 && !types.has(notification.type)) return false
    return world.account(notification.fromAccountId)?.suspendedAt === null
  })
}

function own(call: Call): NotificationRecord {
  const notification = call.sample.world.notifications.get(idOf(call))
  if (notification === undefined || notification.recipientId !== call.account?.id) throw notFound()
  return notification
}

function clear(call: Call): Answer {
  const { notifications } = call.sample.world
  for (const notification of [...notifications.all()]) {
    if (notification.recipientId === call.account?.id) notifications.remove(notification.id)
  }
  return json({})
}

function stream(call: Call): Answer {
  const { account, token, site, sample } = call
  if (account === null || token === null) throw notFound()
  site.streams.add(outgoingOf(call.context), account.id, token.id, () => new View(sample, site.base(), account))
  return { text: '', taken: true }
}

/** Notifications of the caller. */
export const notificationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/notifications',
    access: read,
    run: call => {
      const shown = page(call)
      const supported = call.params.supported_types === undefined ? null : new Set(list(call.params.supported_types))
      return {
        text: listText(shown.rows.map(row => notificationText(call.view, row, supported))),
        headers: linkHeader(call, shown, []),
      }
    },
  },
  {
    method: 'GET',
    path: '/api/v2/notifications',
    access: read,
    since: '4.3',
    run: call => {
      const shown = page(call)
      return { text: groupedText(call.view, shown.rows), headers: linkHeader(call, shown, []) }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/notifications/:id',
    access: read,
    run: call => ({ text: notificationText(call.view, own(call)) }),
  },
  { method: 'POST', path: '/api/v1/notifications/clear', access: write, run: clear },
  {
    method: 'POST',
    path: '/api/v1/notifications/:id/dismiss',
    access: write,
    run: call => {
      call.sample.world.notifications.remove(own(call).id)
      return json({})
    },
  },
  { method: 'GET', path: '/api/v1/streaming/user/notification', access: read, run: stream },
  { method: 'GET', path: '/api/v1/streaming/user', access: { kind: 'user', scopes: ['read'] }, run: stream },
  {
    method: 'GET',
    path: '/api/v1/streaming/health',
    access: { kind: 'open' },
    run: () => ({ text: 'OK', headers: { 'content-type': 'text/plain' } }),
  },
]
