import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'

/** Less than this makes nothing wrong that people would notice. */
const NOTICED_MS = 60_000
/** Servers tell their time to the second, so an hour off is told as one. */
const EXACT_MS = 10_000

/** How far a server's clock is ahead of this computer's, where people should know it; else 0. */
export const clockAhead = (context: Context, server: ServerKey): number => {
  const skew = context.sessions.get(server)?.skewMs ?? 0
  return Math.abs(skew) < NOTICED_MS ? 0 : Math.round(skew / EXACT_MS) * EXACT_MS
}
