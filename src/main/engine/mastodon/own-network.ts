import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Failure } from '../../../shared/contract/failure.ts'

type Fetch = typeof globalThis.fetch
type Dispatcher = NonNullable<RequestInit['dispatcher']>

/** A kind of network that is not the internet, as ipaddr.js names it: `private`, `loopback`, `linkLocal`, `uniqueLocal` … */
export type OwnNetwork = string

/** The IPv4 address that an IPv6 one stands for, in front of whichever translator. */
const within = (address: ipaddr.IPv6): ipaddr.IPv4 | undefined => {
  const bytes = address.toByteArray()
  const range = address.range()
  const at = { ipv4Mapped: 12, rfc6145: 12, rfc6052: 12, '6to4': 2 }[range as string]
  // `::10.0.0.5`, as it was written once, and what a network's own translator (64:ff9b:1::) makes of it, wherever it puts it.
  const from = range === 'unicast' && bytes.slice(0, 12).every(byte => byte === 0) ? 12 : at
  return from === undefined || (range === 'rfc6052' && bytes[5] === 1)
    ? undefined
    : new ipaddr.IPv4(bytes.slice(from, from + 4))
}

/** Which own network an address is of; null for one of the internet. */
export const ownNetworkOf = (address: string): OwnNetwork | null => {
  if (!ipaddr.isValid(address)) return 'reserved'
  const parsed = ipaddr.parse(address)
  const range = (parsed instanceof ipaddr.IPv6 ? (within(parsed) ?? parsed) : parsed).range()
  return range === 'unicast' ? null : range
}

const mayReach = (address: string, agreed: OwnNetwork | null): boolean => {
  const network = ownNetworkOf(address)
  return network === null || network === agreed
}

const refusal = (host: string, address: string) =>
  new Failure('offline', { reason: 'failure.own-network', host, address })

/** Whether a request was not made because of where its name leads. */
export const isOfOwnNetwork = (error: unknown): boolean =>
  error instanceof Failure && error.detail.reason === 'failure.own-network'

/** Looks a name up and leaves out what a person did not agree to. It is asked at each connection, so a name that leads elsewhere by then leads nowhere. */
const checked =
  (lookup: LookupFunction, agreed: OwnNetwork | null): LookupFunction =>
  (host, options, answer) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error || typeof found === 'string') return answer(error, [])
      const first = found.find(({ address }) => mayReach(address, agreed))
      if (!first) return answer(refusal(host, found[0]?.address ?? ''), [])
      if (options.all === true)
        answer(
          null,
          found.filter(({ address }) => mayReach(address, agreed)),
        )
      else answer(null, first.address, first.family)
    })

/** What Node's own fetch goes out by; a proxy of the environment, where one is used, looks names up by itself. */
const DISPATCHER = Symbol.for('undici.globalDispatcher.1')

/** Node gives its fetch no lookup, and its agent under this name alone: an agent of that make takes one. */
const dispatcherBy = (lookup: LookupFunction): Dispatcher | undefined => {
  // It is there as soon as any of fetch's names was asked for: a stream may be the first that goes out.
  void globalThis.Headers
  const known: unknown = Reflect.get(globalThis, DISPATCHER)
  if (typeof known !== 'object' || known === null) throw new Failure('internal')
  return known.constructor.name === 'Agent'
    ? Reflect.construct(known.constructor, [{ connect: { lookup } }])
    : undefined
}

/** Fetches as `fetch` does, but connects to an own network only where that one was agreed to. */
export type Reach = (agreed: OwnNetwork | null, url: URL, init: RequestInit) => Promise<Response>

/** Makes the way to the network. Fails with `offline`, reason `failure.own-network`, `host` and `address`, where that was not agreed to. */
export const makeReach = (realFetch: Fetch, lookup: LookupFunction = systemLookup): Reach => {
  const dispatchers = new Map<OwnNetwork | null, Dispatcher | undefined>()
  const dispatcherFor = (agreed: OwnNetwork | null) => {
    if (!dispatchers.has(agreed)) dispatchers.set(agreed, dispatcherBy(checked(lookup, agreed)))
    return dispatchers.get(agreed)
  }
  return async (agreed, url, init) => {
    // An address is looked up nowhere.
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(host) !== 0 && !mayReach(host, agreed)) throw refusal(url.hostname, host)
    const dispatcher = dispatcherFor(agreed)
    try {
      return await realFetch(url, dispatcher ? { ...init, dispatcher } : init)
    } catch (error) {
      throw error instanceof Error && isOfOwnNetwork(error.cause) ? error.cause : error
    }
  }
}
