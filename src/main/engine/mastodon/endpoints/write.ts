import type { RequestClass } from '../budget.ts'
import { type Outcome, outcomeOf } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'

/** Sends one write, once, and says what became of it. `timeoutMs`: longer for what the server does within the request. */
export const write = async (
  guard: Guard,
  session: Session,
  cls: RequestClass,
  signal: AbortSignal,
  send: () => Promise<unknown>,
  timeoutMs: number = PATIENCE_MS.write,
): Promise<Outcome> => outcomeOf(await guard.exchange(session, { cls, signal, timeoutMs }, send))
