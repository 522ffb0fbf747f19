/** OAuth: metadata, authorisation with consent, token, revocation (contract A.1 to A.8). */
import { getCookie } from 'hono/cookie'
import { accountUrl } from '../entities/account.ts'
import { type Asking, asking, exchange, grant, revoke } from '../rules/grants.ts'
import { outOfBand, scopesSupported } from '../rules/oauth.ts'
import { Refusal } from '../rules/refusals.ts'
import { roleOf } from '../rules/roles.ts'
import { type Access, type Answer, type Call, json, type Route } from './call.ts'
import { browserPage, consentPage, escaped, type Person, pageHeaders } from './consent-page.ts'

const open: Access = { kind: 'open' }
const session = 'sample_session'

function metadata(call: Call): Answer {
  const { view, sample } = call
  const at = (path: string): string => view.base + path
  return json({
    issuer: at('/'),
    authorization_endpoint: at('/oauth/authorize'),
    token_endpoint: at('/oauth/token'),
    revocation_endpoint: at('/oauth/revoke'),
    ...(sample.release.oauth.userinfo ? { userinfo_endpoint: at('/oauth/userinfo') } : {}),
    scopes_supported: scopesSupported(sample.release),
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: [
      'authorization_code',
      'client_credentials',
      ...(sample.release.oauth.passwordGrant ? ['password'] : []),
    ],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    service_documentation: 'https://docs.joinmastodon.org/',
    app_registration_endpoint: at('/api/v1/apps'),
  })
}

/** People who can sign in: the callers with an account. */
function people(call: Call): Person[] {
  const { world } = call.sample
  return [...world.callers.values()].flatMap(({ name, accountId }) => {
    const account = accountId === null ? undefined : world.account(accountId)
    return account === undefined || account.user === null ? [] : [{ name, account, role: roleOf(world, account) }]
  })
}

function page(title: string, body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, text: browserPage(title, body), headers: { ...pageHeaders, ...headers } }
}

/** Back to the application, or the code on a page for the user to copy. */
function back(
  asked: Asking,
  result: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  if (asked.redirectUri === outOfBand) {
    return page(
      'Authorization code',
      `<p>Copy this code into the application:</p><p><code>${escaped(result.code ?? '')}</code></p>`,
      200,
      headers,
    )
  }
  const url = new URL(asked.redirectUri)
  for (const [key, value] of Object.entries(result)) url.searchParams.set(key, value)
  if (asked.state !== null) url.searchParams.set('state', asked.state)
  return { status: 302, text: '', headers: { ...headers, location: url.href } }
}

/** Errors of the authorisation endpoint are shown to the person and never sent to the application. */
function shown(run: (call: Call) => Answer): (call: Call) => Answer {
  return call => {
    try {
      return run(call)
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason
      return page(
        'An error has occurred',
        `<h1>An error has occurred</h1><p>${escaped(String(reason.body.error_description))}</p>`,
        reason.status,
      )
    }
  }
}

const ask = shown(call => {
  const asked = asking(call.sample, call.params)
  const known = getCookie(call.context, session) ?? null
  const everybody = people(call)
  const person = everybody.find(({ name }) => name === known)
  const wanted = [...asked.scopes].sort().join(' ')
  const granted = [...call.sample.world.tokens.values()].some(
    token =>
      token.appId === asked.app.id &&
      token.accountId === person?.account.id &&
      token.revokedAt === null &&
      [...token.scopes].sort().join(' ') === wanted,
  )
  // Who has granted the same already is not asked again, unless the application insists.
  if (person !== undefined && granted && call.params.force_login !== 'true') {
    return back(asked, { code: grant(call.sample, person.account.id, asked).code })
  }
  const { as: _, decision: __, ...params } = call.params
  const text = consentPage(call.sample.world.instance.title, asked, everybody, known, params)
  return { text, headers: pageHeaders }
})

const decide = shown(call => {
  const asked = asking(call.sample, call.params)
  if (call.params.decision === 'deny') {
    return back(asked, {
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request.',
    })
  }
  const person = people(call).find(({ name }) => name === call.params.as)
  if (person === undefined) return page('Who are you?', '<h1>Choose an account</h1>', 422)
  const cookie = `${session}=${encodeURIComponent(person.name)}; Path=/; HttpOnly; SameSite=Lax`
  return back(asked, { code: grant(call.sample, person.account.id, asked).code }, { 'set-cookie': cookie })
})

function token(call: Call): Answer {
  const made = exchange(call.sample, call.context.req.header('authorization'), call.params)
  return {
    ...json({
      access_token: made.token,
      token_type: 'Bearer',
      scope: made.scopes.join(' '),
      created_at: Math.floor(made.createdAt / 1000),
    }),
    headers: { 'cache-control': 'no-store' },
  }
}

function userinfo(call: Call): Answer {
  const { account, view } = call
  const sub = account === null ? '' : accountUrl(view, account)
  return json({
    iss: `${view.base}/`,
    sub,
    name: account?.profile.displayName ?? '',
    preferred_username: account?.username ?? '',
    profile: sub,
    picture: view.url(account?.profile.avatar ?? '/avatars/original/missing.png'),
  })
}

/** Tokens: granted, told about and revoked (contract A). */
export const oauthRoutes: readonly Route[] = [
  { method: 'GET', path: '/.well-known/oauth-authorization-server', access: open, since: '4.3', run: metadata },
  { method: 'GET', path: '/oauth/authorize', access: open, run: ask },
  { method: 'POST', path: '/oauth/authorize', access: open, run: decide },
  { method: 'POST', path: '/oauth/token', access: open, run: token },
  {
    method: 'POST',
    path: '/oauth/revoke',
    access: open,
    run: call => {
      call.effect = revoke(call.sample, call.context.req.header('authorization'), call.params)
      return json({})
    },
  },
  {
    method: 'GET',
    path: '/oauth/userinfo',
    access: { kind: 'user', scopes: ['profile', 'read', 'read:accounts'] },
    since: '4.4',
    run: userinfo,
  },
]
