import { Failure } from '../../../shared/contract/failure.ts'
import type { Context } from '../context.ts'
import {
  type Client,
  fetchOauthPlaces,
  isTokenDead,
  knowsApplication,
  type OauthPlaces,
  registerApplication,
  revokeToken,
} from '../mastodon/endpoints/oauth.ts'
import type { HeldSession, Session } from '../mastodon/session.ts'
import { dropApplication, findApplication, putApplication } from './application-table.ts'
import { knownScopes } from './pkce.ts'

/** Shows the code on a page of the server. */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'
/** Registered without a port: for this literal the server takes any (contract A.3). */
const LOOPBACK = 'http://127.0.0.1/callback'

/** Our registration at an origin with its secret opened; nothing when there is none, or another door sealed it. */
const openApplication = async (context: Context, origin: string) => {
  const kept = context.gate.read(db => findApplication(db, origin))
  if (!kept) return undefined
  try {
    const { secret, resealed } = await context.door.unseal(kept.sealedSecret)
    if (resealed !== undefined)
      context.gate.write([], db => putApplication(db, origin, { ...kept, sealedSecret: resealed }, context.clock.now()))
    return { clientId: kept.clientId, clientSecret: secret, scopes: kept.scopes }
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-allowed') return undefined
    throw error
  }
}

/** Howdah's registration at a server, for all that it may ever ask for: the one it has, as long as the server knows it, else a new one. */
export const useApplication = async (context: Context, stranger: Session, places: OauthPlaces): Promise<Client> => {
  const { guard, stop, gate, clock } = context
  const scopes = knownScopes(places.scopes)
  const kept = await openApplication(context, stranger.origin)
  if (kept && scopes.every(scope => kept.scopes.includes(scope)))
    if (await knowsApplication(guard, stranger, places.revoke, kept, stop)) return kept
  const made = await registerApplication(guard, stranger, { redirectUris: [LOOPBACK, OUT_OF_BAND], scopes }, stop)
  const { sealed } = await context.door.seal(made.clientSecret)
  gate.write([], db =>
    putApplication(db, stranger.origin, { clientId: made.clientId, sealedSecret: sealed, scopes }, clock.now()),
  )
  return made
}

/** Forgets a registration that the server just said it does not know, so that the next try makes a new one. */
export const forgetApplication = (context: Context, origin: string): void =>
  context.gate.write([], db => dropApplication(db, origin))

/** Revokes the token of a session of ours; true only when that is proved. Never fails. */
export const revokeOwn = async (context: Context, session: HeldSession): Promise<boolean> => {
  const { guard, stop } = context
  try {
    const application = await openApplication(context, session.origin)
    const places = application && (await fetchOauthPlaces(guard, { ...session, token: '' }, stop))
    if (application && places) await revokeToken(guard, session, places.revoke, application, stop)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
  return await isTokenDead(guard, session, stop)
}
