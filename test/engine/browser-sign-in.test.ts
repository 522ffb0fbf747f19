import { readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openRows, until } from './ground.ts'
import { begin, consent, finish, liveTokens, open, ownApps, redirect, signIn } from './sign-in-ground.ts'

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
      scope: 'read admin:read',
      code_challenge_method: 'S256',
      state,
    })
    expect(await desk.call('servers.signInPhase', { state })).toEqual({ phase: 'waiting' })
    const { back } = await consent(authorizeUrl, 'moderator')
    expect(back.get('state')).toBe(state)
    const { server } = await finish(desk, state, back.get('code') ?? '')
    expect(server).toMatchObject({
      signedIn: true,
      scopes: ['read', 'admin:read'],
      mayDecide: false,
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
      ['server.token-revoked', {}],
      ['server.signed-in', { tokenFrom: 'browser', scopes: 'read admin:read' }],
    ])
  },
)

test('the code on a page of the server, copied by hand', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { authorizeUrl, state, waitsFor } = await begin(desk, ground.server.url, { redirect: 'oob' })
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
