import { hash } from 'node:crypto'
import type { Content, ContentNode } from '../../../shared/contract/posts.ts'

/**
 * What makes two posts one campaign: the same link, or the same text, both without their dress. The key is computed when a report
 * comes in and never changes with what others post: how many share it, and how fast, is another question.
 */

/** Keys of one report. Who hides a link behind more others than this is found by the text, or not at all. */
const MOST_KEYS = 8
/** Longest address that stands whole in a key. */
const LONGEST = 200
/** A text of fewer letters is a phrase that anyone may say. A letter of a script without alphabet weighs two. */
const LEAST_WEIGHT = 28

const digest = (text: string): string => hash('sha256', text, 'hex').slice(0, 20)

/** Parameters that tell who passed a link on or where it was found, never which page it is. */
const TRACKING =
  /^(utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|oly_anon_id|oly_enc_id|vero_id|_hsenc|_hsmi|ref|ref_src|ref_url|referrer|referral|aff|aff_id|affiliate)$/i

/** An address without its dress: scheme, `www.`, port by default, tracking, the order of parameters, a last slash, an anchor. */
export const plainLink = (href: string): string | null => {
  const url = URL.parse(href)
  if (!url || url.hostname === '') return null
  if (url.search !== '') {
    for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name)
    url.searchParams.sort()
  }
  // What stands behind #/ or #! is a place within an application, everything else a place on the page.
  const hash = /^#[/!]/.test(url.hash) ? url.hash : ''
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.host.replace(/^www\./, '').replace(/\.(?=:|$)/, '')}${path}${url.search}${hash}`
}

const linkKey = (link: string): string =>
  `link:${link.length <= LONGEST ? link : `${link.slice(0, LONGEST)}…${digest(link)}`}`

const isName = (node: ContentNode): boolean =>
  typeof node !== 'string' && (node.tag === 'mention' || node.tag === 'hashtag')

/** Addresses of a post in its order, but not of those whom it calls or of its hashtags. */
export const linksIn = (nodes: readonly ContentNode[]): string[] =>
  nodes.flatMap(node => {
    if (typeof node === 'string') return []
    if (node.tag !== 'a') return linksIn(node.kids)
    return node.href === null || node.kids.some(isName) ? [] : [node.href]
  })

/** What is said, without links, without who is called, and without hashtags. */
const saidIn = (nodes: readonly ContentNode[]): string => {
  let said = ''
  for (const node of nodes)
    if (typeof node === 'string') said += node
    else if (node.tag !== 'a' && !isName(node)) said += ` ${saidIn(node.kids)} `
  return said
}

const IDEOGRAPHIC = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/gu

/**
 * A text without its dress: compatibility forms (letters in bold that are none), case, blanks, punctuation, emoji, unseen characters
 * and heaped accents. Letters stay what they are: nothing that only looks alike becomes the same.
 */
export const plainSaid = (text: string): string =>
  ASCII.test(text) ? text.toLowerCase().replace(/[^a-z0-9]+/g, '') : withoutDress(text)
const ASCII = /^[\0-\x7F]*$/
const withoutDress = (text: string): string => {
  const told = text.normalize('NFKC')
  const small = told.toLowerCase()
  return (small === told ? small : small.normalize('NFKC')).replace(
    /(?:[^\p{L}\p{N}\p{M}]|[\u0300-\u036F\uFE00-\uFE0F])+/gu,
    '',
  )
}

/** Whether a text is a phrase that anyone may say. No text of so many code units has fewer than half as many letters. */
const isPhrase = (said: string): boolean =>
  said.length < 2 * LEAST_WEIGHT &&
  (ASCII.test(said) ? said.length : [...said].length + (said.match(IDEOGRAPHIC)?.length ?? 0)) < LEAST_WEIGHT

/** The key of a text; null for a short one. */
export const textKey = (nodes: readonly ContentNode[]): string | null => {
  const said = plainSaid(saidIn(nodes))
  return isPhrase(said) ? null : `text:${digest(said)}`
}

/** What a post gives to the keys of every report that names it: its links without their dress, and the key of its text. */
export type PostKeys = { links: readonly string[]; text: string | null }

/** Reads it from a post. */
export const postKeys = ({ nodes }: Content): PostKeys => ({
  links: linksIn(nodes).flatMap(href => plainLink(href) ?? []),
  text: textKey(nodes),
})

/** The keys of a report's posts, links before texts, each once. */
export const campaignKeys = (posts: readonly PostKeys[]): string[] => {
  const links = posts.flatMap(post => post.links)
  const texts = posts.flatMap(({ text }) => text ?? [])
  // Both kinds have room, however many there are of the other.
  const kept = [...new Set(links.map(linkKey))].slice(0, MOST_KEYS - Math.min(texts.length, 2))
  return [...new Set([...kept, ...texts])].slice(0, MOST_KEYS)
}
