import { AsyncLocalStorage } from 'node:async_hooks'
import type { LookupFunction } from 'node:net'
import type { Clock } from '../../../shared/clock.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import { piecesOf, readBody } from './body.ts'
import { type Breaker, makeBreaker } from './breaker.ts'
import type { RequestClass } from './budget.ts'
import { causeOf, ledAway, offline } from './cause.ts'
import { parseJson, saysJson } from './json.ts'
import { type Known, makeKnown } from './known.ts'
import { makeFetchMedia } from './media.ts'
import { isHeldBack, makeReach, newPassage } from './reach.ts'
import type { Session } from './session.ts'
import { skewOf } from './skew.ts'

/**
 * What became of one request. `not-sent`: no byte of it left. `answered`: a whole answer came. `unknown`: it may have arrived.
 * `json` is the parsed body of a whole JSON answer, else undefined.
 */
export type Exchange =
  | { fate: 'not-sent'; failure: Failure }
  | { fate: 'answered'; status: number; headers: Headers; json: unknown; askedAt: number; ms: number }
  | { fate: 'unknown'; failure: Failure }

type Fetch = typeof globalThis.fetch
/** `unread`: whoever asks reads the exchange only, so no second copy of a large body is made for a response. */
type Limits = { cls: RequestClass; signal: AbortSignal; timeoutMs: number; unread?: true }
type Call = Limits & { session: Session; guard: Guard; exchange: Exchange | undefined }

/** Engines may run side by side in one process; each call finds its own here. */
const calls = new AsyncLocalStorage<Call>()

const MOST_BYTES = 32 << 20
const MOST_REDIRECTS = 3
const SILENCE_MS = 60_000
/** A body may rest this long between two pieces; to begin it, a busy server has the whole of its time-out. Connecting has 10 s, of Node. */
const IDLE_MS = 30_000
const STEADY_MS = 5_000
const LONGEST_LINE = 1 << 20
const AGENT = 'Howdah/0.1 (moderation desk)'
/** Read without a person's own hands on it, a page of a busy server can take tens of seconds (contract d). */
export const PATIENCE_MS = { single: 30_000, page: 90_000, write: 60_000 }

const isRedirect = ({ status }: Response) => status >= 300 && status < 400 && status !== 304
const tooLarge = () => new Failure('upstream', { reason: 'failure.too-large' })

/** What is known of one session's way out: its breaker, what is under way, who waits for its end, and what lists told. */
type Line = { breaker: Breaker; open: Set<Call>; ended: Set<() => void>; known: Known }

/** Keeps what would be read with a session until it is no longer on. */
type Held = { isOn(session: Session): boolean; over(session: Session, signal: AbortSignal): Promise<void> }

/** Every request of one engine passes here. */
export type Guard = ReturnType<typeof makeGuard>

/**
 * Makes the one way out: https (or this computer) and the session's own origin only, its budget, caps, time-outs, no redirect of
 * a write, and the outcome read from the response itself. `realFetch` is what reaches the network; `changed` is
 * told when a server's clock turned out to differ otherwise than before, and when nothing may be asked of it for a while; `reopen` unseals the token of a session that does not hold it;
 * `lookup` resolves names, the system does where none is given. While a session is `held` nothing is read with it, and what was on the way by
 * then is read again after that.
 */
