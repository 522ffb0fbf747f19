import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, as 43 letters that an address can hold. */
export const newState = (): string => randomBytes(32).toString('base64url')

/** A PKCE verifier and its S256 challenge (RFC 7636): who redeems the code proves to be who asked for it. */
export const newVerifier = (): { verifier: string; challenge: string } => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** The scopes of a first sign-in (DESIGN §12 K-03). */
const WANTED = [
  'read',
  'admin:read',
  // For now asked at once, and said so on screen. Later: only when the first decision is armed, by a second sign-in that begins here.
  'admin:write',
] as const

/** The scopes to ask for: those wanted that the server knows. One that it does not know would fail the whole (contract A.1). */
export const scopesToAsk = (supported: readonly string[] | null): string[] =>
  WANTED.filter(scope => supported === null || supported.includes(scope))

/** The address where the person gives consent (contract A.4). */
export const authorizeUrl = (
  endpoint: string,
  asked: { clientId: string; redirectUri: string; scopes: readonly string[]; state: string; challenge: string },
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
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}
