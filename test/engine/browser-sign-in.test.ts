import { readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, openGround, openRows, until } from './ground.ts'

// The engine's guard stands in the global place once there is an engine; a person's browser is not of it.
const browse: typeof globalThis.fetch = globalThis.fetch
const redirect = 'http://127.0.0.1:4321/callback'

/** What a person does on the consent page: chooses who they are, and says yes or no. Answers the address that the browser is sent to. */
const consent = async (authorizeUrl: string, as: string, decision = 'authorize') => {
  const url = new URL(authorizeUrl)
  const body = new URLSearchParams([...url.searchParams, ['as', as], ['decision', decision]])
  const answer = await browse(`${url.origin}${url.pathname}`, { method: 'POST', body, redirect: 'manual' })
  const location = answer.headers.get('location')
  return location === null
    ? { text: await answer.text(), back: new URLSearchParams() }
    : { text: '', back: new URL(location).searchParams }
}

const begin = (desk: Engine, url: string, to = redirect) => desk.call('servers.beginSignIn', { url, redirect: to })
const finish = (desk: Engine, state: string, code: string) => desk.call('servers.finishSignIn', { state, code })
const reasonOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'no failure',
    (error: { code: string; detail: { reason?: string } }) => error.detail.reason ?? error.code,
  )
/** A whole sign-in, as a person goes through it. */
const signIn = async (desk: Engine, url: string, as = 'moderator') => {
  const { authorizeUrl, state } = await begin(desk, url)
  const { back } = await consent(authorizeUrl, as)
  return { state, code: back.get('code') ?? '', ...(await finish(desk, state, back.get('code') ?? '')) }
}
const open = async (more: Parameters<typeof openGround>[0] = {}): Promise<{ ground: Ground; desk: Engine }> => {
  const ground = await openGround(more)
  await ground.openEngine()
  return { ground, desk: ground.client() }
}
const liveTokens = (ground: Ground) =>
  [...ground.server.world.tokens.values()].filter(({ appId, revokedAt }) => {
    return revokedAt === null && ground.server.world.apps.get(appId)?.name === 'Howdah'
  })
const ownApps = (ground: Ground) => ground.server.world.apps.all().filter(({ name }) => name === 'Howdah')

test.each(['4.0.15', '4.3.23', '4.6.5'])(
  'Mastodon %s: through the consent page to a full queue, and out again, proved',
  async release => {
    const { ground, desk } = await open({ release })
    await using _ = ground
    const { authorizeUrl, state, waitsFor } = await begin(desk, ground.server.url)
    const asked = new URL(authorizeUrl)
    expect([asked.origin, asked.pathname, waitsFor]).toEqual([ground.server.url, '/oauth/authorize', 'callback'])
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: redirect,
      scope: 'read admin:read admin:write',
      code_challenge_method: 'S256',
      state,
    })
    expect(await desk.call('servers.signInPhase', { state })).toEqual({ phase: 'waiting' })
    const { back } = await consent(authorizeUrl, 'moderator')
    expect(back.get('state')).toBe(state)
    const { server } = await finish(desk, state, back.get('code') ?? '')
    expect(server).toMatchObject({
      signedIn: true,
      tokenFrom: 'browser',
      notRevoked: false,
      account: { acct: 'moderator' },
    })
    expect(await desk.call('servers.signInPhase', { state })).toMatchObject({
      phase: 'done',
      server: { key: server.key },
    })
    await desk.call('sync.now', { all: true })
    expect((await openRows(desk)).length).toBeGreaterThan(10)
    expect(liveTokens(ground)).toHaveLength(1)

    const left = await desk.call('servers.signOut', { server: server.key })
    expect(left).toEqual({ token: 'revoked', revokeAt: `${ground.server.url}/oauth/authorized_applications` })
    expect(liveTokens(ground)).toHaveLength(0)
    expect((await desk.call('servers.list', {})).servers).toMatchObject([{ signedIn: false, notRevoked: false }])
    const { entries } = await desk.call('log.page', { limit: 10 })
    expect(
      entries.filter(({ action }) => action.startsWith('server.')).map(({ action, facts }) => [action, facts]),
    ).toMatchObject([
      ['server.signed-out', { token: 'revoked' }],
      ['server.signed-in', { tokenFrom: 'browser' }],
    ])
  },
)

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
    expect([to, await reasonOf(begin(desk, url, to))]).toEqual([to, 'invalid-input'])
  expect(await reasonOf(begin(desk, 'http://example.example'))).toBe('failure.http')
  expect(await reasonOf(begin(desk, 'http://127.0.0.1:9'))).toBe('offline')
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

