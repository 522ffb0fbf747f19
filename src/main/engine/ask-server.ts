import { Failure, type FailureCode } from '../../shared/contract/failure.ts'
import type { ServerKey } from '../../shared/contract/ids.ts'
import type { Signal } from '../../shared/contract/method.ts'
import type { Context } from './context.ts'
import type { Session } from './mastodon/session.ts'

/** What says nothing about the server. */
const ours: readonly FailureCode[] = ['not-allowed', 'conflict', 'invalid-input', 'storage']

/**
 * Asks a server on behalf of a person who waits for it, until the call or the engine ends, and tells the engine how it went. Fails with
 * `signed-out` where nobody is signed in, else as the asking does.
 */
export const askServer = async <T>(
  context: Context,
  server: ServerKey,
  call: Signal,
  ask: (session: Session, signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const session = context.sessions.get(server)
  if (!session) throw new Failure('signed-out')
  const given = new AbortController()
  call.addEventListener('abort', () => given.abort())
  try {
    const answer = await ask(session, AbortSignal.any([given.signal, context.stop]))
    context.heard(server, null)
    return answer
  } catch (error) {
    if (error instanceof Failure && !ours.includes(error.code)) context.heard(server, error)
    throw error
  }
}
