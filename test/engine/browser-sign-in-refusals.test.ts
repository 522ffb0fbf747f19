import { expect, test } from 'vitest'
import { openGround } from './ground.ts'
import {
  begin,
  browse,
  consent,
  finish,
  liveTokens,
  open,
  ownApps,
  reasonOf,
  redirect,
  signIn,
} from './sign-in-ground.ts'

test('a person’s no, and every other way in which it does not come to a sign-in, is a sentence; nothing is kept', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const url = ground.server.url
  const denied = await begin(desk, url)
  const { back } = await consent(denied.authorizeUrl, 'moderator', 'deny')
  const no = { state: denied.state, error: back.get('error') ?? '' }
  expect(await reasonOf(desk.call('servers.finishSignIn', no))).toBe('failure.sign-in-denied')
  expect(await desk.call('servers.signInPhase', { state: denied.state })).toMatchObject({
    phase: 'refused',
    detail: { reason: 'failure.sign-in-denied' },
  })
  expect(await reasonOf(desk.call('servers.finishSignIn', no))).toBe('failure.sign-in-unknown')

  const guessed = await begin(desk, url)
  expect(await reasonOf(finish(desk, guessed.state, 'no-code-of-this-server'))).toBe('failure.code-refused')
  expect(await reasonOf(finish(desk, 'A'.repeat(43), 'code'))).toBe('failure.sign-in-unknown')
  expect(await reasonOf(finish(desk, 'short', 'code'))).toBe('invalid-input')

  // A code that was meant for another sign-in of the same server: its verifier is another.
  const [mine, theirs] = [await begin(desk, url), await begin(desk, url)]
  const swapped = (await consent(theirs.authorizeUrl, 'moderator')).back.get('code') ?? ''
  expect(await reasonOf(finish(desk, mine.state, swapped))).toBe('failure.code-refused')

  const late = await begin(desk, url)
  const tooLate = (await consent(late.authorizeUrl, 'moderator')).back.get('code') ?? ''
  ground.clock.advance(600_000)
  expect(await desk.call('servers.signInPhase', { state: late.state })).toMatchObject({ phase: 'refused' })
  expect(await reasonOf(finish(desk, late.state, tooLate))).toBe('failure.sign-in-expired')

  const dropped = await begin(desk, url)
  await desk.call('servers.cancelSignIn', { state: dropped.state })
  expect(await desk.call('servers.signInPhase', { state: dropped.state })).toEqual({ phase: 'gone' })
  expect(await reasonOf(finish(desk, dropped.state, 'code'))).toBe('failure.sign-in-unknown')

  const member = await begin(desk, url)
  const useless = (await consent(member.authorizeUrl, 'member')).back.get('code') ?? ''
  expect(await reasonOf(finish(desk, member.state, useless))).toBe('failure.no-role')
  expect(liveTokens(ground), 'a useless token is not left behind').toHaveLength(0)

  for (const to of [
    'http://localhost:1/callback',
    'http://127.0.0.1/callback',
    'http://127.0.0.1:0/callback',
    'http://127.0.0.1:99999/callback',
    'http://127.0.0.1:1/callback?x',
    'https://evil.example/callback',
  ])
    expect([to, await reasonOf(begin(desk, url, { redirect: to }))]).toEqual([to, 'invalid-input'])
  expect(await reasonOf(begin(desk, 'http://example.example'))).toBe('failure.http')
  expect(await reasonOf(begin(desk, 'http://127.0.0.1:9'))).toBe('failure.sign-in-offline')
  expect((await desk.call('servers.list', {})).servers).toEqual([])
  expect(ownApps(ground), 'one registration for all of them').toHaveLength(1)
})

test('a code of another server is refused there', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  await using other = await openGround()
  const mine = await begin(desk, ground.server.url)
  const theirs = await begin(desk, other.server.url)
  const code = (await consent(theirs.authorizeUrl, 'moderator')).back.get('code') ?? ''
  expect(await reasonOf(finish(desk, mine.state, code))).toBe('failure.code-refused')
  expect((await finish(desk, theirs.state, code)).server.origin).toBe(other.server.url)
})

