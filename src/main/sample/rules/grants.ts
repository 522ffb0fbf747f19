/** Authorisation codes and the token endpoint (contract A.4, A.8). */
import { randomBytes } from 'node:crypto'
import { castText } from './casts.ts'
import type { AppRecord, GrantRecord, TokenRecord } from './model-more.ts'
import { issueToken, provesChallenge, redirectMatches, revokeToken, scopesSupported, words } from './oauth.ts'
import { Refusal } from './refusals.ts'
import type { Sample } from './sample.ts'

type Params = Readonly<Record<string, unknown>>

/** Codes live ten minutes. */
const codeLife = 600_000

const descriptions: Readonly<Record<string, string>> = {
  invalid_request:
    'The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed.',
  invalid_client:
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  invalid_grant:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  unsupported_response_type: 'The authorization server does not support this response type.',
  invalid_code_challenge_method: 'The code challenge method must be S256.',
  invalid_redirect_uri: 'The redirect uri included is not valid.',
}

/** An error of OAuth, as JSON with its challenge header. */
function oauthError(code: string, status = 400): Refusal {
  const description = descriptions[code] ?? code
  const challenge = `Bearer realm="Doorkeeper", error="${code}", error_description="${description}"`
  return new Refusal(
    status,
    { error: code, error_description: description },
    { 'www-authenticate': challenge, 'cache-control': 'no-store' },
  )
}

/** What is asked for at the authorisation endpoint, found in order. */
export type Asking = {
  readonly app: AppRecord
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | null
  readonly challenge: string | null
  readonly challengeMethod: string
}

/** Checks the query of the authorisation endpoint. Throws an OAuth error that the browser shows as a page. */
export function asking(sample: Sample, params: Params): Asking {
  const { world, release } = sample
  const app = world.apps.all().find(({ clientId }) => clientId === castText(params.client_id))
  if (app === undefined) throw oauthError('invalid_client', 401)
  const redirectUri = castText(params.redirect_uri) ?? ''
  if (!app.redirectUris.some(registered => redirectMatches(registered, redirectUri)))
    throw oauthError('invalid_redirect_uri')
  if (params.response_type === undefined) throw oauthError('invalid_request')
  if (params.response_type !== 'code') throw oauthError('unsupported_response_type')
  const scopes = words(castText(params.scope) ?? 'read')
  const supported = new Set(scopesSupported(release))
  if (scopes.some(scope => !supported.has(scope) || !isCovered(scope, app.scopes))) throw oauthError('invalid_scope')
  const challenge = release.oauth.pkce ? castText(params.code_challenge) : null
  const challengeMethod = castText(params.code_challenge_method) ?? 'plain'
  const methods = release.has('4.4') ? ['S256'] : ['S256', 'plain']
  if (challenge !== null && !methods.includes(challengeMethod)) throw oauthError('invalid_code_challenge_method')
  return { app, redirectUri, scopes, state: castText(params.state), challenge, challengeMethod }
}

/** A scope is covered by itself or by one of its parents (`admin:read` covers `admin:read:reports`). */
function isCovered(scope: string, registered: readonly string[]): boolean {
  return registered.some(parent => scope === parent || scope.startsWith(`${parent}:`))
}

/** A code for what was asked, in an account's name. */
export function grant(sample: Sample, accountId: string, asked: Asking): GrantRecord {
  const { app, redirectUri, scopes, challenge, challengeMethod } = asked
  const code = randomBytes(32).toString('base64url')
  const made: GrantRecord = {
    code,
    appId: app.id,
    accountId,
    redirectUri,
    scopes,
    challenge,
    challengeMethod,
    createdAt: sample.clock.now(),
    used: false,
  }
  sample.world.grants.set(code, made)
  return made
}

/** The application that authenticates itself, by HTTP Basic or in the body; null when it fails. */
function clientOf(sample: Sample, header: string | undefined, params: Params): AppRecord | null {
  const basic = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1]
  const [id, secret] =
    basic === undefined ? [castText(params.client_id), castText(params.client_secret)] : basicPair(basic)
  const app = sample.world.apps.all().find(({ clientId }) => clientId === id)
  return app !== undefined && app.clientSecret === secret ? app : null
}

function basicPair(encoded: string): [string, string] {
  const text = Buffer.from(encoded, 'base64').toString()
  const at = text.indexOf(':')
  return [decodeURIComponent(text.slice(0, at)), decodeURIComponent(text.slice(at + 1))]
}

function exchangeCode(sample: Sample, app: AppRecord, params: Params): TokenRecord {
  const code = castText(params.code)
  const redirectUri = castText(params.redirect_uri)
  if (code === null || redirectUri === null) throw oauthError('invalid_request')
  const found = sample.world.grants.get(code)
  if (found === undefined || found.used || found.appId !== app.id) throw oauthError('invalid_grant')
  if (sample.clock.now() >= found.createdAt + codeLife || found.redirectUri !== redirectUri)
    throw oauthError('invalid_grant')
  if (found.challenge !== null) {
    const verifier = castText(params.code_verifier) ?? ''
    if (verifier === '') throw oauthError('invalid_request')
    // A wrong verifier does not use the code up.
    if (!provesChallenge(verifier, found.challenge, found.challengeMethod)) throw oauthError('invalid_grant')
  }
  found.used = true
  return issueToken(sample, app, found.accountId, found.scopes)
}

/** POST /oauth/token. Throws OAuth errors. */
export function exchange(sample: Sample, header: string | undefined, params: Params): TokenRecord {
  const type = castText(params.grant_type)
  if (type === null) throw oauthError('invalid_request')
  if (type !== 'authorization_code' && type !== 'client_credentials') throw oauthError('unsupported_grant_type')
  const app = clientOf(sample, header, params)
  if (app === null) throw oauthError('invalid_client', 401)
  if (type === 'authorization_code') return exchangeCode(sample, app, params)
  const scopes = words(castText(params.scope) ?? 'read')
  if (scopes.some(scope => !isCovered(scope, app.scopes))) throw oauthError('invalid_scope')
  return issueToken(sample, app, null, scopes)
}

/** POST /oauth/revoke: fine for an unknown token and on repeat. True when a token was revoked now. */
export function revoke(sample: Sample, header: string | undefined, params: Params): boolean {
  const denied = new Refusal(403, {
    error: 'unauthorized_client',
    error_description: 'You are not authorized to revoke this token',
  })
  const app = clientOf(sample, header, params)
  if (app === null) throw denied
  const token = sample.world.tokens.get(castText(params.token) ?? '')
  if (token === undefined) return false
  if (token.appId !== app.id) throw denied
  const live = token.revokedAt === null
  revokeToken(sample, token)
  return live
}
