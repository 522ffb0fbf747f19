import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Server, SignInReturn } from '../../../shared/contract/servers.ts'
import type { Context } from '../context.ts'
import { type Client, exchangeCode, fetchOauthPlaces, type OauthPlaces } from '../mastodon/endpoints/oauth.ts'
import { forgetApplication, OUT_OF_BAND, useApplication } from './application.ts'
import { mayDecide } from './capabilities.ts'
import { authorizeUrl, newState, newVerifier, scopesToAsk } from './pkce.ts'
import type { Revocations } from './revocations.ts'
import { askAs, asOfSignIn, checkAndKeep, type Found, findOut, type Where } from './sign-in.ts'
import { listServers } from './table.ts'
import { holdersOf } from './tokens.ts'

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
  places: OauthPlaces
  redirectUri: string
  verifier: string
  decide: boolean
  /** The one server that it may be for. */
  as: Server | undefined
  until: number
  at: Phase
}

/** What a server sends back in place of a code. */
const returnedErrors = new Map([
  ['access_denied', 'failure.sign-in-denied'],
  ['invalid_scope', 'failure.scope-refused'],
])

const asFailure = (error: unknown) => (error instanceof Failure ? error : new Failure('internal'))

/**
 * Whether an answer is of the server that was asked (RFC 9207). Who says a name says its own; a server that promises to say it always
 * does, but for a code that a person typed.
 */
const isOfThisServer = ({ found, places, redirectUri }: Waiting, iss: string | undefined): boolean => {
  if (iss === undefined) return !places.signs || redirectUri === OUT_OF_BAND
  return places.issuer === null ? iss.replace(/\/$/, '') === found.origin : iss === places.issuer
}

/**
 * What is asked for: at which address, to come back where, with the right to decide, and once more for a server that is here. `asksWho`:
 * the server asks, also whom it knows.
 */
type Asked = Where & { redirect: string; decide: boolean; server?: ServerKey | undefined; asksWho?: true }

/** The sign-ins by the browser of one engine. */
export const makeBrowserSignIns = (context: Context, revocations: Revocations) => {
  const waiting = new Map<string, Waiting>()
  /** Servers where somebody came back as another account: next time they are asked who they are. */
  const strayed = new Set<ServerKey>()
  const here = (origin: string) => context.gate.read(listServers).filter(one => one.origin === origin)
  const changed = () => context.gate.announce(['servers'])

  const begin = async ({ redirect, decide: more, server: key, asksWho, ...where }: Asked) => {
    const found = await findOut(context, where)
    const known = here(found.origin)
    const as = known.find(one => one.key === key)
    if (key !== undefined && !as) throw new Failure('not-found')
    const decide = more || (as?.scopes?.includes('admin:write') ?? false)
    const forceLogin = asksWho ?? (as ? strayed.has(as.key) : known.some(one => one.signedIn))
    // A token that is about to die must not come back as the one of this sign-in (contract A.4).
    for (const one of known) if (one.notRevoked) await revocations.tryNow(one.key)
    const stranger = askAs(context, found, '')
    const places = await fetchOauthPlaces(context.guard, stranger, context.stop)
    const client = await useApplication(context, stranger, places)
    const state = newState()
    const { verifier, challenge } = newVerifier()
    const redirectUri = redirect === 'oob' ? OUT_OF_BAND : redirect
    waiting.set(state, {
      found,
      client,
      places,
      redirectUri,
      verifier,
      decide,
      as,
      until: context.clock.now() + WAITS_MS,
      at: { phase: 'waiting' },
    })
    // The screen that waits hears of the end of its time.
    context.clock.after(WAITS_MS, () => context.stop.aborted || changed())
    for (const old of [...waiting.keys()].slice(0, Math.max(0, waiting.size - KEPT))) waiting.delete(old)
    const scopes = scopesToAsk(places.scopes, decide)
    const asked = { clientId: client.clientId, redirectUri, scopes, state, challenge, forceLogin }
    const waitsFor = redirect === 'oob' ? ('code' as const) : ('callback' as const)
    return { authorizeUrl: authorizeUrl(places.authorize, asked), state, waitsFor }
  }

  const redeem = async (waited: Waiting, code: string): Promise<ServerKey> => {
    const { found, client, places, redirectUri, verifier, decide, as } = waited
    const { token, scopes } = await exchangeCode(
      context.guard,
      askAs(context, found, ''),
      places.token,
      { ...client, code, redirectUri, verifier },
      context.stop,
    ).catch((error: unknown) => {
      if (asFailure(error).detail.reason === 'failure.application-unknown') forgetApplication(context, found.origin)
      throw error
    })
    try {
      if (decide && !mayDecide(scopes)) throw new Failure('not-allowed', { reason: 'failure.scope-refused' })
      const key = await checkAndKeep(context, revocations, found, { token, from: 'browser', scopes, as })
      strayed.delete(key)
      return key
    } catch (error) {
      if (as && asFailure(error).detail.reason === 'failure.other-account') strayed.add(as.key)
      // A token that is of no use here is not left behind there. But a server gives the same one again (contract A.4): it may be in use.
      const inUse = await holdersOf(context, found.origin, token).then(
        holders => holders.size > 0,
        () => true,
      )
      if (!inUse) await revocations.discard(askAs(context, found, token), as?.key ?? here(found.origin)[0]?.key)
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
      // SECURITY: the code of another server is shown to none.
      if (!isOfThisServer(one, given.iss)) throw new Failure('not-allowed', { reason: 'failure.sign-in-mixed-up' })
      if ('error' in given)
        throw new Failure('not-allowed', { reason: returnedErrors.get(given.error) ?? 'failure.sign-in-refused' })
      const key = await redeem(one, given.code)
      one.at = { phase: 'done', key }
      return key
    } catch (raw) {
      const error = asOfSignIn(raw)
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