test('an answer that says it is of another server is refused, with its code untouched; one that promised to say so, must', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const url = ground.server.url
  let redeemed = 0
  const meddle = (more: object) =>
    ground.between(async (real, input, init) => {
      const answer = await real(input, init)
      if (String(input).endsWith('/oauth/token')) redeemed++
      if (!String(input).includes('oauth-authorization-server')) return answer
      return Response.json({ ...JSON.parse(await answer.text()), ...more })
    })
  const returned = async (given: { iss?: string; error?: string; redirect?: string }) => {
    const { authorizeUrl, state } = await begin(desk, url, given.redirect ? { redirect: given.redirect } : {})
    const code = given.redirect ? 'typed' : ((await consent(authorizeUrl, 'moderator')).back.get('code') ?? '')
    const answer = given.error === undefined ? { code } : { error: given.error }
    const iss = given.iss === undefined ? {} : { iss: given.iss }
    const reason = await reasonOf(desk.call('servers.finishSignIn', { state, ...iss, ...answer }))
    const again = await reasonOf(finish(desk, state, code))
    expect(again, 'a state is taken once').toBe('failure.sign-in-unknown')
    return reason
  }
  meddle({})
  for (const iss of ['https://other.example/', url, `${url}/x`, `${url.toUpperCase()}/`, 'null']) {
    expect([iss, await returned({ iss })]).toEqual([iss, 'failure.sign-in-mixed-up'])
    expect([iss, await returned({ iss, error: 'access_denied' })]).toEqual([iss, 'failure.sign-in-mixed-up'])
  }
  expect(redeemed, 'no code was shown to anybody').toBe(0)
  expect(await returned({ iss: `${url}/` })).toBe('no failure')

  meddle({ authorization_response_iss_parameter_supported: true })
  expect(await returned({})).toBe('failure.sign-in-mixed-up')
  expect(await returned({ iss: `${url}/` })).toBe('no failure')
  expect(await returned({ redirect: 'oob' }), 'a typed code has no name with it').toBe('failure.code-refused')

  meddle({ issuer: null })
  expect(await returned({ iss: 'https://other.example' })).toBe('failure.sign-in-mixed-up')
  expect(await returned({ iss: url })).toBe('no failure')
})

test('what a server says against registering, and its limit of five in ten minutes', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  ground.between(async (real, input, init) =>
    String(input).endsWith('/api/v1/apps')
      ? Response.json({ error: 'Validation failed: Scopes' }, { status: 422 })
      : await real(input, init),
  )
  expect(await reasonOf(begin(desk, ground.server.url))).toBe('failure.registration-refused')
  ground.between(async (real, input, init) => await real(input, init))
  for (let n = 0; n < 5; n++)
    await browse(`${ground.server.url}/api/v1/apps`, {
      method: 'POST',
      body: new URLSearchParams({ client_name: 'Other', redirect_uris: redirect }),
    })
  expect(await reasonOf(begin(desk, ground.server.url))).toBe('failure.registrations')
  ground.clock.advance(600_000)
  expect(await reasonOf(begin(desk, ground.server.url))).toBe('no failure')
})

test('what the token endpoint says against us, by its code; a forgotten registration is made anew', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const url = ground.server.url
  const returned = await begin(desk, url)
  const bad = { state: returned.state, error: 'invalid_scope' }
  expect(await reasonOf(desk.call('servers.finishSignIn', bad))).toBe('failure.scope-refused')
  const other = await begin(desk, url)
  const unavailable = { state: other.state, error: 'temporarily_unavailable' }
  expect(await reasonOf(desk.call('servers.finishSignIn', unavailable))).toBe('failure.sign-in-refused')

  const answers: [Response | Error, string][] = [
    [Response.json({ error: 'invalid_scope' }, { status: 400 }), 'failure.scope-refused'],
    [Response.json({ error: 'invalid_request' }, { status: 400 }), 'failure.sign-in-refused'],
    [new Response('<html>', { status: 400 }), 'failure.sign-in-refused'],
    [Response.json({ error: 'Too many requests' }, { status: 429 }), 'failure.sign-in-throttled'],
    [Response.json({ token: 'other' }), 'failure.not-an-entity'],
    [new Response('', { status: 503 }), 'failure.server-trouble'],
    [new TypeError('cut'), 'failure.sign-in-offline'],
  ]
  for (const [answer, reason] of answers) {
    const { state } = await begin(desk, url)
    ground.between(async (real, input, init) => {
      if (!String(input).endsWith('/oauth/token')) return await real(input, init)
      if (answer instanceof Error) throw answer
      return answer
    })
    expect([reason, await reasonOf(finish(desk, state, 'code'))]).toEqual([reason, reason])
  }
  ground.between(async (real, input, init) => await real(input, init))

  const { authorizeUrl, state } = await begin(desk, url)
  const code = (await consent(authorizeUrl, 'moderator')).back.get('code') ?? ''
  const [app] = ownApps(ground)
  ground.server.world.apps.remove(app?.id ?? '')
  expect(await reasonOf(finish(desk, state, code))).toBe('failure.application-unknown')
  expect((await signIn(desk, url)).server.signedIn).toBe(true)
})

test('metadata that leads to another server is not followed', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  ground.between(async (real, input, init) => {
    const answer = await real(input, init)
    if (!String(input).endsWith('/oauth-authorization-server')) return answer
    const text = await answer.text()
    return Response.json(
      JSON.parse(
        text.replace(/"authorization_endpoint":"[^"]*"/, '"authorization_endpoint":"https://evil.example/oauth"'),
      ),
    )
  })
  expect(await reasonOf(begin(desk, ground.server.url))).toBe('failure.redirect')
  expect(ownApps(ground)).toHaveLength(0)
})
