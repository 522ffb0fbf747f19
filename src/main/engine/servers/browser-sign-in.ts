import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { SignInReturn } from '../../../shared/contract/servers.ts'
import type { Context } from '../context.ts'
import { type Client, exchangeCode, fetchOauthPlaces } from '../mastodon/endpoints/oauth.ts'
import { forgetApplication, OUT_OF_BAND, revokeOwn, useApplication } from './application.ts'
import { authorizeUrl, newState, newVerifier } from './pkce.ts'
import { askAs, checkAndKeep, type Found, findOut } from './sign-in.ts'

/** How long a sign-in waits: as long as the server keeps a code (contract A.4). */
const WAITS_MS = 600_000
/** Sign-ins that are remembered at once; the oldest goes. */
const KEPT = 8

/** Where a sign-in stands, for the screen that waits for it. */
type Phase =
  | { phase: 'waiting' | 'checking' }
  | { phase: 'done'; key: ServerKey }
  | { phase: 'refused'; failure: Failure }

/** One sign-in on its way. SECURITY: in memory only; neither verifier nor state is ever written. */
type Waiting = {
  found: Found
  client: Client
  tokenUrl: string
  redirectUri: string
  verifier: string
  until: number
  at: Phase
}

/** What a server sends back in place of a code. */
const returnedErrors = new Map([
  ['access_denied', 'failure.sign-in-denied'],
  ['invalid_scope', 'failure.scope-refused'],
])

const asFailure = (error: unknown) => (error instanceof Failure ? error : new Failure('internal'))

/** The sign-ins by the browser of one engine. */
export const makeBrowserSignIns = (context: Context) => {
  const waiting = new Map<string, Waiting>()
  const changed = () => context.gate.announce(['servers'])

  const begin = async (url: string, redirect: string) => {
    const found = await findOut(context, url)
    const stranger = askAs(context, found, '')
    const places = await fetchOauthPlaces(context.guard, stranger, context.stop)
    const client = await useApplication(context, stranger, places)
    const state = newState()
    const { verifier, challenge } = newVerifier()
    const redirectUri = redirect === 'oob' ? OUT_OF_BAND : redirect
    waiting.set(state, {
      found,
      client,
      tokenUrl: places.token,
      redirectUri,
      verifier,
      until: context.clock.now() + WAITS_MS,
      at: { phase: 'waiting' },
    })
    // The screen that waits hears of the end of its time.
    context.clock.after(WAITS_MS, () => context.stop.aborted || changed())
    for (const old of [...waiting.keys()].slice(0, Math.max(0, waiting.size - KEPT))) waiting.delete(old)
    const asked = { clientId: client.clientId, redirectUri, scopes: client.scopes, state, challenge }
    const waitsFor = redirect === 'oob' ? ('code' as const) : ('callback' as const)
    return { authorizeUrl: authorizeUrl(places.authorize, asked), state, waitsFor }
  }

  const redeem = async (waited: Waiting, code: string): Promise<ServerKey> => {
    const { found, client, tokenUrl, redirectUri, verifier } = waited
    const { token } = await exchangeCode(
      context.guard,
      askAs(context, found, ''),
      tokenUrl,
      { ...client, code, redirectUri, verifier },
      context.stop,
    ).catch((error: unknown) => {
      if (asFailure(error).detail.reason === 'failure.application-unknown') forgetApplication(context, found.origin)
      throw error
    })
    try {
      return await checkAndKeep(context, found, token, 'browser')
    } catch (error) {
      // A token that is of no use here is not left behind there. But a server gives the same one again (contract A.4): it may be in use.
      const inUse = [...context.sessions.values()].some(one => one.origin === found.origin && one.token === token)
      if (!inUse) await revokeOwn(context, askAs(context, found, token))
      throw error
    }
  }

  const finish = async (given: SignInReturn): Promise<ServerKey> => {
    const one = waiting.get(given.state)
    if (one?.at.phase !== 'waiting') throw new Failure('not-found', { reason: 'failure.sign-in-unknown' })
    one.at = { phase: 'checking' }
    changed()
    try {
      if (context.clock.now() >= one.until) throw new Failure('not-allowed', { reason: 'failure.sign-in-expired' })
      if ('error' in given)
        throw new Failure('not-allowed', { reason: returnedErrors.get(given.error) ?? 'failure.sign-in-refused' })
      const key = await redeem(one, given.code)
      one.at = { phase: 'done', key }
      return key
    } catch (error) {
      one.at = { phase: 'refused', failure: asFailure(error) }
      throw error
    } finally {
      changed()
    }
  }

  return {
    begin,
    finish,
    phaseOf: (state: string): Phase | { phase: 'gone' } => {
      const one = waiting.get(state)
      if (!one) return { phase: 'gone' }
      if (one.at.phase !== 'waiting' || context.clock.now() < one.until) return one.at
      return { phase: 'refused', failure: new Failure('not-allowed', { reason: 'failure.sign-in-expired' }) }
    },
    cancel: (state: string) => {
      if (waiting.get(state)?.at.phase === 'waiting' && waiting.delete(state)) changed()
    },
  }
}
