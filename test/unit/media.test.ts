import { expect, test } from 'vitest'
import { formatOf } from '../../src/main/engine/media/format.ts'
import { originsFor } from '../../src/main/engine/media/origin.ts'

const be16 = (value: number) => [value >> 8, value & 255]
const be32 = (value: number) => [...be16(value >>> 16), ...be16(value & 0xffff)]
const le16 = (value: number) => be16(value).reverse()
const text = (words: string) => [...Buffer.from(words, 'latin1')]
const file = (...parts: (readonly number[])[]) => new Uint8Array(parts.flat().concat(Array(16).fill(0)))

const size = { width: 1080, height: 2340 }
const pixels = size.width * size.height

test.for([
  ['png', file(text('\x89PNG\r\n\x1a\n'), be32(13), text('IHDR'), be32(1080), be32(2340)), 'image/png', pixels],
  [
    'jpeg with a segment before its frame',
    file([0xff, 0xd8, 0xff, 0xe0], be16(4), [1, 2, 0xff, 0xff, 0xc2], be16(11), [8], be16(2340), be16(1080)),
    'image/jpeg',
    pixels,
  ],
  ['gif', file(text('GIF89a'), le16(1080), le16(2340)), 'image/gif', pixels],
  [
    'webp, extended',
    file(text('RIFF'), be32(0), text('WEBPVP8X'), be32(0), be32(0), [0x37, 4, 0, 0x23, 9, 0]),
    'image/webp',
    pixels,
  ],
  [
    'webp, lossy',
    file(text('RIFF'), be32(0), text('WEBPVP8 '), be32(0), Array(6).fill(0), le16(1080), le16(2340)),
    'image/webp',
    pixels,
  ],
  [
    'webp, lossless',
    file(
      text('RIFF'),
      be32(0),
      text('WEBPVP8L'),
      be32(0),
      [0x2f],
      [...be32((1080 - 1) | ((2340 - 1) << 14))].reverse(),
    ),
    'image/webp',
    pixels,
  ],
  [
    'avif',
    file(
      be32(24),
      text('ftypavif'),
      be32(0),
      text('avifmif1'),
      be32(20),
      text('ispe'),
      be32(0),
      be32(1080),
      be32(2340),
    ),
    'image/avif',
    pixels,
  ],
  [
    'avif whose first brand is the general one',
    file(be32(24), text('ftypmif1'), be32(0), text('avifmiaf')),
    'image/avif',
    null,
  ],
  ['mp4', file(be32(24), text('ftypisom'), be32(0), text('isomavc1')), 'video/mp4', null],
  ['webm', file([0x1a, 0x45, 0xdf, 0xa3], be32(0), be32(0), be32(0)), 'video/webm', null],
  ['ogg', file(text('OggS'), be32(0), be32(0), be32(0)), 'audio/ogg', null],
  ['mp3 with a head', file(text('ID3'), be32(0), be32(0), be32(0), be32(0)), 'audio/mpeg', null],
  ['mp3 without', file([0xff, 0xfb, 0x90, 0], be32(0), be32(0), be32(0)), 'audio/mpeg', null],
] as const)('told by its bytes: %s', ([, bytes, format, many]) => {
  expect(formatOf(bytes)).toEqual({ format, pixels: many })
})

const jpegHead = [0xff, 0xd8, 0xff]
const bomb = 65_535 * 65_535
const box = (kind: string, ...parts: (readonly number[])[]) => {
  const inside = parts.flat()
  return [...be32(8 + inside.length), ...text(kind), ...inside]
}
const avif = (...parts: (readonly number[])[]) => file(box('ftyp', text('avif'), be32(0), text('avifmif1')), ...parts)
const ispe = box('ispe', be32(0), be32(65_535), be32(65_535))
const frame = [0x2c, ...le16(0), ...le16(0), ...le16(65_535), ...le16(65_535), 0, 2, 1, 0, 0]

