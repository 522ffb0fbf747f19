import type { ReportRow } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { dayAndTime } from '../../ui/format.ts'

type Snooze = ReportRow['snooze']

/** Whether it is out of the open queue at the moment. */
export const isAway = (snooze: Snooze) => snooze !== null && snooze.back === null

/** `until Friday, 09:00: waiting for an answer`, or why it is back. */
export const snoozeWords = ({ until, reason, back }: NonNullable<Snooze>, now: number): string =>
  say(back === null ? 'snooze.until' : `snooze.back-${back}`, {
    at: dayAndTime(until, now),
    ...(reason === '' ? {} : { reason }),
  })
