/** Domain names as the server keeps them, and which block covers a domain (contract E.4). */
import { domainToASCII } from 'node:url'
import type { DomainBlockRecord } from './model.ts'
import type { World } from './world.ts'

/** Characters that the server's URL parser refuses in a host, besides what the pattern of names refuses. */
const unparsable = /[<>{}/\\?#@"\s]/

/**
 * The normalised domain: trimmed, one trailing slash and dot removed, lower case, punycode.
 * Null when the text cannot be parsed as a host at all.
 */
export function normaliseDomain(text: string): string | null {
  const trimmed = text.trim().replace(/\/$/, '').toLowerCase()
  if (unparsable.test(trimmed)) return null
  // What cannot be put into ASCII stays as it is, and is refused for its letters.
  const ascii = /^[\u0020-\u007e]*$/.test(trimmed) ? trimmed : domainToASCII(trimmed) || trimmed
  return ascii.replace(/\.$/, '')
}

/** Label 1 to 63 characters of `[a-z0-9-]`, whole under 256. */
function isDomain(domain: string): boolean {
  return domain.length < 256 && domain.split('.').every(label => /^[a-z0-9-]{1,63}$/.test(label))
}

/** What the server says against a domain; empty when it is fine. One message may stand twice, as each check adds its own. */
export function domainMessages(text: string): string[] {
  const domain = normaliseDomain(text)
  if (domain === null) return ['Domain is invalid', 'Domain is invalid']
  if (domain === '') return ["Domain can't be blank"]
  return isDomain(domain) ? [] : ['Domain is invalid']
}

/** The block of the domain itself, else of its nearest parent. */
export function coveringBlock(world: World, domain: string): DomainBlockRecord | undefined {
  const labels = domain.split('.')
  for (let at = 0; at < labels.length; at += 1) {
    const block = world.domainBlocks.find(labels.slice(at).join('.'))
    if (block !== undefined) return block
  }
  return undefined
}

/** True when `block` is stricter than `other`, a block of a parent. */
export function isStricter(
  block: Pick<DomainBlockRecord, 'severity' | 'rejectMedia' | 'rejectReports'>,
  other: DomainBlockRecord,
): boolean {
  if (block.severity === 'suspend') return true
  if (other.severity === 'suspend' && (block.severity === 'silence' || block.severity === 'noop')) return false
  if (other.severity === 'silence' && block.severity === 'noop') return false
  return (block.rejectMedia || !other.rejectMedia) && (block.rejectReports || !other.rejectReports)
}

/** The domain with letters in the middle hidden, as the public list shows it. */
export function obfuscated(domain: string): string {
  const quarter = Math.floor(domain.length / 4)
  const isShown = (letter: string, at: number): boolean =>
    letter === '.' || at <= quarter || at >= domain.length - quarter
  return [...domain].map((letter, at) => (isShown(letter, at) ? letter : '*')).join('')
}

/** True when `domain` is `parent` or lies under it. */
export function liesUnder(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`)
}
