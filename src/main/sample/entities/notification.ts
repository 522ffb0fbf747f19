/** Notification and its parts (contract F.15, G.1). */
import type { NotificationRecord } from '../rules/model-more.ts'
import { accountText } from './account.ts'
import { reportText, strikeText } from './report.ts'
import { statusText } from './status.ts'
import { iso } from './times.ts'
import { type JsonText, listText, objectText, type View, withTexts } from './view.ts'

function eventEntity(view: View, id: string): object | null {
  const event = view.sample.world.severances.get(id)
  if (event === undefined) return null
  return {
    id: event.id,
    type: event.type,
    purged: false,
    target_name: event.targetName,
    followers_count: event.followersCount,
    following_count: event.followingCount,
    created_at: iso(event.createdAt),
  }
}

/** Texts of what a notification is about: only what its type has. */
function subjects(view: View, notification: NotificationRecord): Record<string, JsonText> {
  const { world } = view.sample
  const texts: Record<string, JsonText> = {}
  const report = notification.reportId === null ? undefined : world.reports.get(notification.reportId)
  const strike = notification.strikeId === null ? undefined : world.strikes.get(notification.strikeId)
  const status = notification.statusId === null ? undefined : world.statuses.get(notification.statusId)
  if (report !== undefined) texts.report = reportText(view, report)
  if (strike !== undefined) texts.moderation_warning = strikeText(view, strike)
  if (status !== undefined) texts.status = statusText(view, status)
  if (notification.eventId !== null) texts.event = JSON.stringify(eventEntity(view, notification.eventId))
  return texts
}

/** Key under which v2 groups a notification; those of staff stand alone but sign-ups. */
function groupKey(notification: NotificationRecord): string {
  if (notification.type !== 'admin.sign_up') return `ungrouped-${notification.id}`
  return `admin.sign_up-${Math.floor(notification.createdAt / 43_200_000)}`
}

const titles: Readonly<Record<NotificationRecord['type'], string>> = {
  'admin.report': 'New report',
  'admin.sign_up': 'New sign-up',
  moderation_warning: 'Moderation warning',
  severed_relationships: 'Lost connections',
  mention: 'Mention',
  follow: 'New follower',
}

/** JSON text of a v1 Notification. `supported`: types the client knows; others get a fallback to show (4.6+). */
export function notificationText(
  view: View,
  notification: NotificationRecord,
  supported: ReadonlySet<string> | null = null,
): JsonText {
  const from = view.account(notification.fromAccountId)
  const head: Record<string, unknown> = {
    id: notification.id,
    type: notification.type,
    created_at: iso(notification.createdAt),
  }
  if (view.has('4.3')) head.group_key = groupKey(notification)
  if (view.sample.release.notifications.fallback && supported !== null && !supported.has(notification.type)) {
    head.fallback = { title: titles[notification.type], summary: null, description: null }
  }
  return withTexts(head, {
    account: from === undefined ? 'null' : accountText(view, from),
    ...subjects(view, notification),
  })
}

/** JSON text of a v2 answer: groups, and the accounts and posts they name. `notifications` newest first. */
export function groupedText(view: View, notifications: readonly NotificationRecord[]): JsonText {
  const { world } = view.sample
  const groups = new Map<string, NotificationRecord[]>()
  for (const notification of notifications) {
    const key = groupKey(notification)
    groups.set(key, [...(groups.get(key) ?? []), notification])
  }
  const texts = [...groups].map(([key, members]) => {
    const newest = members[0]
    const head = {
      group_key: key,
      notifications_count: members.length,
      type: newest?.type,
      most_recent_notification_id: Number(newest?.id),
      page_min_id: members.at(-1)?.id,
      page_max_id: newest?.id,
      latest_page_notification_at: newest === undefined ? null : iso(newest.createdAt),
      sample_account_ids: members.slice(0, 8).map(member => member.fromAccountId),
      ...(newest?.statusId == null ? {} : { status_id: newest.statusId }),
    }
    const { status: _, ...own } = newest === undefined ? {} : subjects(view, newest)
    return withTexts(head, own)
  })
  const accounts = [...new Set(notifications.map(notification => notification.fromAccountId))].flatMap(
    id => world.account(id) ?? [],
  )
  const statuses = notifications.flatMap(({ statusId }) =>
    statusId === null ? [] : (world.statuses.get(statusId) ?? []),
  )
  return objectText({
    accounts: listText(accounts.map(account => accountText(view, account))),
    statuses: listText(statuses.map(status => statusText(view, status))),
    notification_groups: listText(texts),
  })
}
