/** The pictures of the story, drawn from a number: landscapes, screenshots, posters, curves, portraits, and moving dots. */
import { Dice } from '../dice.ts'
import { type Colour, png } from './png.ts'
import { mp4 } from './video.ts'

/** Kinds of picture that stand still. */
export type Still = 'photo' | 'screenshot' | 'poster' | 'chart'

const mix = (a: Colour, b: Colour, part: number): Colour => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
  a[2] + (b[2] - a[2]) * part,
]

const tint = (dice: Dice, low: number, high: number): Colour => [
  dice.whole(low, high),
  dice.whole(low, high),
  dice.whole(low, high),
]

/** Hills under a sky, with a sun. */
function landscape(dice: Dice, width: number, height: number): (x: number, y: number) => Colour {
  const [sky, haze, hill] = [tint(dice, 120, 230), tint(dice, 190, 250), tint(dice, 30, 120)]
  const [wave, lift, sunX, sunY] = [dice.whole(2, 6), dice.next(), dice.next() * width, dice.next() * height * 0.4]
  return (x, y) => {
    for (const layer of [2, 1, 0]) {
      const ridge = height * (0.5 + 0.14 * layer + 0.08 * Math.sin((x / width) * wave * (layer + 1) + lift * 9 + layer))
      if (y > ridge) return mix(hill, haze, (2 - layer) * 0.28)
    }
    if (Math.hypot(x - sunX, y - sunY) < height / 12) return [255, 240, 200]
    return mix(sky, haze, y / height)
  }
}

/** Lines of bars on paper: text that nobody can read. */
function page(dice: Dice, width: number, height: number): (x: number, y: number) => Colour {
  const line = Math.max(10, Math.round(height / 40))
  const ends = Array.from({ length: Math.ceil(height / line) }, () => (dice.chance(0.15) ? 0 : 0.3 + dice.next() * 0.6))
  const [paper, ink] = [tint(dice, 235, 252), tint(dice, 60, 130)]
  return (x, y) => {
    const row = Math.floor(y / line)
    const inside = y % line < line * 0.55 && x > width * 0.08 && x < width * (0.08 + (ends[row] ?? 0) * 0.9)
    // Words of uneven length: a gap wherever the hash of row and place says so.
    const place = Math.floor((x * 90) / width)
    const gap = ((Math.imul(place, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b)) >>> 0) % 6 === 0
    return inside && !gap ? ink : paper
  }
}

function stripes(dice: Dice, width: number, height: number): (x: number, y: number) => Colour {
  const [ground, bar, round] = [tint(dice, 200, 250), tint(dice, 60, 200), tint(dice, 20, 160)]
  const [slant, radius] = [dice.whole(20, 60), height * (0.18 + dice.next() * 0.12)]
  return (x, y) => {
    if (Math.hypot(x - width / 2, y - height * 0.42) < radius) return round
    return Math.floor((x + y) / slant) % 3 === 0 ? bar : ground
  }
}

function curve(dice: Dice, width: number, height: number): (x: number, y: number) => Colour {
  const [start, drop, phase] = [0.25 + dice.next() * 0.2, 0.3 * dice.next(), dice.next() * 6]
  return (x, y) => {
    const level = height * (start + (drop * x) / width + 0.03 * Math.sin((x / width) * 9 + phase))
    if (Math.abs(y - level) < 2) return [20, 70, 160]
    if (y > level) return [214, 228, 245]
    return x % Math.round(width / 8) === 0 || y % Math.round(height / 5) === 0 ? [225, 225, 225] : [252, 252, 252]
  }
}

const painters = { photo: landscape, screenshot: page, poster: stripes, chart: curve }

/** A still picture of this kind; the same number draws the same picture. */
export function still(kind: Still, number: number, width: number, height: number): Uint8Array {
  return png(width, height, painters[kind](new Dice(number, kind), width, height))
}

/** A portrait of five by five squares, left and right alike. */
export function portrait(number: number, size: number): Uint8Array {
  const dice = new Dice(number, 'portrait')
  const [ground, figure] = [tint(dice, 205, 245), tint(dice, 40, 170)]
  const squares = Array.from({ length: 15 }, () => dice.chance(0.5))
  return png(size, size, (x, y) => {
    const column = Math.floor((x * 5) / size)
    const row = Math.floor((y * 5) / size)
    return squares[row * 3 + Math.min(column, 4 - column)] ? figure : ground
  })
}

/** A custom emoji: a dot with a ring, in its own colours. */
export function badge(number: number, size: number): Uint8Array {
  const dice = new Dice(number, 'badge')
  const [inner, outer] = [tint(dice, 40, 200), tint(dice, 120, 250)]
  return png(size, size, (x, y) => {
    const far = Math.hypot(x - size / 2 + 0.5, y - size / 2 + 0.5) / size
    return far < 0.28 ? inner : far < 0.46 ? outer : [255, 255, 255]
  })
}

/** Dots that hop across a field: two seconds for a loop, three for a video; an MP4. */
export function moving(kind: 'loop' | 'video', number: number): Uint8Array {
  const dice = new Dice(number, kind)
  const [width, height, frames, count] = kind === 'loop' ? [96, 64, 16, 13] : [128, 96, 24, 3]
  const [cb, cr] = [dice.whole(70, 130), dice.whole(90, 150)]
  const dots = Array.from({ length: count }, (_, i) => ({
    x: dice.next() * width,
    y: height * (0.35 + 0.6 * dice.next()),
    speed: i === 8 ? -2 : 2 + dice.next(),
    beat: dice.next() * 6,
  }))
  return mp4(width, height, frames, 8, (x, y, frame) => {
    for (const dot of dots) {
      const across = (((dot.x + dot.speed * frame) % width) + width) % width
      const up = dot.y - Math.abs(Math.sin(frame / 2 + dot.beat)) * 8
      if (Math.hypot(x - across, y - up) < (kind === 'loop' ? 3 : 11)) return [225, 120, 140]
    }
    return [70 + (y * 90) / height, cb, cr]
  })
}
