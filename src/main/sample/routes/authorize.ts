/** Tokens and scopes before a route runs (contract A.7, B.3). */
import type { AccountRecord } from '../rules/model.ts'
import type { TokenRecord } from '../rules/model-more.ts'
import { badToken, loginDisabled, loginPending, loginUnconfirmed, needsUser, outsideScopes } from '../rules/refusals.ts'
import type { Sample } from '../rules/sample.ts'
import type { Access, Site } from './call.ts'

/** The token of a request: header first, then `access_token` or `bearer_token`. Null for none and for an unknown one. */
export function tokenOf(
  sample: Sample,
  header: string | undefined,
  params: Readonly<Record<string, unknown>>,
): { sent: boolean; token: TokenRecord | null } {
  const bearer = /^Bearer\s+(\S+)/i.exec(header ?? '')?.[1]
  const text =
    bearer ??
    (typeof params.access_token === 'string' ? params.access_token : undefined) ??
    (typeof params.bearer_token === 'string' ? params.bearer_token : undefined)
  if (text === undefined) return { sent: false, token: null }
  return { sent: true, token: sample.world.tokens.get(text) ?? null }
}

function requireScopes(token: TokenRecord, scopes: readonly string[]): void {
  if (token.revokedAt !== null) throw badToken('The access token was revoked')
  if (scopes.length > 0 && !scopes.some(scope => token.scopes.includes(scope))) throw outsideScopes()
}

function requireUser(account: AccountRecord | null): void {
  if (account?.user == null) throw needsUser(422)
  const { user } = account
  if (!user.confirmed) throw loginUnconfirmed()
  if (!user.approved) throw loginPending()
  if (user.disabled || account.memorial || account.suspendedAt !== null) throw loginDisabled()
}

/** Lets a request pass or throws the refusal that the real server gives. */
export function authorize(
  site: Site,
  access: Access,
  path: string,
  token: TokenRecord | null,
  account: AccountRecord | null,
): void {
  const { instance } = site.sample.world
  // Only the API is closed: the pages of OAuth, and what says where they are, are not of it.
  const openPath =
    !path.startsWith('/api/') ||
    path === '/api/v1/apps' ||
    (path === '/api/v2/instance' && site.sample.release.openInstanceInLimitedFederation)
  if (instance.limitedFederation && account === null && !openPath) throw needsUser(401)
  if (account !== null && account.suspendedAt !== null) throw loginDisabled()
  switch (access.kind) {
    case 'admin':
      if (token !== null) requireScopes(token, access.scopes)
      return
    case 'open':
      if (token !== null && access.scopes !== undefined) requireScopes(token, access.scopes)
      return
    case 'token':
      if (token === null) throw badToken('The access token is invalid')
      requireScopes(token, [])
      return
    case 'user':
      if (token === null) throw badToken('The access token is invalid')
      requireScopes(token, access.scopes)
      requireUser(account)
  }
}
