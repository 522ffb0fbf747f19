import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Failure } from '../../../shared/contract/failure.ts'

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

/** Whether an address is of the internet, or of the own network that was agreed to. */
export const mayReach = (address: string, agreed: OwnNetwork | null): boolean => {
  const network = ownNetworkOf(address)
  return network === null || network === agreed
}

/** Why no line is made to a host: where its name leads. An address, also one that was typed as a number, leads nowhere else. */
export const refusal = (host: string, address: string) =>
  new Failure('offline', { reason: 'failure.own-network', ...(isIP(host) === 0 ? { host } : {}), address })

/** Looks a name up and leaves out what a person did not agree to. It is asked at each connection, so a name that leads elsewhere by then leads nowhere. */
export const checked =
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
