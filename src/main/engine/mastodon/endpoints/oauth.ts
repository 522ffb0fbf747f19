import { Failure } from '../../../../shared/contract/failure.ts'
import { ledAway } from '../cause.ts'
import {
  ApplicationEntity,
  OauthErrorEntity,
  OauthMetadataEntity,
  ScopesEntity,
  TokenEntity,
} from '../entities/oauth.ts'
import { jsonOf } from '../outcome.ts'
import { type Exchange, type Guard, PATIENCE_MS } from '../request.ts'
import type { HeldSession, Session } from '../session.ts'

/**
 * Where a server's OAuth is, and the scopes it knows; null where it does not say (before 4.3). `issuer`: what it calls itself (RFC 8414);
 * `signs`: whether it says so whenever it sends somebody back (RFC 9207).
 */
export type OauthPlaces = {
  authorize: string
  token: string
  revoke: string
  scopes: readonly string[] | null
  issuer: string | null
  signs: boolean
}

/** Proof that it is our application which asks. */
export type Client = { clientId: string; clientSecret: string }

const limits = (signal: AbortSignal) => ({ cls: 'interactive' as const, signal, timeoutMs: PATIENCE_MS.single })

const fixedPlaces = (origin: string): OauthPlaces => ({
  authorize: `${origin}/oauth/authorize`,
  token: `${origin}/oauth/token`,
  revoke: `${origin}/oauth/revoke`,
  scopes: null,
  issuer: null,
  signs: false,
})

/** Finds the server's OAuth (contract A.1): its metadata, or the fixed paths where it has none. All of it lies on the server itself. */
export const fetchOauthPlaces = async (guard: Guard, session: Session, signal: AbortSignal): Promise<OauthPlaces> => {
  const exchange = await guard.exchange(session, limits(signal), () =>
    fetch(new URL('/.well-known/oauth-authorization-server', session.origin)),
  )
  if (exchange.fate === 'answered' && exchange.status === 404) return fixedPlaces(session.origin)
  const found = OauthMetadataEntity.safeParse(jsonOf(exchange).json)
  if (!found.success) throw new Failure('upstream', { reason: 'failure.not-an-entity' })
  const places = {
    authorize: found.data.authorization_endpoint,
    token: found.data.token_endpoint,
    revoke: found.data.revocation_endpoint,
    scopes: found.data.scopes_supported,
    issuer: found.data.issuer ?? null,
    signs: found.data.authorization_response_iss_parameter_supported ?? false,
  }
  // SECURITY: a page of another server must not be where a person types a password.
  const elsewhere = [places.authorize, places.token, places.revoke].find(url => new URL(url).origin !== session.origin)
  if (elsewhere !== undefined) throw ledAway(new URL(session.origin), new URL(elsewhere))
  return places
}

/** Registers Howdah (contract A.2): a write, of which a server allows five in ten minutes. */
export const registerApplication = async (
  guard: Guard,
  session: Session,
  asked: { redirectUris: readonly string[]; scopes: readonly string[] },
  signal: AbortSignal,
): Promise<Client> => {
  const exchange = await guard.exchange(session, limits(signal), () =>
    session.api.v1.apps.create({
      clientName: 'Howdah',
      // A list as text: servers before 4.3 know no other.
      redirectUris: asked.redirectUris.join('\n'),
      scopes: asked.scopes.join(' '),
    }),
  )
  if (exchange.fate === 'answered' && exchange.status === 422)
    throw new Failure('not-allowed', { reason: 'failure.registration-refused', status: 422 })
  if (exchange.fate === 'answered' ? exchange.status === 429 : exchange.failure.code === 'rate-limited')
    throw new Failure('rate-limited', { reason: 'failure.registrations' })
  const made = ApplicationEntity.safeParse(jsonOf(exchange).json)
  if (!made.success) throw new Failure('upstream', { reason: 'failure.not-an-entity' })
  return { clientId: made.data.client_id, clientSecret: made.data.client_secret }
}

const post = (guard: Guard, session: Session, url: string, form: Record<string, string>, signal: AbortSignal) =>
  guard.exchange(session, limits(signal), () => fetch(url, { method: 'POST', body: new URLSearchParams(form) }))

