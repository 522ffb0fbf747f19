import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, as 43 letters that an address can hold. */
export const newState = (): string => randomBytes(32).toString('base64url')

/** A PKCE verifier and its S256 challenge (RFC 7636): who redeems the code proves to be who asked for it. */
export const newVerifier = (): { verifier: string; challenge: string } => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Figures take the broad scopes only (contract A.5). */
const READING = ['read', 'admin:read']
/** Asked for when the first decision is armed. Forwarding a report means filing one, which is no admin's right. */
const DECIDING = ['admin:write', 'write:reports']

/** The scopes that Howdah is registered for: one that the server does not know would fail the whole (contract A.1). */
export const knownScopes = (supported: readonly string[] | null): string[] =>
  [...READING, ...DECIDING].filter(scope => supported === null || supported.includes(scope))

/** The scopes to ask for: to read, or to decide too. */
export const scopesToAsk = (supported: readonly string[] | null, decide: boolean): string[] =>
  knownScopes(supported).filter(scope => decide || READING.includes(scope))

/** The address where the person gives consent (contract A.4). */
export const authorizeUrl = (
  endpoint: string,
  asked: {
    clientId: string
    redirectUri: string
    scopes: readonly string[]
    state: string
    challenge: string
    /** Asks who the person is, also where the server knows it: for another account. */
    forceLogin: boolean
  },
): string => {
  const url = new URL(endpoint)
  const query = {
    response_type: 'code',
    client_id: asked.clientId,
    redirect_uri: asked.redirectUri,
    scope: asked.scopes.join(' '),
    state: asked.state,
    code_challenge: asked.challenge,
    code_challenge_method: 'S256',
    ...(asked.forceLogin ? { force_login: 'true' } : {}),
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}
