import { randomUUID } from 'node:crypto'
import { findTold, type Known, keepTold, type Told } from './known.ts'

/** Deeper than any answer of Mastodon; what is deeper is made to exhaust those who walk it. */
const DEEPEST = 64
/** Bytes of one text, as it stands in a body; no text of Mastodon's comes near. */
const LONGEST_TEXT = 1 << 20
const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const LETTER_U = 0x75
const LIST = 0x5b
/** So deep are the objects that the items of a list have within. */
const WITHIN = 3

/** Where something told stands in a body; or, without it, what is left out of a text that is too long. */
type Place = { from: number; to: number; told?: Told }

/** How far a text that begins at `from` can be kept: up to `most` bytes, and no character or escape of it cut in two. */
const keptOf = (body: Buffer, from: number, most: number): number => {
  for (let at = from; ; ) {
    const byte = body[at] ?? 0
    const escaped = body[at + 1] === LETTER_U ? 6 : 2
    const step = byte === BACKSLASH ? escaped : byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    if (at + step > from + most) return at
    at += step
  }
}

/**
 * One pass over a body, without parsing it: a page has a million bytes. Answers where the objects of its items stand, those that are
 * known left out of the walk, and the ends of texts that are too long; undefined where lists and objects lie deeper in one another than `most`.
 */
const placesIn = (body: Buffer, most: number, known?: Known): Place[] | undefined => {
  const places: Place[] = []
  let depth = 0
  let from = -1
  const end = body.length
  for (let at = 0; at < end; at++) {
    const byte = body[at] ?? 0
    if (byte === QUOTE) {
      const text = at + 1
      for (at++; at < end && body[at] !== QUOTE; at++) if (body[at] === BACKSLASH) at++
      if (at - text > LONGEST_TEXT) places.push({ from: keptOf(body, text, LONGEST_TEXT), to: Math.min(at, end) })
    } else if (byte >= LIST) {
      // 0x5b and 0x7b open, 0x5d and 0x7d close: alike but for this bit.
      const bracket = byte | 0x20
      if (bracket === 0x7d) {
        if (depth-- === WITHIN && from >= 0) {
          const told = known && keepTold(known, body.subarray(from, at + 1))
          if (told) places.push({ from, to: at + 1, told })
          from = -1
        }
      } else if (bracket === 0x7b) {
        if (++depth > most) return undefined
        if (depth === WITHIN && known && byte !== LIST && body[at - 1] === COLON) {
          const told = findTold(known, body, at)
          if (told) {
            places.push({ from: at, to: at + told.bytes.length, told })
            at += told.bytes.length - 1
            depth--
          } else from = at
        }
      }
    }
  }
  return places
}

/** Whether lists and objects lie in one another deeper than `most`. */
export const isDeeperThan = (body: Buffer, most: number): boolean => placesIn(body, most) === undefined

/** Whether an answer says that it is JSON. */
export const saysJson = (headers: Headers): boolean =>
  /^application\/(\w+\+)?json\b/i.test(headers.get('content-type') ?? '')

/** Stands for what was told, with its number, while the rest is parsed: no server can know it. */
const MARK = randomUUID()

const utf8 = new TextDecoder('utf-8', { fatal: true })
const read = (bytes: Buffer): unknown => JSON.parse(utf8.decode(bytes))

const isRecord = (item: unknown): item is Record<string, unknown> => typeof item === 'object' && item !== null

/** Parses a list without what was told within its items, and puts that in its places; texts end where they are long enough. */
const readAround = (body: Buffer, places: readonly Place[]): unknown => {
  // What was told is longer than its mark.
  const rest = Buffer.allocUnsafe(body.length)
  let [at, end] = [0, 0]
  for (const [number, { from, to, told }] of places.entries()) {
    end += body.copy(rest, end, at, from)
    at = to
    if (!told) continue
    told.value ??= read(told.bytes)
    end += rest.write(`"${MARK}${number}"`, end, 'latin1')
  }
  end += body.copy(rest, end, at)
  const list = read(rest.subarray(0, end))
  for (const item of Array.isArray(list) ? list : [])
    if (isRecord(item))
      for (const key in item) {
        const value = item[key]
        if (typeof value === 'string' && value.startsWith(MARK))
          item[key] = places[Number(value.slice(MARK.length))]?.told?.value
      }
  return list
}

/**
 * The JSON of a whole answer; undefined for what is none: another type, no UTF-8, cut off, or too deep. `known`: objects within the
 * items of a list that were told before, byte for byte, are the same ones again, so nobody may change them.
 */
export const parseJson = (headers: Headers, body: Buffer, known?: Known): unknown => {
  if (!saysJson(headers)) return undefined
  const places = placesIn(body, DEEPEST, body[0] === LIST ? known : undefined)
  if (!places) return undefined
  try {
    return places.length === 0 ? read(body) : readAround(body, places)
  } catch {
    return undefined
  }
}