export const makeGuard = (
  realFetch: Fetch,
  clock: Clock,
  changed: (session: Session) => void = () => {},
  reopen: (session: Session) => Promise<string> = () => Promise.reject(new Failure('signed-out')),
  { lookup, held }: { lookup?: LookupFunction | undefined; held?(): Held } = {},
) => {
  /** Outside of the call: a connection that stays open would keep what it was made in, and the token with it. */
  const reach = makeReach((...asked) => calls.exit(() => realFetch(...asked)), lookup)
  const lines = new WeakMap<Session, Line>()
  const lineOf = (session: Session): Line => {
    const known = lines.get(session)
    if (known) return known
    const made: Line = { breaker: makeBreaker(clock), open: new Set(), ended: new Set(), known: makeKnown() }
    lines.set(session, made)
    return made
  }
  const sendOnce = async (call: Call, request: Request): Promise<Response> => {
    const { session } = call
    const url = new URL(request.url)
    if (url.origin !== session.origin) throw new Failure('not-allowed', { reason: 'failure.other-origin' })
    const paging = ['page', 'min_id', 'max_id', 'since_id'].some(name => (url.searchParams.get(name) ?? '') !== '')
    const { breaker, open, ended, known } = lineOf(session)
    breaker.enter(call.cls)
    await session.budget.take(call.cls, paging, call.signal).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'rate-limited') changed(session)
      throw error
    })
    open.add(call)
    const close = () => {
      open.delete(call)
      for (const run of [...ended]) run()
    }
    const token =
      session.token ??
      (await reopen(session).catch((error: unknown) => {
        close()
        throw error
      }))
    const started = clock.now()
    let passage = newPassage()
    const stop = new AbortController()
    const late = () => stop.abort(new Failure('timeout'))
    const cancelTimer = clock.after(call.timeoutMs, late)
    let cancelIdle = () => {}
    const beat = () => {
      cancelIdle()
      cancelIdle = clock.after(IDLE_MS, late)
    }
    try {
      const headers = new Headers(request.headers)
      headers.set('accept', 'application/json')
      headers.set('user-agent', AGENT)
      if (token !== '') headers.set('authorization', `Bearer ${token}`)
      const body = request.method === 'GET' ? null : await request.arrayBuffer()
      const options = {
        method: request.method,
        headers,
        body,
        redirect: 'manual' as const,
        signal: AbortSignal.any([call.signal, stop.signal]),
      }
      let response = await reach(session.ownNetwork, url, options, passage)
      for (let hops = 0; request.method === 'GET' && isRedirect(response); hops++) {
        // One that names no place leads nowhere, and not to where it came from.
        const next = URL.parse(response.headers.get('location') || 'about:blank', url.href)
        // A connection is free only when its answer was read or thrown away.
        await response.body?.cancel()
        if (hops >= MOST_REDIRECTS || next?.origin !== session.origin) throw ledAway(url, next)
        passage = newPassage()
        response = await reach(session.ownNetwork, next, options, passage)
      }
      const skew = skewOf(response.headers, clock.now())
      // Seconds of difference from one answer to the next are only the way that it took.
      if (skew !== null && Math.abs(skew - session.skewMs) > STEADY_MS) {
        session.skewMs = skew
        changed(session)
      }
      const { status } = response
      session.budget.learn({ status, headers: response.headers, paging, writes: request.method !== 'GET' })
      if (status === 429) changed(session)
      const bytes = await readBody(response, passage, MOST_BYTES, tooLarge, beat)
      breaker.heard(response.status)
      const json = parseJson(response.headers, bytes, call.unread && known)
      call.exchange = {
        fate: 'answered',
        status: response.status,
        headers: response.headers,
        json,
        askedAt: started,
        ms: clock.now() - started,
      }
      return new Response(call.unread || bytes.length === 0 ? null : bytes, {
        status: response.status,
        headers: response.headers,
      })
    } catch (error) {
      const cause = causeOf(error)
      const failure =
        error instanceof Failure ? error : stop.signal.aborted ? new Failure('timeout') : offline(cause, url.hostname)
      if (!call.signal.aborted && !isHeldBack(error) && (failure.code === 'offline' || failure.code === 'timeout'))
        breaker.heard(null)
      // A line that never came to stand carried nothing, whatever the code says; without one of ours the code is all there is.
      const stayed = cause.before || (passage.begun && !passage.left)
      call.exchange = { fate: stayed ? 'not-sent' : 'unknown', failure }
      throw failure
    } finally {
      cancelTimer()
      cancelIdle()
      close()
    }
  }

  const send = async (call: Call, request: Request): Promise<Response> => {
    const hold = held?.()
    if (!hold || request.method !== 'GET') return await sendOnce(call, request)
    for (;;) {
      call.exchange = undefined
      await hold.over(call.session, call.signal)
      const response = await sendOnce(call, request)
      if (!hold.isOn(call.session)) return response
    }
  }

  /**
   * Runs one request, made by `ask` with fetch or masto, and answers what became of it; never fails for what the server did.
   * `ask` is awaited inside the context, since masto's lists are lazy.
   */
  const exchange = async (session: Session, limits: Limits, ask: () => Promise<unknown>): Promise<Exchange> => {
    const call: Call = { ...limits, session, guard, exchange: undefined }
    try {
      await calls.run(call, async () => await ask())
    } catch (error) {
      if (!call.exchange)
        return { fate: 'not-sent', failure: error instanceof Failure ? error : new Failure('internal') }
    }
    const { exchange } = call
    // What is left of the request knows its call until all of the memory is swept: a page of a million bytes must not wait for that.
    call.exchange = undefined
    return exchange ?? { fate: 'not-sent', failure: new Failure('internal') }
  }

  /**
   * Follows a stream of the session's own origin, line by line, until it ends; it costs no budget (contract G.2). Fails as a read
   * does, and with `timeout` when the server, which beats every 15 s, is silent for a minute.
   */
  const follow = async (
    session: Session,
    path: string,
    signal: AbortSignal,
    onLine: (line: string) => void,
  ): Promise<void> => {
    const stop = new AbortController()
    let cancelTimer = () => {}
    const heard = () => {
      cancelTimer()
      cancelTimer = clock.after(SILENCE_MS, () => stop.abort(new Failure('timeout')))
    }
    try {
      const token = session.token ?? (await reopen(session))
      heard()
      const headers = { accept: 'text/event-stream', 'user-agent': AGENT, authorization: `Bearer ${token}` }
      const passage = newPassage()
      const options = { headers, redirect: 'manual' as const, signal: AbortSignal.any([signal, stop.signal]) }
      const response = await reach(session.ownNetwork, new URL(path, session.origin), options, passage)
      if (response.status === 401 && saysJson(response.headers)) throw new Failure('signed-out', { status: 401 })
      if (response.status !== 200 || !/^text\/event-stream\b/i.test(response.headers.get('content-type') ?? ''))
        throw new Failure('upstream', { status: response.status })
      let rest = ''
      const decoder = new TextDecoder()
      for await (const piece of piecesOf(response, passage)) {
        heard()
        const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
        rest = lines.pop() ?? ''
        if (rest.length > LONGEST_LINE) throw tooLarge()
        for (const line of lines) onLine(line)
      }
    } catch (error) {
      if (error instanceof Failure) throw error
      throw stop.signal.aborted ? new Failure('timeout') : offline(causeOf(error), new URL(session.origin).hostname)
    } finally {
      cancelTimer()
      stop.abort()
    }
  }

  /** When no request is on the wire any more that is there now: then the token that they carry may die without taking one along. */
  const quiet = (session: Session): Promise<void> =>
    new Promise(resolve => {
      const { open, ended } = lineOf(session)
      const before = [...open]
      const look = () => {
        if (before.some(call => open.has(call))) return
        ended.delete(look)
        resolve()
      }
      ended.add(look)
      look()
    })

  const guard = { exchange, send, follow, quiet, fetchMedia: makeFetchMedia(reach, clock, AGENT) }
  globalThis.fetch = guardedFetch
  return guard
}

/** Stands in the global place, since masto calls that one: outside an engine call nothing gets out. */
const guardedFetch: Fetch = async (input, init) => {
  const call = calls.getStore()
  if (!call) throw new Failure('not-allowed', { reason: 'failure.unguarded' })
  return call.guard.send(call, new Request(input, init))
}
