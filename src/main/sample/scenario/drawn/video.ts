/**
 * A tiny but true video: H.264 in MP4, written by hand. Every macroblock is I_PCM (raw samples), so there is nothing to compress
 * and the whole encoder is a bit writer; any player shows it.
 */

/** One frame's brightness and colour at a pixel: Y, Cb, Cr, each 0 to 255. */
export type Shade = (x: number, y: number, frame: number) => readonly [y: number, cb: number, cr: number]

class Bits {
  private readonly bytes: number[] = []
  private current = 0
  private filled = 0

  bit(value: number): void {
    this.current = (this.current << 1) | (value & 1)
    this.filled += 1
    if (this.filled === 8) {
      this.bytes.push(this.current)
      this.current = 0
      this.filled = 0
    }
  }

  fixed(value: number, width: number): void {
    for (let i = width - 1; i >= 0; i -= 1) this.bit((value >>> i) & 1)
  }

  /** Exponential-Golomb code. */
  golomb(value: number): void {
    const width = 32 - Math.clz32(value + 1)
    this.fixed(0, width - 1)
    this.fixed(value + 1, width)
  }

  align(bit: number): void {
    while (this.filled !== 0) this.bit(bit)
  }

  byte(value: number): void {
    this.bytes.push(value)
  }

  /** Ends with the stop bit. */
  done(): number[] {
    this.bit(1)
    this.align(0)
    return this.bytes
  }
}

/** A NAL unit with its length before it; three bytes that would look like a start code get an escape. */
function nal(header: number, body: readonly number[]): number[] {
  const escaped = [header]
  let zeros = 0
  for (const byte of body) {
    if (zeros >= 2 && byte <= 3) {
      escaped.push(3)
      zeros = 0
    }
    escaped.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return escaped
}

function sequenceSet(columns: number, rows: number): number[] {
  const bits = new Bits()
  bits.fixed(66, 8) // baseline
  bits.fixed(0xc0, 8)
  bits.fixed(30, 8) // level 3
  bits.golomb(0) // id
  bits.golomb(0) // log2 max frame number - 4
  bits.golomb(2) // picture order = decoding order
  bits.golomb(0) // reference frames
  bits.bit(0)
  bits.golomb(columns - 1)
  bits.golomb(rows - 1)
  bits.bit(1) // frames only
  bits.bit(1) // direct 8x8
  bits.bit(0) // no cropping
  bits.bit(0) // no VUI
  return nal(0x67, bits.done())
}

function pictureSet(): number[] {
  const bits = new Bits()
  bits.golomb(0)
  bits.golomb(0)
  bits.bit(0) // CAVLC
  bits.bit(0)
  bits.golomb(0) // one slice group
  bits.golomb(0)
  bits.golomb(0)
  bits.bit(0)
  bits.fixed(0, 2)
  bits.golomb(0) // QP
  bits.golomb(0)
  bits.golomb(0)
  bits.bit(1) // deblocking control present
  bits.bit(0)
  bits.bit(0)
  return nal(0x68, bits.done())
}

function picture(columns: number, rows: number, frame: number, shade: Shade): number[] {
  const bits = new Bits()
  bits.golomb(0) // first macroblock
  bits.golomb(7) // I slice, all of them
  bits.golomb(0)
  bits.fixed(0, 4) // frame number of an IDR picture
  bits.golomb(frame % 2) // neighbours differ
  bits.bit(0)
  bits.bit(0)
  bits.golomb(0) // QP delta
  bits.golomb(1) // no deblocking
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      bits.golomb(25) // I_PCM
      bits.align(0)
      const [left, top] = [column * 16, row * 16]
      for (let y = 0; y < 16; y += 1) {
        for (let x = 0; x < 16; x += 1) bits.byte(sample(shade(left + x, top + y, frame)[0]))
      }
      for (const plane of [1, 2] as const) {
        for (let y = 0; y < 16; y += 2) {
          for (let x = 0; x < 16; x += 2) bits.byte(sample(shade(left + x, top + y, frame)[plane]))
        }
      }
    }
  }
  return nal(0x65, bits.done())
}

