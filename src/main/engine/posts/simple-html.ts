/** Who is told what stands in a text of HTML, in its order, as a tokenizer tells it. */
export type HtmlReader = {
  start(tag: { tagName: string; attrs: readonly { name: string; value: string }[] }): void
  end(name: string): void
  put(text: string): void
}

/** A text, or one tag as Mastodon's own software writes it: in small letters, its values quoted, one blank before each. */
const PIECE =
  /([^<\0\r]+)|<(\/?)(a|b|blockquote|br|code|del|em|i|li|ol|p|pre|s|span|strong|u|ul)((?: [a-z][a-z-]*="[^"\0\r]*")*) ?\/?>/y
const ATTRIBUTE = / ([a-z-]+)="([^"]*)"/g
const UNREAD = /&(?!(?:amp|lt|gt|quot|#39);)/
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}
const decoded = (text: string): string =>
  text.includes('&') ? text.replace(/&[^;]+;/g, entity => entities[entity] ?? entity) : text

const attributesOf = (written: string) => {
  const attrs: { name: string; value: string }[] = []
  ATTRIBUTE.lastIndex = 0
  for (let found = ATTRIBUTE.exec(written); found; found = ATTRIBUTE.exec(written))
    attrs.push({ name: found[1] ?? '', value: decoded(found[2] ?? '') })
  return attrs
}

/**
 * Reads HTML that is as simple as that of most posts without a whole tokenizer, which tells the same of it. False where it is not so
 * simple: then what was told by then is worth nothing.
 */
export const readSimple = (html: string, to: HtmlReader): boolean => {
  if (UNREAD.test(html)) return false
  for (let at = 0; at < html.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at
    const piece = PIECE.exec(html)
    if (!piece) return false
    const text = piece[1]
    const tagName = piece[3] ?? ''
    if (text !== undefined) to.put(decoded(text))
    else if (piece[2] === '/') to.end(tagName)
    else to.start({ tagName, attrs: attributesOf(piece[4] ?? '') })
  }
  return true
}
