import type { Clock } from './clock.ts'

// Every world that this runs in has both; `shared` sees the types of none of them.
declare const setTimeout: (run: () => void, ms: number) => unknown
declare const clearTimeout: (timer: unknown) => void

const LONGEST_MS = 0x7fff_ffff

/** The clock of the computer. A wait longer than timers can hold ends early; who waits looks at `now` anyway. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), LONGEST_MS))
    return () => clearTimeout(timer)
  },
}