const sample = (value: number): number => Math.max(16, Math.min(235, Math.round(value)))
const u16 = (value: number): number[] => [(value >>> 8) & 255, value & 255]
const u32 = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const text = (word: string): number[] => [...word].map(letter => letter.charCodeAt(0))
const zeros = (count: number): number[] => new Array<number>(count).fill(0)
const matrix = [...u32(0x10000), ...zeros(12), ...u32(0x10000), ...zeros(12), ...u32(0x40000000)]

function box(kind: string, ...parts: readonly (readonly number[])[]): number[] {
  const body = parts.flat()
  return [...u32(body.length + 8), ...text(kind), ...body]
}

/** The table of contents of the file; `offset` is where the first frame begins. */
function contents(width: number, height: number, sizes: readonly number[], rate: number, offset: number): number[] {
  const [sps, pps] = [sequenceSet(width / 16, height / 16), pictureSet()]
  const length = sizes.length * 1000
  const scale = rate * 1000
  const avcC = box('avcC', [1, 66, 0xc0, 30, 0xff, 0xe1], u16(sps.length), sps, [1], u16(pps.length), pps)
  const avc1 = box(
    'avc1',
    zeros(6),
    u16(1),
    zeros(16),
    u16(width),
    u16(height),
    u32(0x480000),
    u32(0x480000),
    zeros(4),
    u16(1),
    zeros(32),
    u16(24),
    u16(0xffff),
    avcC,
  )
  const tables = box(
    'stbl',
    box('stsd', u32(0), u32(1), avc1),
    box('stts', u32(0), u32(1), u32(sizes.length), u32(1000)),
    box('stsc', u32(0), u32(1), u32(1), u32(sizes.length), u32(1)),
    box('stsz', u32(0), u32(0), u32(sizes.length), sizes.flatMap(u32)),
    box('stco', u32(0), u32(1), u32(offset)),
  )
  const media = box(
    'mdia',
    box('mdhd', u32(0), u32(0), u32(0), u32(scale), u32(length), u16(0x55c4), u16(0)),
    box('hdlr', u32(0), u32(0), text('vide'), zeros(12), text('Video'), [0]),
    box('minf', box('vmhd', u32(1), zeros(8)), box('dinf', box('dref', u32(0), u32(1), box('url ', u32(1)))), tables),
  )
  const header = box(
    'mvhd',
    u32(0),
    u32(0),
    u32(0),
    u32(scale),
    u32(length),
    u32(0x10000),
    u16(0x100),
    zeros(10),
    matrix,
    zeros(24),
    u32(2),
  )
  const track = box(
    'tkhd',
    u32(3),
    u32(0),
    u32(0),
    u32(1),
    u32(0),
    u32(length),
    zeros(8),
    u16(0),
    u16(0),
    u16(0),
    u16(0),
    matrix,
    u32(width << 16),
    u32(height << 16),
  )
  return box('moov', header, box('trak', track, media))
}

/** An MP4 of `frames` pictures at `rate` a second. Width and height are multiples of 16. */
export function mp4(width: number, height: number, frames: number, rate: number, shade: Shade): Uint8Array {
  const pictures = Array.from({ length: frames }, (_, frame) => picture(width / 16, height / 16, frame, shade))
  const sizes = pictures.map(one => one.length + 4)
  const head = box('ftyp', text('isom'), u32(512), text('isomiso2avc1mp41'))
  const place = contents(width, height, sizes, rate, 0).length + head.length + 8
  const body = sizes.reduce((sum, size) => sum + size, 0)
  const parts = [
    Uint8Array.from([...head, ...contents(width, height, sizes, rate, place), ...u32(body + 8), ...text('mdat')]),
    ...pictures.flatMap(one => [Uint8Array.from(u32(one.length)), Uint8Array.from(one)]),
  ]
  return new Uint8Array(Buffer.concat(parts))
}
