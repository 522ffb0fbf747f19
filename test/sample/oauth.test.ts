/** OAuth as an application meets it: registration, consent, code with PKCE, token, revocation. */
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Conversation, converse, type Reply } from './converse.ts'

const redirect = 'http://127.0.0.1/callback'
const verifier = 'a-verifier-that-is-long-enough-for-everybody-1234'
const challenge = createHash('sha256').update(verifier).digest('base64url')
let sample: Conversation
let app: { client_id: string; client_secret: string }
let registered: unknown

beforeEach(async () => {
  sample = await converse({ as: null })
  onTestFinished(() => sample.close())
  const { body } = await register({
    client_name: 'Desk',
    redirect_uris: [redirect, 'urn:ietf:wg:oauth:2.0:oob'],
    scopes: 'read admin:read admin:write',
  })
  registered = body
  app = { client_id: body.client_id, client_secret: body.client_secret }
})

const register = (json: object): Promise<Reply> => sample.post('/api/v1/apps', { json })
const wish = (more: Record<string, string> = {}): Record<string, string> => ({
  response_type: 'code',
  client_id: app.client_id,
  redirect_uri: 'http://127.0.0.1:4711/callback',
  scope: 'read admin:read',
  state: 'xyz',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  ...more,
})
const page = (query: Record<string, string>, headers = {}): Promise<Reply> =>
  sample.get(`/oauth/authorize?${new URLSearchParams(query)}`, { headers })
const decide = (form: Record<string, string>): Promise<Reply> => sample.post('/oauth/authorize', { form })
const locationOf = (reply: Reply): URL => new URL(reply.headers.get('location') ?? '')

async function code(more: Record<string, string> = {}): Promise<string> {
  return (
    locationOf(await decide({ ...wish(more), as: 'moderator', decision: 'authorize' })).searchParams.get('code') ?? ''
  )
}
const exchange = (form: Record<string, string>): Promise<Reply> =>
  sample.post('/oauth/token', {
    form: { grant_type: 'authorization_code', redirect_uri: 'http://127.0.0.1:4711/callback', ...app, ...form },
  })

describe('registration', () => {
  test('answers an application with its secret', () => {
    expect(registered).toMatchObject({
      name: 'Desk',
      scopes: ['read', 'admin:read', 'admin:write'],
      redirect_uris: [redirect, 'urn:ietf:wg:oauth:2.0:oob'],
    })
    expect(app.client_secret).not.toBe('')
  })

  test.each([
    [{ redirect_uris: redirect }, "Application name can't be blank"],
    [
      { client_name: 'a'.repeat(61), redirect_uris: redirect },
      'Application name is too long (maximum is 60 characters)',
    ],
    [{ client_name: 'a', redirect_uris: 'foo' }, 'Redirect URI must be an absolute URI.'],
    [{ client_name: 'a', redirect_uris: 'foo:bar' }, 'Redirect URI must be an absolute URI.'],
    [{ client_name: 'a', redirect_uris: 'javascript:alert(1)' }, 'Redirect URI is forbidden by the server.'],
    [{ client_name: 'a', redirect_uris: `${redirect}#x` }, 'Redirect URI cannot contain a fragment.'],
    [
      { client_name: 'a', redirect_uris: redirect, scopes: 'read nonsense' },
      "Scopes doesn't match configured on the server.",
    ],
    [{ client_name: 'a', redirect_uris: redirect, website: 'nowhere' }, 'Application website is not a valid URL'],
  ])('refuses %j', async (json, message) => {
    const reply = await register(json)
    expect([reply.status, reply.body]).toEqual([422, { error: `Validation failed: ${message}` }])
  })
})

test('metadata names every address and scope', async () => {
  const reply = await sample.get('/.well-known/oauth-authorization-server')
  expect(reply.body).toMatchObject({
    issuer: `${sample.server.url}/`,
    token_endpoint: `${sample.server.url}/oauth/token`,
  })
  expect(reply.body.scopes_supported).toContain('admin:read:canonical_email_blocks')
})

describe('consent', () => {
  test('is a page with a form and nothing that runs', async () => {
    const reply = await page(wish())
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(reply.body).toContain('<form method="post" action="/oauth/authorize">')
    expect(reply.body).toContain('<code>admin:read</code>')
    expect(reply.body).not.toContain('<script')
  })

  test('leads back to the listener on any port of the loopback address', async () => {
    const back = locationOf(await decide({ ...wish(), as: 'moderator', decision: 'authorize' }))
    expect([back.origin, back.pathname, back.searchParams.get('state')]).toEqual([
      'http://127.0.0.1:4711',
      '/callback',
      'xyz',
    ])
  })

  test('denied is told to the application', async () => {
    const back = locationOf(await decide({ ...wish(), as: 'moderator', decision: 'deny' }))
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.get('state')).toBe('xyz')
  })

  test('out of band shows the code to copy', async () => {
    const reply = await decide({
      ...wish({ redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' }),
      as: 'moderator',
      decision: 'authorize',
    })
    expect(reply.status).toBe(200)
    const [shown = ''] = sample.server.world.grants.keys()
    expect(reply.body).toContain(`<code>${shown}</code>`)
  })

  test.each([
    [{ client_id: 'nobody' }, 401],
    [{ redirect_uri: 'http://127.0.0.1:4711/elsewhere' }, 400],
    [{ redirect_uri: 'http://localhost/callback' }, 400],
    [{ scope: 'read write' }, 400],
    [{ code_challenge_method: 'plain' }, 400],
    [{ response_type: 'token' }, 400],
  ] as [Record<string, string>, number][])('shows %j as a page and redirects nowhere', async (more, status) => {
    const reply = await page(wish(more))
    expect([reply.status, reply.headers.get('location')]).toEqual([status, null])
    expect(reply.body).toContain('An error has occurred')
  })

  test('is not asked again of who granted the same, unless the application insists', async () => {
    const decided = await decide({ ...wish(), as: 'moderator', decision: 'authorize' })
    await exchange({ code: locationOf(decided).searchParams.get('code') ?? '', code_verifier: verifier })
    const cookie = decided.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await page(wish(), { cookie })).status).toBe(302)
    expect((await page(wish({ force_login: 'true' }), { cookie })).status).toBe(200)
    expect((await page(wish({ scope: 'read' }), { cookie })).status).toBe(200)
  })
})

