import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Failure } from '../../../shared/contract/failure.ts'
import { checked, mayReach, type OwnNetwork, refusal } from './own-network.ts'

type Fetch = typeof globalThis.fetch
type Dispatcher = NonNullable<RequestInit['dispatcher']>
type Dispatch = Dispatcher['dispatch']

/** What Node's own fetch goes out by; a proxy of the environment, where one is used, looks names up by itself. */
const DISPATCHER = Symbol.for('undici.globalDispatcher.1')

/**
 * Node gives its fetch no lookup, and its agent under this name alone: an agent of that make takes one. HTTP/1.1, so that a line has one
 * request at a time: what a server that hangs up on several had begun would be anybody's guess. Fails with `not-allowed`, reason `failure.no-agent`.
 */
const dispatcherBy = (lookup: LookupFunction): Dispatcher => {
  // It is there as soon as any of fetch's names was asked for: a stream may be the first that goes out.
  void globalThis.Headers
  const known: unknown = Reflect.get(globalThis, DISPATCHER)
  if (!isDispatcher(known)) throw new Failure('not-allowed', { reason: 'failure.no-agent', version: process.version })
  return known.constructor.name === 'Agent'
    ? Reflect.construct(known.constructor, [{ connect: { lookup }, allowH2: false }])
    : known
}
const isDispatcher = (known: unknown): known is Dispatcher =>
  typeof known === 'object' && known !== null && 'compose' in known && typeof known.compose === 'function'

/** Whether a request was not made at all: its name leads where nobody agreed to, or where it leads cannot be told. */
export const isHeldBack = (error: unknown): boolean =>
  error instanceof Failure && /^failure\.(own-network|no-agent)$/.test(String(error.detail.reason))

/** gzip alone is asked for: others make a thousand bytes of one out of an honest page of reports that are alike, and need more memory. */
const ENCODING = 'gzip'
const asked = /^(identity|(x-)?gzip)?$/i

/**
 * What is seen of one request on its way. `begun`: a line of ours carries it; without one the rest says nothing. `left`: a line stands, and its
 * first byte goes out. `packed`: bytes of the body that came so far, as they were packed.
 */
export type Passage = { begun: boolean; left: boolean; packed: number | null }

/** The passage of a request that is yet to be made. */
export const newPassage = (): Passage => ({ begun: false, left: false, packed: null })

/**
 * Watches one request: counts what comes, refuses what is packed otherwise than was asked for, before it is unpacked, and lets it pass
 * once: fetch would send a request again by itself where a server answers 421, and a write with it.
 */
const watching =
  (passage: Passage) =>
  (dispatch: Dispatch): Dispatch =>
  (options, handler) => {
    if (passage.begun) throw new Failure('upstream', { status: 421 })
    passage.begun = true
    return dispatch(options, {
      onRequestStart: (controller, context) => {
        passage.left = true
        handler.onRequestStart?.(controller, context)
      },
      onRequestUpgrade: (...upgrade) => handler.onRequestUpgrade?.(...upgrade),
      onResponseStart: (controller, status, headers, message) => {
        const encoding = String(headers['content-encoding'] ?? '').trim()
        if (status >= 200 && !asked.test(encoding))
          return controller.abort(new Failure('upstream', { reason: 'failure.packing', status }))
        passage.packed ??= 0
        handler.onResponseStart?.(controller, status, headers, message)
      },
      onResponseData: (controller, chunk) => {
        passage.packed = (passage.packed ?? 0) + chunk.byteLength
        handler.onResponseData?.(controller, chunk)
      },
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    })
  }

/** Fetches as `fetch` does, but connects to an own network only where that one was agreed to, and sends each request once; notes how it goes. */
export type Reach = (agreed: OwnNetwork | null, url: URL, init: RequestInit, passage: Passage) => Promise<Response>

/**
 * Makes the way to the network. Fails with `offline`, reason `failure.own-network`, `address` and, of a name, `host`, where that was not agreed to;
 * with `upstream`, reason `failure.packing`, where an answer is packed otherwise than was asked for; else as `fetch` does.
 */
export const makeReach = (realFetch: Fetch, lookup: LookupFunction = systemLookup): Reach => {
  const dispatchers = new Map<OwnNetwork | null, Dispatcher>()
  const dispatcherFor = (agreed: OwnNetwork | null): Dispatcher => {
    const made = dispatchers.get(agreed) ?? dispatcherBy(checked(lookup, agreed))
    dispatchers.set(agreed, made)
    return made
  }
  return async (agreed, url, init, passage) => {
    // An address is looked up nowhere.
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(host) !== 0 && !mayReach(host, agreed)) throw refusal(host, host)
    const dispatcher = dispatcherFor(agreed).compose(watching(passage))
    const headers = new Headers(init.headers)
    headers.set('accept-encoding', ENCODING)
    try {
      return await realFetch(url, { ...init, headers, dispatcher })
    } catch (error) {
      throw error instanceof Error && error.cause instanceof Failure ? error.cause : error
    }
  }
}
