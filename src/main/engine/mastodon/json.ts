/** Deeper than any answer of Mastodon; what is deeper is made to exhaust those who walk it. */
const DEEPEST = 64
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Whether lists and objects lie in one another deeper than `most`; found without parsing, and a page has a million bytes. */
export const isDeeperThan = (body: Uint8Array, most: number): boolean => {
  let depth = 0
  const end = body.length
  for (let at = 0; at < end; at++) {
    const byte = body[at] ?? 0
    if (byte === QUOTE) {
      for (at++; at < end && body[at] !== QUOTE; at++) if (body[at] === BACKSLASH) at++
    } else if (byte >= 0x5b) {
      // 0x5b and 0x7b open, 0x5d and 0x7d close: alike but for this bit.
      const bracket = byte | 0x20
      if (bracket === 0x7d) depth--
      else if (bracket === 0x7b && ++depth > most) return true
    }
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