/** The sentences of what a token endpoint refuses (contract A.4). */
const tokenRefusals: Readonly<Record<string, string>> = {
  invalid_grant: 'failure.code-refused',
  invalid_scope: 'failure.scope-refused',
  invalid_client: 'failure.application-unknown',
}

const tokenRefusal = (exchange: Exchange): Failure | undefined => {
  if (exchange.fate !== 'answered' || (exchange.status !== 400 && exchange.status !== 401)) return undefined
  const said = OauthErrorEntity.safeParse(exchange.json).data?.error ?? ''
  const reason = Object.hasOwn(tokenRefusals, said) ? tokenRefusals[said] : undefined
  return new Failure('not-allowed', { reason: reason ?? 'failure.sign-in-refused', status: exchange.status })
}

/** Changes a code for a token (contract A.4). Fails with `not-allowed` and the reason that the server gave. */
export const exchangeCode = async (
  guard: Guard,
  session: Session,
  url: string,
  asked: Client & { code: string; redirectUri: string; verifier: string },
  signal: AbortSignal,
): Promise<{ token: string; scopes: string[] }> => {
  const form = {
    grant_type: 'authorization_code',
    code: asked.code,
    client_id: asked.clientId,
    client_secret: asked.clientSecret,
    redirect_uri: asked.redirectUri,
    code_verifier: asked.verifier,
  }
  const exchange = await post(guard, session, url, form, signal)
  const refusal = tokenRefusal(exchange)
  if (refusal) throw refusal
  const token = TokenEntity.safeParse(jsonOf(exchange).json)
  if (!token.success) throw new Failure('upstream', { reason: 'failure.not-an-entity' })
  return { token: token.data.access_token, scopes: token.data.scope.split(/\s+/) }
}

const revoke = (guard: Guard, session: Session, url: string, client: Client, token: string, signal: AbortSignal) =>
  post(guard, session, url, { client_id: client.clientId, client_secret: client.clientSecret, token }, signal)

/**
 * Whether the server still knows our application: it forgets those that hold no token. Asked by revoking a token that does not exist,
 * which changes nothing: 200 for a client that it knows, 403 for a stranger (contract A.8).
 */
export const knowsApplication = async (
  guard: Guard,
  session: Session,
  url: string,
  client: Client,
  signal: AbortSignal,
): Promise<boolean> => {
  const exchange = await revoke(guard, session, url, client, 'none', signal)
  if (exchange.fate === 'answered' && (exchange.status === 403 || exchange.status === 401)) return false
  jsonOf(exchange)
  return true
}

const askApplication = (guard: Guard, session: Session, signal: AbortSignal) =>
  guard.exchange(session, limits(signal), () => fetch(new URL('/api/v1/apps/verify_credentials', session.origin)))

/**
 * Has a token of ours revoked; whether that came about, `isTokenDead` tells. Nothing to do without our registration: a server that
 * forgot it forgot its tokens too.
 */
export const revokeToken = async (
  guard: Guard,
  session: HeldSession,
  url: string,
  client: Client,
  signal: AbortSignal,
): Promise<void> => {
  // Without the token in its head: it is named in the body, and the client's secret proves who asks.
  await revoke(guard, { ...session, token: '' }, url, client, session.token, signal)
}

/** The proof: true only when the server itself, and nothing that stands before it, answers a token with 401 (contract A.8). Never fails. */
export const isTokenDead = async (guard: Guard, session: Session, signal: AbortSignal): Promise<boolean> => {
  const probe = await askApplication(guard, session, signal)
  return probe.fate === 'answered' && probe.status === 401 && OauthErrorEntity.safeParse(probe.json).success
}

/** What a token's application was registered for (contract A.8); null where the server does not say. Never fails. */
export const fetchScopes = async (guard: Guard, session: Session, signal: AbortSignal): Promise<string[] | null> => {
  const exchange = await askApplication(guard, session, signal)
  return exchange.fate === 'answered' && exchange.status === 200
    ? (ScopesEntity.safeParse(exchange.json).data?.scopes ?? null)
    : null
}
