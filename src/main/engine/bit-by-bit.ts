import type { Clock } from '../../shared/clock.ts'

/**
 * Long work in small bits with pauses between them, so that whoever sits at the desk does not notice. Answers what begins it, or begins it
 * again: it goes on while `bit` says that there is more, until the engine closes or it fails; `fault` then hears why.
 */
export const bitByBit = (
  { clock, stop, fault, pauseMs }: { clock: Clock; stop: AbortSignal; fault(error: unknown): void; pauseMs: number },
  bit: () => boolean,
): (() => void) => {
  let waits = false
  const soon = () => {
    if (waits || stop.aborted) return
    waits = true
    clock.after(pauseMs, next)
  }
  const next = () => {
    waits = false
    if (stop.aborted) return
    try {
      if (bit()) soon()
    } catch (error) {
      fault(error)
    }
  }
  return soon
}
