import type { Clock } from '../../../shared/clock.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'

/** Waits before a stream is opened again, in ms; up to half as much is added, so that several desks do not come at once. */
const AGAIN_MS = [1_000, 5_000, 30_000, 120_000, 600_000]
/** A stream that ends sooner came to nothing: something before the server lets none stand. */
const STANDS_MS = 30_000

/** The streams of all servers: each only hints that something came. */
export type Push = {
  /** Opens a server's stream, in place of an earlier one, and again whenever it ends. */
  open(server: ServerKey): void
  /** Hangs up: after signing out nothing is asked with the old token any more. */
  close(server: ServerKey): void
  isLive(server: ServerKey): boolean
  hintedAt(server: ServerKey): number
}

type Line = {
  live: boolean
  openedAt: number
  hintedAt: number
  failures: number
  hungUp: AbortController
  cancelRetry(): void
}

/**
 * Keeps one stream a server open. `follow` resolves or fails when it ended. A stream that opens counts as a hint, since something
 * may have come while there was none.
 */
export const makePush = (given: {
  clock: Clock
  stop: AbortSignal
  follow(server: ServerKey, signal: AbortSignal, on: { opened(): void; report(): void }): Promise<void> | undefined
  hinted(server: ServerKey): void
  random: () => number
}): Push => {
  const { clock, stop, random } = given
  const lines = new Map<ServerKey, Line>()
  const hint = (server: ServerKey, line: Line) => {
    line.hintedAt = clock.now()
    given.hinted(server)
  }
  const run = async (server: ServerKey, line: Line): Promise<void> => {
    const ended = AbortSignal.any([stop, line.hungUp.signal])
    const following = given.follow(server, ended, {
      opened: () => {
        line.live = true
        line.openedAt = clock.now()
        hint(server, line)
      },
      report: () => hint(server, line),
    })
    if (following === undefined) return void lines.delete(server)
    const failure = await following.then(
      () => undefined,
      (error: unknown) => error,
    )
    if (line.live && clock.now() - line.openedAt >= STANDS_MS) line.failures = 0
    line.live = false
    if (ended.aborted) return
    if (failure instanceof Failure && failure.code === 'signed-out') return void lines.delete(server)
    const wait = AGAIN_MS[Math.min(line.failures++, AGAIN_MS.length - 1)] ?? 0
    line.cancelRetry = clock.after(wait * (1 + random() / 2), () => void run(server, line))
  }
  const close = (server: ServerKey) => {
    const line = lines.get(server)
    line?.hungUp.abort()
    line?.cancelRetry()
    lines.delete(server)
  }
  return {
    open: server => {
      close(server)
      const line: Line = {
        live: false,
        openedAt: 0,
        hintedAt: 0,
        failures: 0,
        hungUp: new AbortController(),
        cancelRetry: () => {},
      }
      lines.set(server, line)
      void run(server, line)
    },
    close,
    isLive: server => lines.get(server)?.live ?? false,
    hintedAt: server => lines.get(server)?.hintedAt ?? 0,
  }
}
