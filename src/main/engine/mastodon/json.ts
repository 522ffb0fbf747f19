/** Deeper than any answer of Mastodon; what is deeper is made to exhaust those who walk it. */
const DEEPEST = 64
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OTHER = 0
const TEXT = 1
const OPENS = 2
const CLOSES = 3
/** What a byte outside of texts means. */
const kinds = new Uint8Array(256)
kinds[QUOTE] = TEXT
kinds.fill(OPENS, 0x5b, 0x5c).fill(OPENS, 0x7b, 0x7c)
kinds.fill(CLOSES, 0x5d, 0x5e).fill(CLOSES, 0x7d, 0x7e)

/** Whether lists and objects lie in one another deeper than `most`; found without parsing. */
export const isDeeperThan = (body: Uint8Array, most: number): boolean => {
  let depth = 0
  let at = 0
  const end = body.length
  // A page has a million bytes: each is looked at once, by a table.
  while (at < end) {
    const kind = kinds[body[at++] ?? 0]
    if (kind === OTHER) continue
    if (kind === TEXT) {
      for (let inText = true; inText && at < end; ) {
        const byte = body[at++]
        if (byte === BACKSLASH) at++
        else if (byte === QUOTE) inText = false
      }
    } else if (kind === CLOSES) depth--
    else if (++depth > most) return true
  }
  return false
}

/** Whether an answer says that it is JSON. */
export const saysJson = (headers: Headers): boolean =>
  /^application\/(\w+\+)?json\b/i.test(headers.get('content-type') ?? '')

/** The JSON of a whole answer; undefined for what is none: another type, no UTF-8, cut off, or too deep. */
export const parseJson = (headers: Headers, body: Uint8Array): unknown => {
  if (!saysJson(headers) || isDeeperThan(body, DEEPEST)) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
