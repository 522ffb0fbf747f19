import { domainToASCII } from 'node:url'

/** A handle as it was meant: `domain` in lower-case A-label form, null where none was given. */
export type Handle = { username: string; domain: string | null }

/** What someone typed or pasted. Hosts and domains are in lower-case A-label form. */
export type Meant =
  | { as: 'handle'; handle: Handle; host: string | null; account: string | null }
  | { as: 'post'; addresses: readonly string[]; host: string; id: string; author: Handle | null }
  | { as: 'report'; host: string; id: string }
  | { as: 'domain'; domain: string }
  | { as: 'name'; name: string }

const USERNAME = '[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?'
const handleText = new RegExp(`^(?:acct:)?@?(${USERNAME})@([^\\s@/]+)$`, 'i')
const nameText = new RegExp(`^@(${USERNAME})$`, 'i')
/** `/@ada`, `/@ada@weide.example`, `/users/ada`, and how other software says it. */
const profilePath = new RegExp(`^/(?:@|users/|u/|profile/|accounts/|author/)(${USERNAME})(?:@([^/@]+))?/?$`, 'i')
const postPath = new RegExp(`^/(?:@|users/)(${USERNAME})(?:@([^/@]+))?/(?:statuses/)?([0-9A-Za-z]{1,64})(?:/.*)?$`, 'i')

/** A domain in lower-case A-label form, or nothing: at least two labels, no port, no number alone at the end. */
export const readDomain = (text: string): string | undefined => {
  const domain = domainToASCII(text.replace(/\.$/, '')).toLowerCase()
  return /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/.test(domain)
    ? domain
    : undefined
}

const readHandle = (username: string, domain: string | undefined): Handle | undefined => {
  if (domain === undefined) return { username, domain: null }
  const read = readDomain(domain)
  return read === undefined ? undefined : { username, domain: read }
}

/** The two ways in which Mastodon writes the address of one post. */
const addressesOf = (url: URL, author: Handle, id: string): string[] => {
  const place = `${url.origin}/`
  const given = `${url.origin}${url.pathname}`
  if (author.domain !== null) return [given]
  return [...new Set([given, `${place}@${author.username}/${id}`, `${place}users/${author.username}/statuses/${id}`])]
}

/** A part of a path as it reads; undefined for `%` signs that stand for nothing. */
const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

const readAddress = (url: URL): Meant | undefined => {
  const host = url.host.toLowerCase()
  const path = url.pathname.replace(/^\/(?:web|deck)(?=\/)/, '')
  const [, noun, id = ''] = /^\/admin\/(reports|accounts|instances)\/([^/]+)/.exec(path) ?? []
  if (noun === 'reports') return { as: 'report', host, id }
  if (noun === 'accounts') return { as: 'handle', handle: { username: '', domain: null }, host, account: id }
  const instance = noun === 'instances' ? readDomain(decoded(id) ?? '') : undefined
  if (instance !== undefined) return { as: 'domain', domain: instance }
  const profile = profilePath.exec(path)
  const owner = profile?.[1] === undefined ? undefined : readHandle(profile[1], profile[2])
  if (owner) return { as: 'handle', handle: owner, host: owner.domain === null ? host : null, account: null }
  const post = postPath.exec(path)
  const author = post?.[1] === undefined ? undefined : readHandle(post[1], post[2])
  if (author)
    return { as: 'post', addresses: addressesOf(url, author, post?.[3] ?? ''), host, id: post?.[3] ?? '', author }
  const domain = readDomain(url.hostname)
  if (domain === undefined) return undefined
  return path === '/' || path === ''
    ? { as: 'domain', domain }
    : { as: 'post', addresses: [url.href], host, id: '', author: null }
}

/** Understands what someone typed or pasted, without looking anything up. */
export const understand = (typed: string): Meant => {
  const text = typed.trim()
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null
  const address = url && readAddress(url)
  if (address) return address
  const handle = handleText.exec(text)
  const read = handle?.[1] === undefined ? undefined : readHandle(handle[1], handle[2])
  if (read) return { as: 'handle', handle: read, host: null, account: null }
  const named = nameText.exec(text)?.[1]
  if (named !== undefined) return { as: 'handle', handle: { username: named, domain: null }, host: null, account: null }
  const domain = /[\s@/:]/.test(text) ? undefined : readDomain(text)
  return domain === undefined ? { as: 'name', name: text } : { as: 'domain', domain }
}
