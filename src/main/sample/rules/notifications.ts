/** Notifications: contract G.1. They come by a job, a moment after what caused them. */
import type { AccountRecord } from './model.ts'
import type { NotificationRecord } from './model-more.ts'
import type { Sample } from './sample.ts'

/** Milliseconds until a notification is there, where jobs run: as seen on the real server. */
const moment = 140

type About = Partial<Pick<NotificationRecord, 'reportId' | 'strikeId' | 'statusId' | 'eventId'>>

/** Queues a notification for `recipient`, caused by `from`. */
export function notify(
  sample: Sample,
  type: NotificationRecord['type'],
  recipient: AccountRecord,
  from: AccountRecord,
  about: About,
): void {
  sample.jobs.later(
    'notification',
    recipient.id,
    () => {
      const { world, clock } = sample
      const notification: NotificationRecord = {
        id: world.notifications.serials.next(),
        type,
        createdAt: clock.now(),
        recipientId: recipient.id,
        fromAccountId: from.id,
        reportId: about.reportId ?? null,
        strikeId: about.strikeId ?? null,
        statusId: about.statusId ?? null,
        eventId: about.eventId ?? null,
      }
      world.notifications.add(notification)
      sample.announce(notification)
    },
    moment,
  )
}
