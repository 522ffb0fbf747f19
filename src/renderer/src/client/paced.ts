import type { Clock } from '../../../shared/clock.ts'

/**
 * Runs `run` when asked: at once where it is idle and `gapMs` have passed since its last start, else once more as soon as both are
 * so. However often it is asked meanwhile, one run follows.
 */
export const paced = (clock: Clock, gapMs: number, run: () => Promise<void>) => {
  let state: 'idle' | 'waiting' | 'running' | 'stopped' = 'idle'
  let again = false
  let startedAt = Number.NEGATIVE_INFINITY
  let cancel = () => {}
  const ended = () => {
    if (state !== 'running') return
    state = 'idle'
    if (again) ask()
  }
  const start = () => {
    state = 'running'
    again = false
    startedAt = clock.now()
    void run().then(ended, ended)
  }
  const ask = () => {
    if (state === 'running') again = true
    if (state !== 'idle') return
    const wait = startedAt + gapMs - clock.now()
    if (wait <= 0) return start()
    state = 'waiting'
    cancel = clock.after(wait, start)
  }
  const stop = () => {
    state = 'stopped'
    cancel()
  }
  return { ask, stop }
}
