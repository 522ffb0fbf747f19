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
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7)
    at += 2 + view.getUint16(at + 2)
  }
  return null
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

/** The largest of the image sizes (`ispe`) in an AVIF's head. */
const avifPixels = (bytes: Uint8Array): number | null => {
  const view = viewOf(bytes)
  let most: number | null = null
  for (let at = 0; at + 16 < Math.min(bytes.length, 8192); at++)
    if (text(bytes, at, 4) === 'ispe') most = Math.max(most ?? 0, view.getUint32(at + 8) * view.getUint32(at + 12))
  return most
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
    return { format: 'image/gif', pixels: view.getUint16(6, true) * view.getUint16(8, true) }
  if (text(bytes, 4, 4) === 'ftyp') {
    const brands = text(bytes, 8, Math.min(64, Math.max(4, view.getUint32(0) - 8)))
    if (/avi[fs]/.test(brands)) return { format: 'image/avif', pixels: avifPixels(bytes) }
    return /^(hei|hev|mif1|msf1)/.test(brands) ? undefined : { format: 'video/mp4', pixels: null }
  }
  if (view.getUint32(0) === 0x1a45dfa3) return { format: 'video/webm', pixels: null }
  if (text(bytes, 0, 4) === 'OggS') return { format: 'audio/ogg', pixels: null }
  return isMp3(bytes) ? { format: 'audio/mpeg', pixels: null } : undefined
}
