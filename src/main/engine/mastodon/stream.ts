import { z } from 'zod'
import type { Guard } from './request.ts'
import type { Session } from './session.ts'

const Notification = z.object({ type: z.string() })
const LONGEST_DATA = 1 << 20

/**
 * Follows the notifications of the signed-in account (contract G.2) until the stream ends, and calls `onReport` when one says that
 * a report came. Only a hint to look: it is silent when the target already has an open report, and its content is not used.
 */
export const followReports = async (
  guard: Guard,
  session: Session,
  signal: AbortSignal,
  on: { opened(): void; report(): void },
): Promise<void> => {
  let event = ''
  let data = ''
  let opened = false
  await guard.follow(session, '/api/v1/streaming/user/notification', signal, line => {
    if (!opened) on.opened()
    opened = true
    if (line.startsWith('event:')) event = line.slice(6).trim()
    else if (line.startsWith('data:')) data = (data + line.slice(5)).slice(0, LONGEST_DATA)
    else if (line.trim() === '') {
      if (event === 'notification' && isReport(data)) on.report()
      event = ''
      data = ''
    }
  })
}

const isReport = (data: string): boolean => {
  try {
    return Notification.parse(JSON.parse(data)).type === 'admin.report'
  } catch {
    return false
  }
}
