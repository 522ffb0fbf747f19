import type { Clock } from '../../../../shared/clock.ts'
import type { Engine } from '../../../../shared/contract/index.ts'
import { type ListLine, reports } from '../../../../shared/contract/reports.ts'
import { paced } from '../../client/paced.ts'
import { shared } from '../../client/shared.ts'
import { SLICE } from './queue.ts'

/** How many slices are kept: what is far from the eye is forgotten. */
const KEPT = 100
/** Slices on their way at once: what one scrolls past meanwhile is not read at all. */
const AT_ONCE = 2

/** The slices that the lines `from` … `to` lie in. */
export const slicesOf = (from: number, to: number, count: number): number[] => {
  if (count === 0 || to < 0 || from >= count) return []
  const first = Math.floor(Math.max(0, from) / SLICE)
  const last = Math.floor(Math.min(to, count - 1) / SLICE)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** The last number not above `limit` in a rising list. */
export const lastUpTo = (rising: readonly number[], limit: number): number | undefined => {
  let [low, high] = [0, rising.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rising[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return rising[low - 1]
}

type Caller = Pick<Engine, 'call' | 'watch'>
type Opened = { list: string; lines: number }

/**
 * The lines of one opened list, read in slices where the eye is. A change reads the slices in view again and lets the others be read
 * when they come into view. `onFailure` hears what the last read gave instead of lines.
 */
export const readLines = (
  engine: Caller,
  clock: Clock,
  { list, lines: count }: Opened,
  onFailure: (error: unknown) => void,
) => {
  const slices = new Map<number, readonly ListLine[]>()
  const fresh = new Set<number>()
  const reading = new Map<number, Promise<void>>()
  const listeners = new Set<() => void>()
  const abort = new AbortController()
  let heads: number[] = []
  let eye = { from: 0, to: -1 }
  let inView: number[] = []
  let version = 0

  const keep = (slice: number, answer: readonly ListLine[]) => {
    const before = slices.get(slice)
    const lines = shared(before, answer)
    slices.delete(slice)
    slices.set(slice, lines)
    if (lines === before) return
    for (const old of slices.keys()) {
      if (slices.size <= KEPT) break
      if (!inView.includes(old)) slices.delete(old)
    }
    heads = [...slices.values()].flat().flatMap(line => (line.line === 'group' ? [line.index] : []))
    heads.sort((a, b) => a - b)
    version++
    for (const listener of listeners) listener()
  }
  const read = (slice: number, later?: true) => {
    const from = slice * SLICE
    const underway = reading.get(slice)
    if (underway !== undefined) return underway
    fresh.add(slice)
    const read = engine
      .call('reports.lines', { list, from, count: Math.min(SLICE, count - from) }, { signal: abort.signal, later })
      .then(
        answer => {
          reading.delete(slice)
          keep(slice, answer.lines)
          readInView()
        },
        // Not at once again: a change, a scroll or a new connection asks anew.
        error => {
          reading.delete(slice)
          fresh.delete(slice)
          if (!abort.signal.aborted) onFailure(error)
        },
      )
    reading.set(slice, read)
    return read
  }
  const readInView = () => {
    for (const slice of inView) if (reading.size < AT_ONCE && !fresh.has(slice)) void read(slice)
  }
  const again = paced(clock, async () => {
    await Promise.all(reading.values())
    fresh.clear()
    await Promise.all(inView.map(slice => read(slice, true)))
  })
  const unwatch = engine.watch(reports['reports.lines'].topics, again.ask)
  const at = (index: number) => slices.get(Math.floor(index / SLICE))?.[index % SLICE]

  return {
    count,
    at,
    /** The place of the head above a line, where everything between is known. */
    headAbove: (index: number) => {
      const head = lastUpTo(heads, index)
      if (head === undefined) return undefined
      return slicesOf(head, index, count).every(slice => slices.has(slice)) ? head : undefined
    },
    /** Names what is in view; what is not fresh there is read. */
    show: (from: number, to: number) => {
      eye = { from, to }
      inView = slicesOf(from, to, count)
      readInView()
    },
    inView: () => eye,
    /** Reads these lines before they are in view. */
    read: async (from: number, to: number) => {
      await Promise.all(slicesOf(from, to, count).map(slice => read(slice)))
    },
    /** A line, read first where it is not known. */
    find: async (index: number) => {
      if (!at(index)) await read(Math.floor(index / SLICE))
      return at(index)
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    version: () => version,
    stop: () => {
      abort.abort()
      again.stop()
      unwatch()
    },
  }
}
export type Lines = ReturnType<typeof readLines>
