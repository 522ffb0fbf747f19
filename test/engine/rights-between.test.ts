import { expect, test } from 'vitest'
import { Failure } from '../../src/shared/contract/failure.ts'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { arm, openRows, until, untilState } from './ground.ts'
import { begin, consent, finish, liveTokens, open, reasonOf, signIn } from './sign-in-ground.ts'

test('whatever comes between asking for the right to decide and having it: reading goes on as before, and a sentence says what to do', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const url = ground.server.url
  const { server } = await signIn(desk, url, 'moderator')
  await desk.call('sync.now', { all: true })
  const [row] = await openRows(desk)
  if (!row) throw new Error('no report')
  const [reading] = liveTokens(ground)
  const standingOf = async () => {
    const found = (await desk.call('servers.list', {})).servers.find(({ key }) => key === server.key)
    if (!found) throw new Error('it is gone')
    return found
  }
  const more = { decide: true, server: server.key }
  const breakPath = (path: RegExp, answer: () => Response) =>
    ground.between(async (real, input, init) => (path.test(String(input)) ? answer() : await real(input, init)))
  const heal = () => ground.between(async (real, input, init) => await real(input, init))
  const away = () => new Response('{}', { status: 503, headers: { 'content-type': 'application/json' } })
  const granted = async (state: string, authorizeUrl: string) =>
    finish(desk, state, (await consent(authorizeUrl, 'moderator')).back.get('code') ?? '')
  const between: Record<string, () => Promise<unknown>> = {
    'failure.sign-in-denied': async () => {
      const { authorizeUrl, state } = await begin(desk, url, more)
      const { back } = await consent(authorizeUrl, 'moderator', 'deny')
      await desk.call('servers.finishSignIn', { state, error: back.get('error') ?? '' })
    },
    // The tab was closed, and nobody came back.
    'failure.sign-in-expired': async () => {
      const { state, authorizeUrl } = await begin(desk, url, more)
      const code = (await consent(authorizeUrl, 'moderator')).back.get('code') ?? ''
      ground.clock.advance(600_000)
      const at = await desk.call('servers.signInPhase', { state })
      expect(at).toMatchObject({ phase: 'refused', detail: { reason: 'failure.sign-in-expired' } })
      await finish(desk, state, code)
    },
    'failure.sign-in-unknown': async () => {
      const { state, authorizeUrl } = await begin(desk, url, more)
      await desk.call('servers.cancelSignIn', { state })
      await granted(state, authorizeUrl)
    },
    'failure.other-account': async () => {
      const { state, authorizeUrl } = await begin(desk, url, more)
      await finish(desk, state, (await consent(authorizeUrl, 'admin')).back.get('code') ?? '')
    },
    'failure.scope-refused': async () => {
      const { state } = await begin(desk, url, more)
      await desk.call('servers.finishSignIn', { state, error: 'invalid_scope' })
    },
  }
  const standing = async () => {
    expect(await standingOf()).toMatchObject({ signedIn: true, mayDecide: false, notRevoked: false })
    expect(reading?.revokedAt).toBeNull()
    expect(await reasonOf(arm(desk, row, 'report.close'))).toBe('refusal.no-write-scope')
    await desk.call('sync.now', { server: server.key })
  }
  for (const [reason, run] of Object.entries(between)) {
    const failure = await run().catch((error: unknown) => error)
    if (!(failure instanceof Failure)) throw new Error(`${reason}: it went through`)
    expect(failure.detail.reason).toBe(reason)
    expect(sayFailure(failure)).toMatch(/Begin again/)
    await standing()
  }
  // Down where the code is to become a token, and where it is asked whose that is: no token of it stays alive.
  for (const path of [/oauth\/token$/, /accounts\/verify_credentials/]) {
    const { state, authorizeUrl } = await begin(desk, url, more)
    breakPath(path, away)
    await expect(granted(state, authorizeUrl)).rejects.toMatchObject({ code: 'offline' })
    heal()
    expect(liveTokens(ground)).toEqual([reading])
    await standing()
  }
  // Down for both: the new one is of no use and not proved dead, so it is flagged, and dies later.
  const lost = await begin(desk, url, more)
  breakPath(/oauth\/revoke$|\/verify_credentials/, away)
  await expect(granted(lost.state, lost.authorizeUrl)).rejects.toMatchObject({ code: 'offline' })
  expect(liveTokens(ground)).toHaveLength(2)
  expect(await standingOf()).toMatchObject({ signedIn: true, mayDecide: false, notRevoked: true })
  heal()
  expect(await desk.call('servers.revokeAgain', { server: server.key })).toEqual({ token: 'revoked' })
  expect(liveTokens(ground)).toEqual([reading])
  await standing()
  // Down where the old one is to be revoked: one decides with the new one, and the old one stays flagged until it is dead.
  const last = await begin(desk, url, more)
  breakPath(/oauth\/revoke$/, away)
  expect((await granted(last.state, last.authorizeUrl)).server.mayDecide).toBe(true)
  await until(standingOf, ({ notRevoked }) => notRevoked)
  const { id } = await arm(desk, row, 'report.close')
  expect((await untilState(ground, desk, id, 'done', 'failed')).state).toBe('done')
  expect(reading?.revokedAt).toBeNull()
  heal()
  expect(await desk.call('servers.revokeAgain', { server: server.key })).toEqual({ token: 'revoked' })
  expect(reading?.revokedAt).not.toBeNull()
  expect(await standingOf()).toMatchObject({ signedIn: true, mayDecide: true, notRevoked: false })
})
