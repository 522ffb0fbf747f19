import { domainToASCII } from 'node:url'
import { parse } from 'tldts'
import { isDisguised } from '../lookalikes/skeleton.ts'

/** Longest address that may be opened, as given and as written anew. */
const LONGEST = 2048

/** A name in A-labels, or an address. The URL parser lets through more, which no server answers under. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/

/**
 * The address of a link as it may be opened: http or https, with a host and without user name, written anew by the URL parser
 * with its host as A-labels. `null` for everything else: relative, another scheme, hidden parts, escapes in the host, too long.
 */
export const safeAddress = (href: string): string | null => {
  if (href.length > LONGEST || !URL.canParse(href)) return null
  // What the parser would decode for us is no honest way to write a host.
  if (/^[^/?#]*[/\\]{2}[^/\\?#]*%/.test(href)) return null
  const url = new URL(href)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  if (!HOST.test(url.hostname) || url.username !== '' || url.password !== '') return null
  return url.href.length > LONGEST ? null : url.href
}

/** What is drawn as nothing, or turns the reading order: it must not keep a name from being recognised. */
const UNSEEN = /\p{Cf}|[\u115F\u1160\u2800\u3164\uFFA0]|[\u034F\u17B4\u17B5]|[\u180B-\u180F]|[\uFE00-\uFE0F]/gu
const CONTROLS = /\p{Cc}/gu
const SLASHES = /[\u2044\u2215\u29F8\u29F5\\]/g
const DOTS = /[\u3002\u2024]/g
const BETWEEN = /[\s,;|<>()"'«»„“”‘’‚‹›]+/u
/** Marks around a name that are no part of it. */
const MARKS = new Set('[]{}*_~.!?:=→➡-…')

/** Ends of names that no list of public suffixes has, and that name hosts all the same (RFC 2606, RFC 7686). */
const RESERVED = new Set(['example', 'test', 'invalid', 'onion'])

/** Whether a name ends as names of hosts do: `notes.txt`, `St.Petersburg` and `hello.World` name none. */
const endsInSuffix = (host: string): boolean =>
  RESERVED.has(host.slice(host.lastIndexOf('.') + 1).toLowerCase()) ||
  parse(domainToASCII(host) || host, { validateHostname: false }).isIcann === true

/** `whole`: it reads like a complete domain or address; `user`: something stands before it that hides it. */
type Named = { host: string; whole: boolean; user: boolean }

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/
const LABELS = /^(?=.{1,253}$)([\p{L}\p{N}\p{M}_-]{1,63}\.)+[\p{L}\p{M}][\p{L}\p{N}\p{M}-]{1,62}$/u

const looksLikeHost = (host: string): boolean => IPV4.test(host) || (LABELS.test(host) && endsInSuffix(host))

/** Which host one word names, if it reads like an address, a domain or a handle. */
const namedHost = (word: string): Named | null => {
  const scheme = /^[a-z][a-z0-9+.-]{0,20}:\/*/i.exec(word)?.[0] ?? ''
  const written = scheme.endsWith('//') || /^(https?|hxxps?):/i.test(scheme)
  const authority = (written ? word.slice(scheme.length) : word).split(/[/?#]/, 1)[0] ?? ''
  const at = authority.lastIndexOf('@')
  const host = authority.slice(at + 1).replace(/:\d{1,5}$/, '')
  if (host === '' || !(written || looksLikeHost(host))) return null
  return { host: domainToASCII(host) || host.toLowerCase(), whole: looksLikeHost(host), user: written && at > 0 }
}

const bare = (host: string) => host.replace(/^www\./, '')
const sameHost = (named: string, host: string): boolean => bare(named) === bare(host)

/** Mastodon shows so many characters of an address, and hides the rest. */
const SHOWN = 30
/** Whether a host is only cut where Mastodon cuts: in the middle of a label, so that it does not look like a whole one. */
const isCut = (seen: string, named: string, host: string): boolean =>
  seen.length === SHOWN && bare(host).startsWith(named) && bare(host).charAt(named.length) !== '.'

/** Longer than any host with what may stand before it. */
const LONGEST_WORD = 600

const trimmed = (word: string): string => {
  let from = 0
  while (from < word.length && MARKS.has(word.charAt(from))) from += 1
  let to = Math.min(word.length, from + LONGEST_WORD)
  while (to > from && MARKS.has(word.charAt(to - 1))) to -= 1
  return word.slice(from, to)
}

/**
 * Whether a text that reads like an address, a domain or a handle names another host than the link's address does: whoever goes
 * by the text would end up elsewhere. A mention's server may keep its pages on a host below or above its name.
 */
const namesOther = (text: string, host: string, isMention: boolean): boolean =>
  text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(SLASHES, '/')
    .replace(DOTS, '.')
    .split(BETWEEN)
    .some(word => {
      const named = namedHost(trimmed(word.replace(CONTROLS, '')))
      if (!named) return false
      if (named.user) return true
      // Programs shorten long addresses in the middle of a host.
      if (!named.whole && host.startsWith(named.host)) return false
      if (sameHost(named.host, host) || isCut(text, named.host, host)) return false
      return !(isMention && related(named.host, host))
    })

const related = (named: string, host: string): boolean => host.endsWith(`.${named}`) || named.endsWith(`.${host}`)

/**
 * Whether a link misleads: by its whole text, or by the part of it that other programs show (`seen`), since Mastodon hides the
 * beginning and the end of an address; or by its host, which people read as another one.
 */
export const misleads = (address: string, text: string, seen: string, isMention: boolean): boolean => {
  const host = new URL(address).hostname.replace(/\.$/, '')
  return isDisguised(host) || namesOther(text, host, isMention) || (seen !== text && namesOther(seen, host, isMention))
}
