import { domainToASCII, domainToUnicode } from 'node:url'

/** A domain as the server keeps it, and as people write it; or a message code `field.domain.*` why it is none that can be sent. */
export type ReadDomain = { domain: string; unicode: string; problem: null } | { domain: null; problem: string }

/** DNS ends here; the server would take three more. */
const LONGEST = 253
const LONGEST_LABEL = 63

/** Labels in punycode that are no encoding of anything: the server takes them, and no other server has such a name. */
const isBroken = (label: string): boolean => {
  const unicode = domainToUnicode(label)
  return !/[^\u0020-\u007e]/.test(unicode) || domainToASCII(unicode) !== label
}

/** What is wrong with a text that no rule below takes, the most telling first. */
const oddity = (text: string): string => {
  if (text.includes('*')) return /^\*\.[^*]+$/.test(text) ? 'field.domain.wildcard' : 'field.domain.masked'
  if (/^[a-z][a-z0-9+.-]*:\/\//.test(text)) return 'field.domain.scheme'
  if (text.includes('@')) return 'field.domain.handle'
  if (/^\[|:.*:/.test(text)) return 'field.domain.address'
  if (/:\d*$/.test(text)) return 'field.domain.port'
  if (/[/?#\\]/.test(text)) return 'field.domain.path'
  return 'field.domain.letters'
}

/**
 * Reads a domain as a person typed it or a list holds it: trimmed, lower case, without the last dot or slash, in A-label form, as the
 * server would alter it (contract E.4). Whatever else it would take and mean something else by is a problem.
 */
export const readDomain = (typed: string): ReadDomain => {
  const no = (problem: string): ReadDomain => ({ domain: null, problem })
  const text = typed.trim().toLowerCase().replace(/\/$/, '')
  if (text === '' || text === '.') return no('field.domain.blank')
  const plain = /^[\u0020-\u007e]*$/.test(text)
  if (plain && !/^[a-z0-9.-]+$/.test(text)) return no(oddity(text))
  if (!plain && /[*@:/?#\\\s_[\]]/.test(text)) return no(oddity(text))
  const domain = (plain ? text : domainToASCII(text)).replace(/\.$/, '')
  if (domain === '') return no('field.domain.letters')
  const labels = domain.split('.')
  if (labels.includes('')) return no('field.domain.dots')
  if (domain.length > LONGEST || labels.some(label => label.length > LONGEST_LABEL)) return no('field.domain.long')
  if (!labels.every(label => /^[a-z0-9-]+$/.test(label))) return no('field.domain.letters')
  if (/^\d+$/.test(labels.at(-1) ?? '')) return no('field.domain.address')
  if (labels.length === 1) return no('field.domain.single')
  if (labels.some(label => label.startsWith('xn--') && isBroken(label))) return no('field.domain.punycode')
  return { domain, unicode: domainToUnicode(domain), problem: null }
}

/** True when a block of `parent` covers `domain`: it is the same or lies below. */
export const covers = (parent: string, domain: string): boolean => domain === parent || domain.endsWith(`.${parent}`)

/** The domain itself, then its parents, nearest first; without the last label, which nobody can block here. */
export const lineOf = (domain: string): string[] => {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))
}
