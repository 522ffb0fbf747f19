import { Tokenizer, TokenizerMode } from 'parse5'
import type { Content, ContentNode, ContentTag } from '../../../shared/contract/posts.ts'
import { isEven, makeLeveller } from '../mastodon/entities/level.ts'
import { misleads, safeAddress } from './links.ts'
import { type HtmlReader, readSimple } from './simple-html.ts'

const DEPTH = 50
const NODES = 5_000
const TEXT = 100_000
/** No server lets through more; what is cut off is said. */
const INPUT = 1 << 20

const kept: Readonly<Record<string, ContentTag>> = {
  p: 'p',
  br: 'br',
  span: 'span',
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  del: 'del',
  s: 'del',
  strike: 'del',
  u: 'u',
  ins: 'u',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  h1: 'h',
  h2: 'h',
  h3: 'h',
  h4: 'h',
  h5: 'h',
}
/** Gone with all that is in them, and how the tokenizer has to read what is in them. */
const dropped: Readonly<Record<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>> = {
  script: TokenizerMode.SCRIPT_DATA,
  style: TokenizerMode.RAWTEXT,
  iframe: TokenizerMode.RAWTEXT,
  svg: TokenizerMode.DATA,
  math: TokenizerMode.DATA,
  template: TokenizerMode.DATA,
  object: TokenizerMode.DATA,
}
/** Not kept, but they stand on lines of their own: their texts must not run together. */
const apart = new Set(
  'address article aside center dd details div dl dt fieldset figcaption figure footer form h6 header hr main nav option section summary table td th tr'.split(
    ' ',
  ),
)
/** A new one of these ends an open paragraph. */
const endsParagraph = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'blockquote', 'pre', 'ul', 'ol', ...apart])
/** What follows it stands on another line. */
const ownLine = (name: string) => endsParagraph.has(name) || name === 'br' || name === 'li'

type Element = Exclude<ContentNode, string>
/** An element being filled. `text` and `seen` gather a link's text: all of it, and what other programs show of it. */
type Open = { name: string; kids: ContentNode[]; node: Element | null; hidden: boolean; link: Link | null }
type Link = { href: string; mention: boolean; text: string; seen: string; node: Extract<Element, { tag: 'a' }> }

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

type Tag = Parameters<HtmlReader['start']>[0]

const attribute = (token: Tag, name: string): string => token.attrs.find(one => one.name === name)?.value ?? ''
const classesOf = (token: Tag): Set<string> => new Set(attribute(token, 'class').slice(0, 1000).split(/\s+/))

/** Builds the tree while the tokenizer reads: each step costs at most the depth that is kept, so all of it is linear. */
const makeBuilder = (judge: typeof misleads, stop: () => void) => {
  const root: Open = { name: '', kids: [], node: null, hidden: false, link: null }
  const open: Open[] = [root]
  /** Open elements that are not in the tree because they stand too deep or came too late, by name. */
  const unkept = new Map<string, number>()
  let [nodes, text, cut] = [0, 0, false]
  let full = false
  const leveller = makeLeveller()

  const top = () => open.at(-1) ?? root
  const count = () => {
    nodes += 1
    if (nodes >= NODES - 2 * DEPTH) {
      cut = true
      full = true
    }
  }
  const put = (told: string) => {
    const given = leveller.take(told)
    const piece = wholeStart(given, TEXT - text)
    if (piece.length < given.length || leveller.isFull()) {
      cut = true
      stop()
    }
    text += piece.length
    const { kids } = top()
    const link = open.findLast(one => one.link)?.link
    if (link) {
      link.text += piece
      if (!open.some(one => one.hidden)) link.seen += piece
    }
    const last = kids.at(-1)
    if (typeof last === 'string') kids[kids.length - 1] = last + piece
    else if (piece !== '') {
      kids.push(piece)
      count()
    }
  }
  const close = () => {
    if (open.length === 1) return
    const closed = open.pop()
    if (closed?.link)
      closed.link.node.misleads = judge(closed.link.href, closed.link.text, closed.link.seen, closed.link.mention)
    // Empty parts show nothing: they must not use up the room for what does.
    const { kids } = top()
    if (closed?.node && closed.kids.length === 0 && kids.at(-1) === closed.node) {
      kids.pop()
      nodes -= 1
    }
  }
  const closeTo = (name: string, barriers: readonly string[] = []): boolean => {
    const at = open.findLastIndex(one => one.name === name || barriers.includes(one.name))
    if (at < 1 || open[at]?.name !== name) return false
    while (open.length > at) close()
    return true
  }
  const enter = (name: string, node: Element, kids: ContentNode[], more: Partial<Open> = {}) => {
    if (open.length >= DEPTH || full) {
      cut = true
      unkept.set(name, (unkept.get(name) ?? 0) + 1)
      return
    }
    top().kids.push(node)
    count()
    open.push({ name, kids, node, hidden: false, link: null, ...more })
  }
  const enterLink = (token: Tag) => {
    closeTo('a')
    const classes = classesOf(token)
    const href = safeAddress(attribute(token, 'href'))
    const node: Link['node'] = { tag: 'a', href, misleads: false, kids: [] }
    // Mastodon gives hashtags both classes.
    const tag = classes.has('hashtag') ? 'hashtag' : classes.has('mention') ? 'mention' : null
    const kids: ContentNode[] = tag ? [] : node.kids
    const link = href === null ? null : { href, mention: tag === 'mention', text: '', seen: '', node }
    if (tag && !full) {
      node.kids.push({ tag, kids })
      count()
    }
    enter('a', node, kids, { link })
  }
  const newLine = () => {
    const last = top().kids.at(-1)
    if (typeof last === 'string' && !last.endsWith('\n')) put('\n')
  }
  const lineBreak = () => {
    if (full) return put('\n')
    top().kids.push({ tag: 'br', kids: [] })
    count()
  }
  return {
    put,
    start: (token: Tag) => {
      const name = token.tagName
      if (ownLine(name)) leveller.endWord()
      if (endsParagraph.has(name)) closeTo('p', ['blockquote', 'li', 'ul', 'ol'])
      if (name === 'li') closeTo('li', ['ul', 'ol'])
      if (apart.has(name)) newLine()
      const tag = own(kept, name)
      if (name === 'a') enterLink(token)
      else if (tag === 'br') lineBreak()
      else if (tag) {
        const kids: ContentNode[] = []
        enter(name, { tag, kids }, kids, { hidden: tag === 'span' && classesOf(token).has('invisible') })
      }
    },
    end: (name: string) => {
      if (ownLine(name)) leveller.endWord()
      if (apart.has(name)) newLine()
      const waiting = unkept.get(name) ?? 0
      if (waiting > 0) unkept.set(name, waiting - 1)
      else closeTo(name)
    },
    done: (): Content => {
      while (open.length > 1) close()
      return { nodes: root.kids, cut }
    },
    markCut: () => {
      cut = true
    },
  }
}

