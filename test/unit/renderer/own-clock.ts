import type { Clock } from '../../../src/shared/clock.ts'

/** A clock that stands still until it is advanced. */
export const ownClock = (): Clock & { advance(ms: number): void } => {
  let time = 0
  const waiting = new Set<{ at: number; run: () => void }>()
  const due = (until: number) => [...waiting].filter(each => each.at <= until).toSorted((a, b) => a.at - b.at)[0]
  return {
    now: () => time,
    after: (ms, run) => {
      const entry = { at: time + ms, run }
      waiting.add(entry)
      return () => void waiting.delete(entry)
    },
    advance: ms => {
      const until = time + ms
      for (let next = due(until); next; next = due(until)) {
        waiting.delete(next)
        time = next.at
        next.run()
      }
      time = until
    },
  }
}
