import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import { makeBudget } from '../mastodon/budget.ts'
import { makeSession, releaseNumber, type Session } from '../mastodon/session.ts'
import { endSession } from './standing.ts'
import { resealToken, sealedToken, sealedTokens } from './table.ts'

/**
 * A server's token out of its seal, of which a newer one is stored where the door made one. One that cannot be opened ends its sign-in,
 * nothing else is lost: then it fails with `signed-out`. A keyring that is locked or slow is no reason to forget a token: it fails with
 * `storage`.
 */
const unsealToken = async (context: Context, key: ServerKey, sealed: string): Promise<string> => {
  try {
    const { secret, resealed } = await context.door.unseal(sealed)
    if (resealed !== undefined) context.gate.write([], db => resealToken(db, key, sealed, resealed))
    return secret
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'not-allowed') throw error
    // Somebody may have signed in again meanwhile.
    if (context.gate.read(db => sealedToken(db, key)) === sealed) endSession(context, key, 'server.token-unreadable')
    throw new Failure('signed-out')
  }
}

/** The token of a server that is signed in. Fails as unsealing does. */
const reopenToken = async (context: Context, key: ServerKey): Promise<string> => {
  const sealed = context.gate.read(db => sealedToken(db, key))
  if (sealed === null) throw new Failure('signed-out')
  return await unsealToken(context, key, sealed)
}

/** The token for one request of a session that does not hold it; it holds it again unless the desk is locked. */
export const tokenFor = async (context: Context, lock: { isLocked(): boolean }, session: Session): Promise<string> => {
  const token = await reopenToken(context, session.key)
  if (!lock.isLocked()) session.token ??= token
  return token
}

/** Takes up the sign-ins of an earlier run; behind a lock each token is only tried, and put away again. */
export const openSessions = async (context: Context, isLocked: () => boolean): Promise<void> => {
  for (const { key, origin, ownNetwork, release, sealed } of context.gate.read(sealedTokens)) {
    const token = await unsealToken(context, key, sealed).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'signed-out') return undefined
      throw error
    })
    if (token === undefined) continue
    const of = {
      key,
      origin,
      ownNetwork,
      release: releaseNumber(release),
      budget: makeBudget(context.clock, context.random),
    }
    context.sessions.set(key, makeSession({ ...of, token: isLocked() ? null : token }))
  }
}

/** Lets go of every token, and hangs up the streams that were opened with them: the engine's memory holds none then. */
export const putTokensAway = ({ sessions, push }: Pick<Context, 'sessions' | 'push'>): void => {
  for (const session of sessions.values()) {
    session.token = null
    push.close(session.key)
  }
}

/** The servers of an origin that are signed in with this very token. */
export const holdersOf = async (context: Context, origin: string, token: string): Promise<Set<ServerKey>> => {
  const holders = new Set<ServerKey>()
  const held = async ({ key, token: own }: Session) => own ?? (await reopenToken(context, key))
  for (const session of [...context.sessions.values()].filter(one => one.origin === origin)) {
    const own = await held(session).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'signed-out') return null
      throw error
    })
    if (own === token) holders.add(session.key)
  }
  return holders
}
