/** How many wait; further ones are run at once. */
const MOST = 64

/**
 * Runs what nobody waits for, one at a time in the order given and each in a turn of its own, so that what came meanwhile goes before it.
 * `later` lets a turn pass.
 */
export const inTurns = (later: (run: () => void) => void) => {
  const waiting = new Map<number, () => void>()
  let isDue = false
  const next = () => {
    if (isDue || waiting.size === 0) return
    isDue = true
    later(turn)
  }
  const turn = () => {
    isDue = false
    for (const [id, run] of waiting) {
      waiting.delete(id)
      // Before it is run: it may end what waits here.
      next()
      return run()
    }
  }
  return {
    add: (id: number, run: () => void) => {
      if (waiting.size >= MOST) return run()
      waiting.set(id, run)
      next()
    },
    /** Runs one now, if it still waits. */
    hurry: (id: number) => {
      const run = waiting.get(id)
      waiting.delete(id)
      run?.()
    },
    has: (id: number) => waiting.has(id),
    /** Forgets one; whether it still waited. */
    drop: (id: number) => waiting.delete(id),
    clear: () => waiting.clear(),
  }
}
