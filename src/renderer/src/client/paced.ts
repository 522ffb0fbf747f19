import type { Clock } from '../../../shared/clock.ts'

/** At most 4 runs a second. */
export const LIVE_GAP = 250
/** How long a change waits, so that what a person is waiting for goes first, and changes that come together are one. */
export const QUIET = 60

/**
 * Runs `run` when asked, `QUIET` ms later, and never sooner than `LIVE_GAP` ms after its last start or before that has ended.
 * However often it is asked meanwhile, one run follows. `now` is the first run: somebody waits for that one, as `run` hears.
 */
export const paced = (clock: Clock, run: (isAwaited: boolean) => Promise<void>) => {
  let state: 'idle' | 'waiting' | 'running' | 'stopped' = 'idle'
  let again = false
  let startedAt = Number.NEGATIVE_INFINITY
  let cancel = () => {}
  const ended = () => {
    if (state !== 'running') return
    state = 'idle'
    if (again) ask()
  }
  const start = (isAwaited: boolean) => {
    state = 'running'
    again = false
    startedAt = clock.now()
    void run(isAwaited).then(ended, ended)
  }
  const ask = () => {
    if (state === 'running') again = true
    if (state !== 'idle') return
    state = 'waiting'
    cancel = clock.after(Math.max(QUIET, startedAt + LIVE_GAP - clock.now()), () => start(false))
  }
  const stop = () => {
    state = 'stopped'
    cancel()
  }
  return { now: () => start(true), ask, stop }
}
