import type { MediaFormat } from '../../../shared/contract/media.ts'

/** What a file is by its first bytes, and how many pixels it claims where that can be told. */
export type Told = { format: MediaFormat; pixels: number | null }

const text = (bytes: Uint8Array, from: number, length: number) =>
  String.fromCharCode(...bytes.subarray(from, from + length))

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** The frame header of a JPEG, behind however many segments. */
const jpegPixels = (bytes: Uint8Array): number | null => {
  const view = viewOf(bytes)
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    // What stands alone has no length: a place to begin again, or nothing (TEM, RST0 to RST7).
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7)
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** The largest of a GIF's screen and its frames, each of which may be larger than the screen; null where it cannot be followed to its end. */
const gifPixels = (bytes: Uint8Array): number | null => {
  const view = viewOf(bytes)
  const colours = (at: number) => ((bytes[at] ?? 0) & 0x80 ? 3 << (((bytes[at] ?? 0) & 7) + 1) : 0)
  /** Behind a row of blocks that each say how long they are, and end with an empty one. */
  const behindBlocks = (from: number) => {
    let at = from
    while ((bytes[at] ?? 0) !== 0) at += 1 + (bytes[at] ?? 0)
    return at + 1
  }
  let most = view.getUint16(6, true) * view.getUint16(8, true)
  for (let at = 13 + colours(10); at < bytes.length; ) {
    // Some programs leave empty bytes between two parts.
    if (bytes[at] === 0) at++
    else if (bytes[at] === 0x21) at = behindBlocks(at + 2)
    else if (bytes[at] === 0x2c && at + 10 <= bytes.length) {
      const [left, top] = [view.getUint16(at + 1, true), view.getUint16(at + 3, true)]
      most = Math.max(most, (left + view.getUint16(at + 5, true)) * (top + view.getUint16(at + 7, true)))
      at = behindBlocks(at + 11 + colours(at + 9))
    } else return bytes[at] === 0x3b ? most : null
  }
  // Cut off behind a whole frame: browsers draw what is there.
  return most
}

const webpPixels = (bytes: Uint8Array): number | null => {
  const view = viewOf(bytes)
  if (bytes.length < 30) return null
  const kind = text(bytes, 12, 4)
  if (kind === 'VP8X') {
    const side = (at: number) => 1 + (view.getUint16(at, true) | ((bytes[at + 2] ?? 0) << 16))
    return side(24) * side(27)
  }
  if (kind === 'VP8 ') return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff)
  if (kind !== 'VP8L') return null
  const packed = view.getUint32(21, true)
  return ((packed & 0x3fff) + 1) * (((packed >>> 14) & 0x3fff) + 1)
}

/** Boxes of an AVIF that hold others, and how many bytes of their own stand before those. */
const holders: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0, moov: 0, trak: 0 }
const DEEPEST = 5

/** The largest of the image sizes in an AVIF: of its pictures (`ispe`) and its tracks (`tkhd`), wherever its boxes have them. */
const avifPixels = (bytes: Uint8Array): number | null => {
  const view = viewOf(bytes)
  const within = (from: number, to: number, depth: number): number | null => {
    let most: number | null = null
    const take = (pixels: number | null) => {
      if (pixels !== null) most = Math.max(most ?? 0, pixels)
    }
    for (let at = from; at + 8 <= to; ) {
      const [size, kind] = [view.getUint32(at), text(bytes, at + 4, 4)]
      // One that says 0 goes to the end, one that says 1 has its length behind its name.
      const long = size === 1 && at + 16 <= to ? Number(view.getBigUint64(at + 8)) : null
      const head = long === null ? 8 : 16
      const end = size === 0 ? to : at + (long ?? size)
      if (end < at + head || end > to) return most
      if (kind === 'ispe' && at + head + 12 <= end) take(view.getUint32(at + head + 4) * view.getUint32(at + head + 8))
      // Fixed-point numbers, in the last eight bytes.
      if (kind === 'tkhd' && end - 8 >= at + head) take(view.getUint16(end - 8) * view.getUint16(end - 4))
      const own = Object.hasOwn(holders, kind) ? holders[kind] : undefined
      if (own !== undefined && depth < DEEPEST) take(within(at + head + own, end, depth + 1))
      at = end
    }
    return most
  }
  return within(0, bytes.length, 0)
}

const isMp3 = (bytes: Uint8Array) =>
  text(bytes, 0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)

/** Tells a file by its first bytes; nothing for what is not on the list, such as SVG, HTML or PDF, whatever it is called. */
export const formatOf = (bytes: Uint8Array): Told | undefined => {
  if (bytes.length < 16) return undefined
  const view = viewOf(bytes)
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n')
    return { format: 'image/png', pixels: bytes.length < 24 ? null : view.getUint32(16) * view.getUint32(20) }
  if (text(bytes, 0, 3) === '\xff\xd8\xff') return { format: 'image/jpeg', pixels: jpegPixels(bytes) }
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP')
    return { format: 'image/webp', pixels: webpPixels(bytes) }
  if (text(bytes, 0, 6) === 'GIF87a' || text(bytes, 0, 6) === 'GIF89a')
    return { format: 'image/gif', pixels: gifPixels(bytes) }
  if (text(bytes, 4, 4) === 'ftyp') {
    const brands = text(bytes, 8, Math.min(64, Math.max(4, view.getUint32(0) - 8)))
    if (/avi[fs]/.test(brands)) return { format: 'image/avif', pixels: avifPixels(bytes) }
    return /^(hei|hev|mif1|msf1)/.test(brands) ? undefined : { format: 'video/mp4', pixels: null }
  }
  if (view.getUint32(0) === 0x1a45dfa3) return { format: 'video/webm', pixels: null }
  if (text(bytes, 0, 4) === 'OggS') return { format: 'audio/ogg', pixels: null }
  return isMp3(bytes) ? { format: 'audio/mpeg', pixels: null } : undefined
}