test('the code on a page of the server, copied by hand', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { authorizeUrl, state, waitsFor } = await begin(desk, ground.server.url, 'oob')
  expect([waitsFor, new URL(authorizeUrl).searchParams.get('redirect_uri')]).toEqual([
    'code',
    'urn:ietf:wg:oauth:2.0:oob',
  ])
  const { text } = await consent(authorizeUrl, 'moderator')
  const code = /<code>([^<]+)<\/code>/.exec(text)?.[1] ?? ''
  expect((await finish(desk, state, code)).server).toMatchObject({ signedIn: true, tokenFrom: 'browser' })
})

test('Howdah registers once a server, over restarts; a registration that the server forgot is made anew', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  await signIn(desk, ground.server.url)
  await ground.closeEngine()
  await ground.openEngine()
  const again = ground.client()
  const { authorizeUrl } = await begin(again, ground.server.url)
  expect(ownApps(ground)).toHaveLength(1)
  const [app] = ownApps(ground)
  if (!app) throw new Error('no application')
  expect(new URL(authorizeUrl).searchParams.get('client_id')).toBe(app.clientId)
  ground.server.world.apps.remove(app.id)
  const fresh = await signIn(again, ground.server.url)
  expect(fresh.server.signedIn).toBe(true)
  expect(ownApps(ground).map(({ id }) => id)).not.toContain(app.id)
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

test('a sign-out that could not be proved leaves a note until the next sign-in; a pasted token is only forgotten', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url)
  ground.between(async (real, input, init) =>
    String(input).endsWith('/oauth/revoke') ? new Response('{}', { status: 503 }) : await real(input, init),
  )
  expect(await desk.call('servers.signOut', { server: server.key })).toMatchObject({ token: 'unproved' })
  expect((await desk.call('servers.list', {})).servers).toMatchObject([{ signedIn: false, notRevoked: true }])
  expect(liveTokens(ground)).toHaveLength(1)
  ground.between(async (real, input, init) => await real(input, init))
  expect((await signIn(desk, ground.server.url)).server).toMatchObject({ key: server.key, notRevoked: false })

  const pasted = await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  expect(pasted.server).toMatchObject({ key: server.key, tokenFrom: 'pasted' })
  expect(await desk.call('servers.signOut', { server: server.key })).toMatchObject({ token: 'pasted' })
  expect((await desk.call('servers.list', {})).servers).toMatchObject([{ signedIn: false, notRevoked: false }])
})

test('a revocation that the server only claims is no proof', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url)
  ground.between(async (real, input, init) =>
    String(input).endsWith('/oauth/revoke') ? Response.json({}) : await real(input, init),
  )
  expect(await desk.call('servers.signOut', { server: server.key })).toMatchObject({ token: 'unproved' })
})

test('the screen that waits hears when its time is over', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { state } = await begin(desk, ground.server.url)
  const phases: string[] = []
  const stop = desk.watch(
    ['servers'],
    () => void desk.call('servers.signInPhase', { state }).then(({ phase }) => phases.push(phase)),
  )
  expect(await desk.call('servers.signInPhase', { state })).toEqual({ phase: 'waiting' })
  ground.clock.advance(600_000)
  await until(
    () => phases,
    seen => seen.includes('refused'),
  )
  stop()
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

test('neither token, secret nor verifier lies open in the data folder, and the screen that waits hears the end', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { authorizeUrl, state } = await begin(desk, ground.server.url)
  const phases: string[] = []
  const stop = desk.watch(
    ['servers'],
    () => void desk.call('servers.signInPhase', { state }).then(({ phase }) => phases.push(phase)),
  )
  const code = (await consent(authorizeUrl, 'moderator')).back.get('code') ?? ''
  await finish(desk, state, code)
  await until(
    () => phases,
    seen => seen.includes('done'),
  )
  stop()
  const secrets = [
    ...liveTokens(ground).map(({ token }) => token),
    ...ownApps(ground).map(({ clientSecret }) => clientSecret),
    code,
    state,
  ]
  const files = readdirSync(ground.folder, { recursive: true, encoding: 'utf8' })
    .map(name => `${ground.folder}/${name}`)
    .filter(name => statSync(name).isFile())
  expect(files.length).toBeGreaterThan(1)
  for (const file of files)
    for (const secret of secrets) expect([file, readFileSync(file).includes(secret)]).toEqual([file, false])
})
