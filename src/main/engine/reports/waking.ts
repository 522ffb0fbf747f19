import type { Context } from '../context.ts'
import { nextWake, wakeDue } from './snooze.ts'

/** Longest wait at once: computers sleep, and timers do not notice. */
const LONGEST_MS = 600_000

/** Brings snoozed reports back when their time has come; `look` tells it that something else may be next. */
export type Waking = { look(): void }

/** Makes the one that waits; `fault` hears what went wrong. */
export const makeWaking = (
  { gate, clock, stop }: Pick<Context, 'gate' | 'clock' | 'stop'>,
  fault: (error: unknown) => void,
): Waking => {
  let cancel = () => {}
  const look = () => {
    cancel()
    if (stop.aborted) return
    try {
      const now = clock.now()
      const due = gate.read(nextWake)
      if (due !== null && due <= now) gate.write(['reports'], db => wakeDue(db, now))
      const next = gate.read(nextWake)
      if (next !== null) cancel = clock.after(Math.min(LONGEST_MS, next - now), look)
    } catch (error) {
      fault(error)
    }
  }
  stop.addEventListener('abort', () => cancel())
  return { look }
}
