import { expect, test } from 'vitest'
import { sayEntry } from '../../src/shared/messages/say-log.ts'
import { type Ground, until } from './ground.ts'
import { liveTokens, open, ownApps, signIn } from './sign-in-ground.ts'

/** Lets the server fail, or not, where tokens are revoked; answers how often it was asked. */
const breakRevoke = (ground: Ground, broken: () => Response | null) => {
  const asked = { times: 0 }
  ground.between(async (real, input, init) => {
    const text = init?.body instanceof ArrayBuffer ? new TextDecoder().decode(init.body) : ''
    // Whether our registration is still known is asked there too, with a token that does not exist.
    const isRevoke = String(input).endsWith('/oauth/revoke') && !text.includes('token=none')
    const answer = isRevoke ? broken() : null
    if (isRevoke) asked.times++
    return answer ?? (await real(input, init))
  })
  return asked
}
const away = () => new Response('{}', { status: 503, headers: { 'content-type': 'application/json' } })
const rowOf = async (desk: Awaited<ReturnType<typeof open>>['desk']) => (await desk.call('servers.list', {})).servers[0]

test('a token that the server did not prove dead is revoked again and again, over a restart, until it does', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url)
  let isAway = true
  const asked = breakRevoke(ground, () => (isAway ? away() : null))
  expect(await desk.call('servers.signOut', { server: server.key })).toMatchObject({ token: 'unproved' })
  expect(await rowOf(desk)).toMatchObject({ signedIn: false, notRevoked: true })
  expect(await desk.call('servers.revokeAgain', { server: server.key })).toEqual({ token: 'unproved' })
  const before = asked.times
  ground.clock.advance(59_000)
  expect(asked.times).toBe(before)
  await until(
    () => asked.times,
    times => times > before,
    ground.clock,
    500,
  )
  await ground.closeEngine()
  isAway = false
  ground.clock.advance(120_000)
  await ground.openEngine()
  const again = ground.client()
  await until(
    () => liveTokens(ground),
    tokens => tokens.length === 0,
  )
  await until(
    () => rowOf(again),
    row => row?.notRevoked === false,
  )
  const { entries } = await again.call('log.page', { limit: 20 })
  expect(entries.map(({ action }) => action)).toContain('server.token-revoked')
  for (const entry of entries) expect(sayEntry(entry)).not.toMatch(/^server\./)
})

test('a server that forgot our registration forgot the token too: its 401 is the proof', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url)
  const [app] = ownApps(ground)
  const [token] = liveTokens(ground)
  if (!app || !token) throw new Error('nothing there')
  ground.server.world.apps.remove(app.id)
  token.revokedAt = ground.clock.now()
  expect(await desk.call('servers.signOut', { server: server.key })).toMatchObject({ token: 'revoked' })
})

test('what stands before the server proves nothing, though it says 401', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url)
  ground.between(async (real, input, init) =>
    /revoke|verify_credentials/.test(String(input))
      ? new Response('<h1>Log in</h1>', { status: 401, headers: { 'content-type': 'text/html' } })
      : await real(input, init),
  )
  expect(await desk.call('servers.signOut', { server: server.key })).toMatchObject({ token: 'unproved' })
})

test('a person may say that it is revoked; then nothing of it is left here, and nothing is asked any more', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url)
  const asked = breakRevoke(ground, away)
  await desk.call('servers.signOut', { server: server.key })
  await desk.call('servers.settleRevoked', { server: server.key })
  expect(await rowOf(desk)).toMatchObject({ notRevoked: false })
  const before = asked.times
  for (let n = 0; n < 50; n++) ground.clock.advance(600_000)
  expect(asked.times).toBe(before)
  await expect(desk.call('servers.signOut', { server: server.key })).rejects.toMatchObject({
    detail: { reason: 'failure.already-signed-out' },
  })
  const { entries } = await desk.call('log.page', { limit: 5 })
  expect(entries[0]?.action).toBe('server.token-settled-by-person')
})

test('the same token again, granted anew by a sign-in, is in use and is left alone', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url)
  let isAway = true
  breakRevoke(ground, () => (isAway ? away() : null))
  await desk.call('servers.signOut', { server: server.key })
  const [token] = liveTokens(ground)
  const back = await signIn(desk, ground.server.url)
  expect(liveTokens(ground)).toEqual([token])
  expect(back.server).toMatchObject({ key: server.key, signedIn: true, notRevoked: false })
  isAway = false
  for (let n = 0; n < 20; n++) ground.clock.advance(600_000)
  await desk.call('sync.now', { server: server.key })
  expect((await rowOf(desk))?.signedIn).toBe(true)
})

test('a leak: after a sign-out that was proved, signing in again brings another token', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url)
  const [leaked] = liveTokens(ground)
  let isAway = true
  breakRevoke(ground, () => (isAway ? away() : null))
  await desk.call('servers.signOut', { server: server.key })
  isAway = false
  // Beginning again tries first what is not proved yet.
  await signIn(desk, ground.server.url)
  expect(leaked?.revokedAt).not.toBeNull()
  expect(liveTokens(ground)).toHaveLength(1)
  expect(liveTokens(ground)).not.toContain(leaked)
})
