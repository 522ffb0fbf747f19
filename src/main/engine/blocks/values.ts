import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { readDomain } from '../domains/name.ts'

/** What a block acts on in the server's own form, or a message code `field.*` why it is none that can be sent. */
export type ReadValue = { value: string; problem: null } | { value: null; problem: string }

const no = (problem: string): ReadValue => ({ value: null, problem })
const is = (value: string): ReadValue => ({ value, problem: null })

/** The domain of e-mail addresses, as typed or as `@post.example` (contract E.5). */
export const readEmailDomain = (typed: string): ReadValue => {
  const read = readDomain(typed.trim().replace(/^@/, ''))
  return read.domain === null ? no(read.problem) : is(read.domain)
}

/**
 * An address or a range in CIDR form, with its prefix and without the bits behind it (contract E.6): `203.0.113.9` becomes
 * `203.0.113.9/32`. The server would take a blank as 0.0.0.0/32.
 */
export const readRange = (typed: string): ReadValue => {
  const text = typed.trim().toLowerCase()
  if (text === '') return no('field.address.blank')
  const [address = '', prefix, ...more] = text.split('/')
  // Octal and shortened forms mean one thing here and another there.
  const isPlain = address.includes(':') ? ipaddr.IPv6.isValid(address) : ipaddr.IPv4.isValidFourPartDecimal(address)
  if (!isPlain || more.length > 0 || address.includes('%')) return no('field.address.form')
  const parsed = ipaddr.process(address)
  const bits = parsed.kind() === 'ipv4' ? 32 : 128
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return no('field.address.prefix')
  const mapped = address.includes(':') && parsed.kind() === 'ipv4' ? 96 : 0
  const length = prefix === undefined ? bits : Number(prefix) - mapped
  if (length < 0 || length > bits) return no('field.address.prefix')
  const network =
    parsed.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/${length}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${length}`)
  return is(`${network.toString()}/${length}`)
}

/** Ranges wider than these hold more people than one looks at: the name is typed. */
const WIDE = { ipv4: 16, ipv6: 32 } as const

/** True for a range that many people share. */
export const isWide = (range: string): boolean => {
  const [address, length] = ipaddr.parseCIDR(range)
  return length < WIDE[address.kind()]
}

const INSIDE = new Set([
  'unspecified',
  'broadcast',
  'multicast',
  'loopback',
  'private',
  'linkLocal',
  'uniqueLocal',
  'carrierGradeNat',
])

/** True for a range that begins among addresses that stay within a house: the server's own proxies are there. */
export const isInside = (range: string): boolean => {
  const [address] = ipaddr.parseCIDR(range)
  return INSIDE.has(address.range())
}

/**
 * The SHA-256 of an address in canonical form: lower case, and in its first part no dots and nothing from `+` on (contract E.7). Or the
 * hash itself. The address goes nowhere.
 */
export const readEmail = (typed: string): ReadValue => {
  const text = typed.trim().toLowerCase()
  if (/^[0-9a-f]{64}$/.test(text)) return is(text)
  const at = text.lastIndexOf('@')
  if (at < 1) return no('field.email')
  const domain = readDomain(text.slice(at + 1))
  const local = text.slice(0, at).replace(/\+.*$/, '').replaceAll('.', '')
  if (domain.domain === null || local === '' || /\s/.test(local)) return no('field.email')
  return is(createHash('sha256').update(`${local}@${domain.domain}`).digest('hex'))
}
