import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Area, keepPlace, type Place, placeWindow, readPlace } from '../../../src/main/doors/window-place.ts'
import { tempFolder } from '../../engine/ground.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
/** To the left of the laptop, higher than its upper edge. */
const large = { x: -2560, y: -300, width: 2560, height: 1440 }
const kept = (x: number, y: number, width: number, height: number, maximised = false): Place => ({
  x,
  y,
  width,
  height,
  maximised,
})

test('at first: as large as it is drawn for, and never larger than the screen', () => {
  const least = { minWidth: 1024, minHeight: 700, maximised: false }
  expect(placeWindow(undefined, [large])).toEqual({ width: 1440, height: 900, ...least })
  expect(placeWindow(undefined, [laptop])).toEqual({ width: 1440, height: 875, ...least })
  expect(placeWindow(undefined, [laptop, large]), 'the main screen, not the largest').toMatchObject({ height: 875 })
  expect(placeWindow(undefined, []), 'a system that knows no screen').toEqual({ width: 1440, height: 900, ...least })
})

test('again where it was, on the screen that it was on', () => {
  expect(placeWindow(kept(-2000, 40, 1200, 800), [laptop, large])).toEqual({
    x: -2000,
    y: 40,
    width: 1200,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    maximised: false,
  })
  expect(placeWindow(kept(100, 100, 1100, 720, true), [laptop])).toMatchObject({ x: 100, y: 100, maximised: true })
})

test('its screen was unplugged: in the middle of the main one, and no larger than that', () => {
  const placed = placeWindow(kept(-2500, -200, 2400, 1300, true), [laptop])
  expect(placed).toEqual({ width: 1440, height: 875, minWidth: 1024, minHeight: 700, maximised: true })
})

test('partly outside: moved in whole, by as little as that takes', () => {
  expect(placeWindow(kept(900, 500, 1100, 720), [laptop])).toMatchObject({ x: 340, y: 180, width: 1100, height: 720 })
  expect(placeWindow(kept(-10, 0, 1100, 720), [laptop]), 'its bar under the system’s').toMatchObject({ x: 0, y: 25 })
  expect(placeWindow(kept(-400, 30, 1100, 720), [laptop, large]), 'most of it is on the right').toMatchObject({ x: 0 })
})

test('never smaller than 1024 × 700, but for a screen that is: the least size is one that can be had', () => {
  expect(placeWindow(kept(50, 50, 300, 200), [laptop])).toMatchObject({ width: 1024, height: 700 })
  const small = { x: 0, y: 0, width: 911, height: 480 }
  expect(placeWindow(kept(50, 50, 1200, 800), [small])).toEqual({
    x: 0,
    y: 0,
    width: 911,
    height: 480,
    minWidth: 911,
    minHeight: 480,
    maximised: false,
  })
})

test('whatever was kept and whatever screens there are, it lies whole on one of them', () => {
  const side = fc.integer({ min: 320, max: 8_000 })
  const at = fc.integer({ min: -20_000, max: 20_000 })
  const screens = fc.array(fc.record({ x: at, y: at, width: side, height: side }), { minLength: 1, maxLength: 4 })
  const any = fc.maxSafeInteger()
  const place = fc.record({ x: any, y: any, width: fc.nat(), height: fc.nat(), maximised: fc.boolean() })
  const within = (a: Area, b: Area) =>
    a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height
  fc.assert(
    fc.property(
      fc.oneof(place, fc.record({ x: at, y: at, width: side, height: side, maximised: fc.boolean() })),
      screens,
      (was, all) => {
        const { x, y, width, height, minWidth, minHeight } = placeWindow(was, all)
        expect([width >= minWidth, height >= minHeight]).toEqual([true, true])
        const [main = laptop] = all
        const area = { x: x ?? main.x, y: y ?? main.y, width, height }
        expect(all.some(screen => within(area, screen))).toBe(true)
      },
    ),
    { numRuns: 1000, seed: 1 },
  )
})

test('it is kept for this user alone, and a file that says something else counts as none', () => {
  using folder = tempFolder()
  const file = join(folder.path, 'window.json')
  expect(readPlace(file)).toBeUndefined()
  keepPlace(file, { x: -5, y: 6, width: 1100, height: 720 }, true)
  expect(readPlace(file)).toEqual(kept(-5, 6, 1100, 720, true))
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  const whole = readFileSync(file, 'utf8')
  const spoilt = [
    '',
    whole.slice(0, -5),
    'null',
    '[]',
    '{}',
    '"x"',
    whole.replace('1100', '-1100'),
    whole.replace('1100', '0'),
    whole.replace('1100', '1100.5'),
    whole.replace('1100', '1e999'),
    whole.replace('1100', '"1100"'),
    whole.replace('true', '1'),
    '\u0000'.repeat(100),
  ]
  for (const text of spoilt) {
    writeFileSync(file, text)
    expect([text, readPlace(file)]).toEqual([text, undefined])
  }
  keepPlace(file, { x: 0, y: 0, width: 1024, height: 700 }, false)
  expect(readPlace(file), 'and is written over').toEqual(kept(0, 0, 1024, 700))
  const taken = join(folder.path, 'taken')
  mkdirSync(taken)
  expect(() => keepPlace(taken, laptop, false)).not.toThrow()
  expect(readPlace(taken)).toBeUndefined()
})