describe('the token', () => {
  test('comes for a code with its verifier, once', async () => {
    const given = await code()
    const reply = await exchange({ code: given, code_verifier: verifier })
    expect([reply.status, reply.body]).toMatchObject([
      200,
      { token_type: 'Bearer', scope: 'read admin:read', created_at: Math.floor(sample.clock.now() / 1000) },
    ])
    expect(
      (await sample.get('/api/v1/accounts/verify_credentials', { as: reply.body.access_token })).body.username,
    ).toBe('moderator')
    expect((await exchange({ code: given, code_verifier: verifier })).body.error).toBe('invalid_grant')
  })

  test('a missing or wrong verifier is refused, and the code is still good', async () => {
    const given = await code()
    expect((await exchange({ code: given })).body.error).toBe('invalid_request')
    expect((await exchange({ code: given, code_verifier: 'wrong' })).body.error).toBe('invalid_grant')
    expect((await exchange({ code: given, code_verifier: verifier })).status).toBe(200)
  })

  test('a code lives ten minutes', async () => {
    const given = await code()
    sample.clock.advance(600_000)
    expect((await exchange({ code: given, code_verifier: verifier })).body.error).toBe('invalid_grant')
  })

  test('another redirect address is refused', async () => {
    const given = await code()
    expect(
      (await exchange({ code: given, code_verifier: verifier, redirect_uri: 'http://127.0.0.1:9/callback' })).body
        .error,
    ).toBe('invalid_grant')
  })

  test('is the same for the same person, application and scopes', async () => {
    const one = await exchange({ code: await code(), code_verifier: verifier })
    const two = await exchange({ code: await code(), code_verifier: verifier })
    expect(two.body.access_token).toBe(one.body.access_token)
  })

  test('a wrong secret is refused; HTTP Basic is as good as the body', async () => {
    const given = await code()
    const reply = await exchange({ code: given, code_verifier: verifier, client_secret: 'wrong' })
    expect([reply.status, reply.body.error]).toEqual([401, 'invalid_client'])
    const basic = Buffer.from(`${app.client_id}:${app.client_secret}`).toString('base64')
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: 'http://127.0.0.1:4711/callback',
      code: given,
      code_verifier: verifier,
    }
    expect((await sample.post('/oauth/token', { form, headers: { authorization: `Basic ${basic}` } })).status).toBe(200)
  })

  test('of an application itself has no user', async () => {
    const reply = await sample.post('/oauth/token', {
      json: { grant_type: 'client_credentials', scope: 'read', ...app },
    })
    expect(reply.status).toBe(200)
    const as = reply.body.access_token
    expect((await sample.get('/api/v1/apps/verify_credentials', { as })).body.name).toBe('Desk')
    expect((await sample.get('/api/v1/accounts/verify_credentials', { as })).status).toBe(422)
  })

  test('no other grant exists', async () => {
    expect((await exchange({ grant_type: 'password' })).body.error).toBe('unsupported_grant_type')
  })
})

describe('revocation', () => {
  test('ends the token everywhere, and may be repeated', async () => {
    const { access_token: token } = (await exchange({ code: await code(), code_verifier: verifier })).body
    const revoke = (form: Record<string, string>) => sample.post('/oauth/revoke', { form: { ...app, token, ...form } })
    expect((await revoke({ client_secret: 'wrong' })).body.error).toBe('unauthorized_client')
    expect((await revoke({})).status).toBe(200)
    expect((await revoke({})).status).toBe(200)
    expect((await revoke({ token: 'unknown' })).status).toBe(200)
    for (const path of ['/api/v1/apps/verify_credentials', '/api/v1/admin/reports']) {
      const reply = await sample.get(path, { as: token })
      expect([reply.status, reply.body]).toEqual([401, { error: 'The access token was revoked' }])
      expect(reply.headers.get('www-authenticate')).toContain('error="invalid_token"')
    }
  })

  test('keeps the secrets out of the ledger', async () => {
    await exchange({ code: await code(), code_verifier: verifier })
    expect(JSON.stringify(sample.server.ledger.entries)).not.toContain(app.client_secret)
    expect(JSON.stringify(sample.server.ledger.entries)).not.toContain(verifier)
  })
})
