/** The sample server's time: it can stand still, run, and be put forward, and it starts what is due. Everything asks this clock. */

/** A due task. */
type Timer = { readonly at: number; readonly order: number; readonly run: () => void; cancelled: boolean }

/** What the sample server asks of its clock. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs `task` once, `ms` from now; never when `ms` is infinite. The answer cancels it. */
  after(ms: number, task: () => void): () => void
  /** Puts the clock forward and runs, in order, what becomes due. */
  advance(ms: number): void
  /** Forgets everything that waits. */
  stop(): void
}

/**
 * A clock that starts at `start` (milliseconds since 1970) and, unless `running` is false, goes on with the machine's time.
 * A clock that does not run moves only by `advance`: for tests.
 */
export function createClock(start: number, { running = true }: { running?: boolean } = {}): Clock {
  let base = start
  const since = performance.now()
  let orders = 0
  let timers: Timer[] = []
  let wake: NodeJS.Timeout | undefined

  const now = (): number => Math.floor(running ? base + (performance.now() - since) : base)

  /** Takes the first timer due at `time`. */
  function due(time: number): Timer | undefined {
    timers = timers.filter(timer => !timer.cancelled)
    timers.sort((a, b) => a.at - b.at || a.order - b.order)
    const first = timers[0]
    if (first === undefined || first.at > time) return undefined
    timers.shift()
    return first
  }

  function schedule(): void {
    clearTimeout(wake)
    if (!running) return
    const next = timers.reduce(
      (least, timer) => (timer.cancelled ? least : Math.min(least, timer.at)),
      Number.POSITIVE_INFINITY,
    )
    if (next === Number.POSITIVE_INFINITY) return
    // setTimeout cannot hold more than 24 days: wake up in between and look again.
    wake = setTimeout(work, Math.min(Math.max(0, next - now()), 2 ** 31 - 1))
    wake.unref()
  }

  function work(): void {
    for (let timer = due(now()); timer !== undefined; timer = due(now())) timer.run()
    schedule()
  }

  return {
    now,
    after(ms, run) {
      if (ms === Number.POSITIVE_INFINITY) return () => {}
      const timer: Timer = { at: now() + Math.max(0, ms), order: ++orders, run, cancelled: false }
      timers.push(timer)
      schedule()
      return () => {
        timer.cancelled = true
      }
    },
    advance(ms) {
      const end = now() + ms
      for (let timer = due(end); timer !== undefined; timer = due(end)) {
        if (timer.at > now()) base += timer.at - now()
        timer.run()
      }
      base += Math.max(0, end - now())
      schedule()
    },
    stop() {
      clearTimeout(wake)
      timers = []
    },
  }
}