test.for([
  [
    'a jpeg behind a mark without length',
    file(jpegHead, [0xd0, 0xff, 0xc0], be16(11), [8], be16(65_535), be16(65_535)),
    bomb,
  ],
  ['a jpeg behind the other one', file(jpegHead, [0x01, 0xff, 0xc0], be16(11), [8], be16(65_535), be16(65_535)), bomb],
  ['a gif whose frame is larger than its screen', file(text('GIF89a'), le16(1), le16(1), [0, 0, 0], frame), bomb],
  [
    'a gif behind colours and a comment',
    file(text('GIF89a'), le16(1), le16(1), [0x80, 0, 0], [1, 2, 3, 4, 5, 6], [0x21, 0xfe, 2, 65, 66, 0], frame),
    bomb,
  ],
  ['a gif that goes on with what is none', file(text('GIF89a'), le16(1), le16(1), [0, 0, 0], [0x55], frame), null],
  [
    'an avif behind ten thousand empty bytes',
    avif(box('free', Array(10_000).fill(0)), box('meta', be32(0), box('iprp', box('ipco', ispe)))),
    bomb,
  ],
  [
    'an avif whose tracks are large',
    avif(box('moov', box('trak', box('tkhd', Array(76).fill(0), be32(0xffff0000), be32(0xffff0000))))),
    bomb,
  ],
  ['an avif whose box goes nowhere', avif(be32(3), text('meta'), ispe), null],
] as const)('as large as it is drawn: %s', ([, bytes, many]) => {
  expect(formatOf(bytes)?.pixels).toBe(many)
})

test.for([
  ['a page', text('<!doctype html><p>hello there')],
  ['a drawing', text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">')],
  ['heic', [...be32(24), ...text('ftypheic'), ...be32(0), ...text('mif1heic')]],
  ['pdf', text('%PDF-1.7 with more words')],
  ['a zip', text('PK\x03\x04 and more than sixteen')],
  ['nothing', []],
  ['a start alone', text('GIF8')],
] as const)('not shown: %s', ([, bytes]) => {
  expect(formatOf(new Uint8Array(bytes))).toBeUndefined()
})

test('a picture cut anywhere is told or refused, never a fault', () => {
  const whole = file([0xff, 0xd8, 0xff, 0xe0], be16(4), [1, 2, 0xff, 0xc0], be16(11), [8], be16(9), be16(9))
  for (let length = 0; length < whole.length; length++) expect(() => formatOf(whole.subarray(0, length))).not.toThrow()
})

const home = 'https://lindenhof.example'
const reasonOf = (run: () => unknown) => {
  try {
    return run()
  } catch (error) {
    return error instanceof Error && 'detail' in error ? (error.detail as { reason: string }).reason : error
  }
}

test('media is asked of its own server, and of one agreed host', () => {
  expect(originsFor(`${home}/system/a.png`, 'https://far.example/a.png', home, undefined)).toEqual([home])
  const files = 'https://files.lindenhof.example/a.png'
  expect(reasonOf(() => originsFor(files, null, home, undefined))).toBe('failure.media-host')
  expect(originsFor(files, null, home, 'https://files.lindenhof.example')).toEqual([
    home,
    'https://files.lindenhof.example',
  ])
  expect(reasonOf(() => originsFor(files, null, home, 'https://cdn.example'))).toBe('failure.media-other-host')
})

test.for([
  ['where its author has it', 'https://far.example/a.png', 'https://far.example/a.png'],
  ['this computer', 'https://localhost/a.png', null],
  ['this computer, with a dot', 'https://localhost.:8443/a.png', null],
  ['a place within, with a dot', 'https://cam.lan./a.png', null],
  ['an address', 'https://10.0.0.1/a.png', null],
  ['an address of six', 'https://[::1]/a.png', null],
  ['a name within a house', 'https://nas.local/a.png', null],
  ['a name without a dot', 'https://intranet/a.png', null],
  ['someone’s name in it', 'https://files.example@evil.example/a.png', null],
  ['no encryption', 'http://files.lindenhof.example/a.png', null],
  ['another scheme', 'file:///etc/passwd', null],
] as const)('never asked: %s', ([, address, remote]) => {
  expect(reasonOf(() => originsFor(address, remote, home, new URL(address).origin))).toMatch(/^failure\./)
  expect(reasonOf(() => originsFor(address, remote, home, undefined))).not.toBe('failure.media-host')
})
