/** OAuth: applications, scopes, codes and tokens (contract A.2 to A.8). */
import { createHash, randomBytes } from 'node:crypto'
import type { Release } from '../releases/release.ts'
import { castText } from './casts.ts'
import type { AppRecord, TokenRecord } from './model-more.ts'
import { invalid } from './refusals.ts'
import type { Sample } from './sample.ts'

/** The address for "show the code to the user". */
export const outOfBand = 'urn:ietf:wg:oauth:2.0:oob'

const ordinary = [
  'accounts',
  'blocks',
  'bookmarks',
  'favourites',
  'filters',
  'follows',
  'lists',
  'mutes',
  'notifications',
  'search',
  'statuses',
]
const written = [
  'accounts',
  'blocks',
  'bookmarks',
  'conversations',
  'favourites',
  'filters',
  'follows',
  'lists',
  'media',
  'mutes',
  'notifications',
  'reports',
  'statuses',
]
const blockFamilies = ['domain_allows', 'domain_blocks', 'ip_blocks', 'email_domain_blocks', 'canonical_email_blocks']

/** Every scope that a server of this release knows. */
export function scopesSupported(release: Release): string[] {
  const families = ['accounts', 'reports', ...(release.scopes.blockFamilies ? blockFamilies : [])]
  return [
    'read',
    ...(release.scopes.profile ? ['profile'] : []),
    'write',
    ...written.map(name => `write:${name}`),
    ...ordinary.map(name => `read:${name}`),
    ...(release.has('4.3') ? [] : ['follow']),
    'push',
    'admin:read',
    ...families.map(name => `admin:read:${name}`),
    'admin:write',
    ...families.map(name => `admin:write:${name}`),
  ]
}

/** Words of a space-separated list. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter(word => word !== '')
}

/** What the server says against a redirect address; null when it is fine. */
function redirectMessage(uri: string): string | null {
  if (uri === outOfBand) return null
  if (!URL.canParse(uri)) return 'Redirect URI must be an absolute URI.'
  const { protocol, hash } = new URL(uri)
  if (['javascript:', 'data:', 'vbscript:'].includes(protocol)) return 'Redirect URI is forbidden by the server.'
  if (hash !== '') return 'Redirect URI cannot contain a fragment.'
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(uri) ? null : 'Redirect URI must be an absolute URI.'
}

/** POST /api/v1/apps. Throws 422. */
export function registerApp(sample: Sample, params: Readonly<Record<string, unknown>>): AppRecord {
  const { world, release } = sample
  const name = castText(params.client_name) ?? ''
  const website = castText(params.website)
  // Before 4.3 a list was no text, so it was as if nothing had been sent.
  const uris =
    Array.isArray(params.redirect_uris) && release.oauth.redirectUriList
      ? params.redirect_uris.flatMap(uri => castText(uri) ?? [])
      : words(castText(params.redirect_uris) ?? '')
  const scopes = words(castText(params.scopes) ?? 'read')
  const messages: string[] = []
  if (name.trim() === '') messages.push("Application name can't be blank")
  if (name.length > 60) messages.push('Application name is too long (maximum is 60 characters)')
  if (uris.length === 0) messages.push("Redirect URI can't be blank")
  messages.push(...new Set(uris.flatMap(uri => redirectMessage(uri) ?? [])))
  if (uris.join('\n').length > 2000) messages.push('Redirect URI is too long (maximum is 2000 characters)')
  if (website !== null && website !== '' && !/^https?:\/\/\S+$/.test(website))
    messages.push('Application website is not a valid URL')
  const supported = new Set(scopesSupported(release))
  if (scopes.some(scope => !supported.has(scope))) messages.push("Scopes doesn't match configured on the server.")
  if (messages.length > 0) throw invalid(...messages)
  return world.apps.add({
    id: world.apps.serials.next(),
    name,
    website: website === '' ? null : website,
    redirectUris: uris,
    scopes,
    clientId: secret(),
    clientSecret: secret(),
  })
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** A live token for this account, application and scope set: the known one is used again (contract A.4). */
export function issueToken(
  sample: Sample,
  app: AppRecord,
  accountId: string | null,
  scopes: readonly string[],
): TokenRecord {
  const { world, clock } = sample
  const wanted = [...scopes].sort().join(' ')
  for (const token of world.tokens.values()) {
    const same =
      token.appId === app.id && token.accountId === accountId && [...token.scopes].sort().join(' ') === wanted
    if (same && token.revokedAt === null && accountId !== null) return token
  }
  const token: TokenRecord = {
    id: world.tokenIds.next(),
    token: secret(),
    appId: app.id,
    accountId,
    scopes,
    createdAt: clock.now(),
    revokedAt: null,
  }
  world.tokens.set(token.token, token)
  return token
}

/** Revokes a token and closes its streams. */
export function revokeToken(sample: Sample, token: TokenRecord): void {
  token.revokedAt ??= sample.clock.now()
  if (token.accountId !== null) sample.closeStreams(token.accountId, token.id)
}

/** True when `verifier` proves `challenge`: S256, or plain before 4.4. */
export function provesChallenge(verifier: string, challenge: string, method: string): boolean {
  return method === 'plain'
    ? verifier === challenge
    : createHash('sha256').update(verifier).digest('base64url') === challenge
}

/** True when a redirect address equals a registered one; loopback IP literals match on any port (contract A.3). */
export function redirectMatches(registered: string, given: string): boolean {
  if (registered === given) return true
  if (!URL.canParse(registered) || !URL.canParse(given)) return false
  const a = new URL(registered)
  const b = new URL(given)
  if (a.protocol !== b.protocol || a.hostname !== b.hostname || a.pathname !== b.pathname || b.hash !== '') return false
  if (!['127.0.0.1', '[::1]'].includes(a.hostname) && a.port !== b.port) return false
  const query = (url: URL): string =>
    [...url.searchParams]
      .map(pair => pair.join('='))
      .sort()
      .join('&')
  return query(a) === query(b)
}
