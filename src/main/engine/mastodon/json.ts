/** Deeper than any answer of Mastodon; what is deeper is made to exhaust those who walk it. */
const DEEPEST = 64
const [QUOTE, BACKSLASH] = [0x22, 0x5c]

/** Whether lists and objects lie in one another deeper than `most`; found without parsing. */
export const isDeeperThan = (body: Uint8Array, most: number): boolean => {
  let depth = 0
  let inText = false
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]
    if (inText) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) inText = false
    } else if (byte === QUOTE) inText = true
    // 0x5b and 0x7b open, 0x5d and 0x7d close.
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > most) return true
    } else if (byte === 0x5d || byte === 0x7d) depth--
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
