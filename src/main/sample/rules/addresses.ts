/** IP addresses and ranges: parsing, canonical form, containment. */
import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** A range: `base` is the canonical first address, `prefix` its length in bits. */
export type Range = { readonly family: 'ipv4' | 'ipv6'; readonly base: string; readonly prefix: number }

/** The sixteen-bit groups of an IPv6 address, embedded IPv4 included. */
function groupsOf(address: string): number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  let text = address
  if (dotted !== null) {
    const [a = 0, b = 0, c = 0, d = 0] = dotted.slice(1).map(Number)
    text = `${address.slice(0, dotted.index)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  }
  const [head = '', tail] = text.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0')
  return [...left, ...zeros, ...right].map(group => Number.parseInt(group, 16))
}

/** The shortest form: the longest run of zero groups becomes `::`. */
function ipv6Text(groups: readonly number[]): string {
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; at += 1) {
    let length = 0
    while (groups[at + length] === 0) length += 1
    if (length > best.length) best = { at, length }
  }
  const words = groups.map(group => group.toString(16))
  if (best.at < 0) return words.join(':')
  return `${words.slice(0, best.at).join(':')}::${words.slice(best.at + best.length).join(':')}`
}

function masked(numbers: readonly number[], width: number, prefix: number): number[] {
  return numbers.map((number, index) => {
    const bits = Math.min(width, Math.max(0, prefix - index * width))
    return number & ((2 ** width - 1) ^ (2 ** (width - bits) - 1))
  })
}

/** An address or CIDR range, its host bits cleared; null when it is neither. */
export function parseAddress(text: string): Range | null {
  const [address = '', length, more] = text.trim().split('/')
  if (more !== undefined || (length !== undefined && !/^\d{1,3}$/.test(length))) return null
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) && !address.includes('%') ? 'ipv6' : null
  if (family === null) return null
  const bits = family === 'ipv4' ? 32 : 128
  const prefix = length === undefined ? bits : Number(length)
  if (prefix > bits) return null
  if (family === 'ipv4') return { family, prefix, base: masked(address.split('.').map(Number), 8, prefix).join('.') }
  return { family, prefix, base: ipv6Text(masked(groupsOf(address), 16, prefix)) }
}

/** `192.0.2.0/24`. */
export function rangeText(range: Range): string {
  return `${range.base}/${range.prefix}`
}

/** True when an address (no range) lies in the range. */
export function addressLiesIn(address: string, range: Range): boolean {
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : null
  if (family !== range.family) return false
  const list = new BlockList()
  list.addSubnet(range.base, range.prefix, range.family)
  return list.check(address, range.family)
}
