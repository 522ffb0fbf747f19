/** The sample server's time: it can stand still, run, and be put forward, and it starts what is due. Everything asks this clock. */

/** A due task. */
type Timer = { readonly at: number; readonly run: () => void; cancelled: boolean }

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
  let timers: Timer[] = []
  let wake: NodeJS.Timeout | undefined

  const now = (): number => Math.floor(running ? base + (performance.now() - since) : base)

  /** Takes the first timer due at `time`: the last of the list, which is latest first. */
  function due(time: number): Timer | undefined {
    for (let last = timers.at(-1); last !== undefined && (last.cancelled || last.at <= time); last = timers.at(-1)) {
      timers.pop()
      if (!last.cancelled) return last
    }
    return undefined
  }

  /** Puts a timer in its place: before those that are due sooner, or as soon and asked for earlier. */
  function insert(timer: Timer): void {
    let low = 0
    let high = timers.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((timers[middle]?.at ?? 0) > timer.at) low = middle + 1
      else high = middle
    }
    timers.splice(low, 0, timer)
  }

  function schedule(): void {
    clearTimeout(wake)
    if (!running) return
    const next = timers.at(-1)
    if (next === undefined) return
    // setTimeout cannot hold more than 24 days: wake up in between and look again.
    wake = setTimeout(work, Math.min(Math.max(0, next.at - now()), 2 ** 31 - 1))
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
      const timer: Timer = { at: now() + Math.max(0, ms), run, cancelled: false }
      insert(timer)
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
