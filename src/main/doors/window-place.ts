import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** Where the window stood when it was last put away, and whether it filled its screen; then the rest is what it goes back to. */
const Place = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximised: z.boolean(),
})
export type Place = z.infer<typeof Place>

/** A part of the desk that screens make up: the whole of a window, or what a screen leaves to windows. */
export type Area = Pick<Place, 'x' | 'y' | 'width' | 'height'>

/** How the window is made. Without a place the system puts it in the middle of the main screen. */
export type Placed = Partial<Pick<Area, 'x' | 'y'>> &
  Pick<Area, 'width' | 'height'> & { minWidth: number; minHeight: number; maximised: boolean }

const FIRST = { width: 1440, height: 900 }
const LEAST = { width: 1024, height: 700 }

const between = (least: number, value: number, most: number) => Math.max(least, Math.min(value, most))
const common = (from: number, length: number, other: number, otherLength: number) =>
  Math.max(0, Math.min(from + length, other + otherLength) - Math.max(from, other))
const overlap = (a: Area, b: Area) => common(a.x, a.width, b.x, b.width) * common(a.y, a.height, b.y, b.height)

/**
 * Fits a window to the screens that there are now, the main one first: whole on the one that holds most of it, and in the middle of the
 * main one where its own is gone. No screen is too small for it: then the screen is its least size.
 */
export const placeWindow = (kept: Place | undefined, screens: readonly Area[]): Placed => {
  const shared = (screen: Area) => (kept ? overlap(kept, screen) : 0)
  const [screen = { x: 0, y: 0, ...FIRST }] = screens.toSorted((a, b) => shared(b) - shared(a))
  const { width, height } = kept ?? FIRST
  const [minWidth, minHeight] = [Math.min(LEAST.width, screen.width), Math.min(LEAST.height, screen.height)]
  const size = { width: between(minWidth, width, screen.width), height: between(minHeight, height, screen.height) }
  const rest = { ...size, minWidth, minHeight, maximised: kept?.maximised ?? false }
  if (!kept || shared(screen) === 0) return rest
  return {
    x: between(screen.x, kept.x, screen.x + screen.width - size.width),
    y: between(screen.y, kept.y, screen.y + screen.height - size.height),
    ...rest,
  }
}

/** What was kept; nothing where nothing was, or where it cannot be read: it is worth no word to anybody. */
export const readPlace = (file: string): Place | undefined => {
  try {
    return Place.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Keeps it for the next start. A disk that takes no more is told of where it matters. */
export const keepPlace = (file: string, { x, y, width, height }: Area, maximised: boolean): void => {
  try {
    writeFileSync(file, JSON.stringify({ x, y, width, height, maximised }), { mode: 0o600 })
  } catch {}
}
