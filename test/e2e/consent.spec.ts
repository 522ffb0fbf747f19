import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { expectAccessible, test } from './howdah.ts'

const AddressInfo = z.object({ port: z.number() })
const App = z.object({ client_id: z.string(), client_secret: z.string() })
const Token = z.object({ access_token: z.string(), scope: z.string() })

test('the sample server’s consent page works in a browser: a code with PKCE becomes a token, a refusal says so', async ({
  page,
  whole,
}) => {
  const { url } = await whole.sample()
  // What the application would listen with.
  const listener = createServer((_, answer) => void answer.end('back in the application'))
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  const { port } = AddressInfo.parse(listener.address())
  const redirect = `http://127.0.0.1:${port}/callback`
  const post = async (path: string, body: Record<string, string>): Promise<unknown> => {
    const answer = await fetch(url + path, { method: 'POST', body: new URLSearchParams(body) })
    return await answer.json()
  }
  const app = App.parse(
    await post('/api/v1/apps', { client_name: 'Howdah', redirect_uris: redirect, scopes: 'read admin:read' }),
  )
  const verifier = randomBytes(32).toString('base64url')
  const authorize = new URL('/oauth/authorize', url)
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: app.client_id,
    redirect_uri: redirect,
    scope: 'read admin:read',
    state: 'of this test',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }))
    authorize.searchParams.set(name, value)

  await page.goto(authorize.href)
  await expectAccessible(page)
  await page.getByRole('button', { name: /authorize/i }).click()
  await page.waitForURL(`${redirect}*`)
  const back = new URL(page.url()).searchParams
  expect(back.get('state')).toBe('of this test')
  const grant = { grant_type: 'authorization_code', redirect_uri: redirect, code: back.get('code') ?? '', ...app }
  expect(await post('/oauth/token', { ...grant, code_verifier: 'wrong' })).toMatchObject({ error: 'invalid_grant' })
  const token = Token.parse(await post('/oauth/token', { ...grant, code_verifier: verifier }))
  expect(token.scope).toBe('read admin:read')
  const seen = await fetch(`${url}/api/v1/admin/reports?limit=1`, {
    headers: { authorization: `Bearer ${token.access_token}` },
  })
  expect(seen.status).toBe(200)

  authorize.searchParams.set('force_login', 'true')
  await page.goto(authorize.href)
  await page.getByRole('button', { name: /deny|refuse|cancel/i }).click()
  await page.waitForURL(`${redirect}*`)
  expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied')
  listener.close()
})
