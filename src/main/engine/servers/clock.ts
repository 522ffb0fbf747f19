import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'

/** Less than this makes nothing wrong that people would notice. */
const NOTICED_MS = 60_000
/** Servers tell their time to the second, so an hour off is told as one. */
const EXACT_MS = 10_000

/** Until when nothing may be asked of a server, not even by a person: it said so, or its limit is used up; else null. */
export const waitsUntil = (context: Context, server: ServerKey): number | null => {
  const at = context.sessions.get(server)?.budget.nextAt('interactive', false) ?? 0
  return at > context.clock.now() ? Math.ceil(at) : null
}

/** How far a server's clock is ahead of this computer's, where people should know it; else 0. */
export const clockAhead = (context: Context, server: ServerKey): number => {
  const skew = context.sessions.get(server)?.skewMs ?? 0
  return Math.abs(skew) < NOTICED_MS ? 0 : Math.round(skew / EXACT_MS) * EXACT_MS
}