/** The first `length` code units, without half of a character at the end. */
const wholeStart = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')

/** So short that no turn between right and left is one too many. What is longer goes the long way, which counts. */
const SHORT = 2_000
/** Paragraphs of text and nothing else: most posts. */
const PARAGRAPHS = /^(?:<p>[^<&\0\r]*<\/p>)+$/
const paragraphsOf = (html: string): Content => ({
  nodes: html
    .slice('<p>'.length, -'</p>'.length)
    .split('</p><p>')
    .flatMap((text): ContentNode[] => (text === '' ? [] : [{ tag: 'p', kids: [text] }])),
  cut: false,
})
/** What the tokenizer tells as one piece. */
const RUNS = /[\t\n\f ]+|[^\t\n\f ]+/g

/**
 * A server's HTML as a tree of known parts: what is not on the list is dropped and its text kept, scripts, styles and foreign
 * parts are dropped whole. Never fails, in time linear in its input; `cut` says that not all is shown.
 */
export const readContent = (html: string): Content => readJudged(html, misleads)

/** The same for who only wants what is said: whether a link misleads is left open, and is never to be shown of these. */
export const readUnjudged = (html: string): Content => readJudged(html, () => false)

const readJudged = (html: string, judge: typeof misleads): Content => readShort(html, judge) ?? readAny(html, judge)

const readShort = (html: string, judge: typeof misleads): Content | undefined => {
  if (html.length > SHORT) return undefined
  if (PARAGRAPHS.test(html) && isEven(html)) return paragraphsOf(html)
  const { put, start, end, done } = makeBuilder(judge, () => {})
  const isRead = readSimple(html, {
    start,
    end: name => end(name === 'br' ? '' : name),
    put: text => {
      // Only in uneven text it matters where a piece ends.
      if (isEven(text)) put(text)
      else for (const run of text.match(RUNS) ?? []) put(run)
    },
  })
  return isRead ? done() : undefined
}

const readAny = (html: string, judge: typeof misleads): Content => {
  const builder = makeBuilder(judge, () => tokenizer.pause())
  let dropping = null as { name: string; depth: number } | null
  const put = (text: string) => {
    if (!dropping) builder.put(text)
  }
  const tokenizer: Tokenizer = new Tokenizer(
    {},
    {
      onComment: () => {},
      onDoctype: () => {},
      onEof: () => {},
      onNullCharacter: () => {},
      onCharacter: token => put(token.chars),
      onWhitespaceCharacter: token => put(token.chars),
      onStartTag: token => {
        const mode = own(dropped, token.tagName)
        const inside = token.selfClosing && mode === TokenizerMode.DATA ? undefined : mode
        if (dropping) {
          if (token.tagName === dropping.name && inside !== undefined) dropping.depth += 1
        } else if (inside !== undefined) dropping = { name: token.tagName, depth: 1 }
        else if (mode === undefined) builder.start(token)
        const isHtml = dropping?.name !== 'svg' && dropping?.name !== 'math'
        if (isHtml && inside !== undefined && inside !== TokenizerMode.DATA) tokenizer.state = inside
      },
      onEndTag: ({ tagName }) => {
        if (!dropping) builder.end(tagName === 'br' ? '' : tagName)
        else if (tagName === dropping.name) {
          dropping.depth -= 1
          if (dropping.depth === 0) dropping = null
        }
      },
    },
  )
  if (html.length > INPUT) builder.markCut()
  tokenizer.write(wholeStart(html, INPUT), true)
  return builder.done()
}
