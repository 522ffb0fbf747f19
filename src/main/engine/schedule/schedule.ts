import type { Clock } from '../../../shared/clock.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'

/**
 * One thing that could be fetched next: when at the earliest, and how. A step asks for one page or less, so others get their turn.
 * `of`: what it is part of, such as a list; where that fails the others go first.
 */
export type Step = { of: string; at: number; run(signal: AbortSignal): Promise<void> }

/** What a noun wants from a server, the most urgent first. Asked again after each step. */
export type Work = (server: ServerKey, now: number) => readonly Step[]

/** How it goes with one server. */
export type Standing = { offlineSince: number | null; failure: Failure | null; nextAt: number | null }

/** So often in a row something has to fail before that is told, whatever else of the server answers. */
const TOLD_AFTER = 3

/** When what is read from which server. */
export type Schedule = {
  /** Begins, or looks again now: after signing in, when a person asks, when a desk opens. */
  poke(server: ServerKey): void
  /** Runs other reading in the server's lane, after the step that is under way: so nothing is read twice at once. */
  occupy<T>(server: ServerKey, run: () => Promise<T>): Promise<T>
  pause(paused: boolean): void
  isPaused(): boolean
  standing(server: ServerKey): Standing
  /** Why a part of a server, such as a list, could not be read three times in a row; null where it could be, or others fail with it. */
  stuck(server: ServerKey, of: string): Failure | null
  /** Tells how a request to the server went, from wherever it was made. */
  heard(server: ServerKey, failure: Failure | null): void
}

const LONGEST_MS = 300_000
/** The longest waits after failures, in ms: short at first, then up to five minutes. Each is cut by chance to between its half and its whole. */
const RETRY_MS = [5_000, 15_000, 30_000, 60_000, LONGEST_MS]
const nothing: Standing = { offlineSince: null, failure: null, nextAt: null }

type Lane = {
  standing: Standing
  failures: number
  stop: () => void
  running: Promise<unknown> | null
  again: boolean
  /** What failed of late, how often in a row, why, and until when it waits. */
  failing: Map<string, { failures: number; failure: Failure; until: number }>
}
const mostAfter = (failures: number): number => RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 0

/**
 * Decides when what is fetched: a lane a server, one step at a time, the earliest first. It knows no noun: `works` are asked in
 * order, so earlier ones win ties. `changed` is called when a standing changed.
 */
export const makeSchedule = (given: {
  clock: Clock
  works: readonly Work[]
  stop: AbortSignal
  /** Told how each step ended; tells `heard` here in turn, and whoever else waits for the server. */
  heard(server: ServerKey, failure: Failure | null): void
  fault(error: unknown, where: string): void
  changed(): void
  /** From 0 to 1: by chance, so that all who wait for a server do not come back to it at once. */
  random(): number
}): Schedule => {
  const { clock, works, stop, changed, random } = given
  const waitAfter = (failures: number) => Math.round(mostAfter(failures) * (0.5 + random() / 2))
  const lanes = new Map<ServerKey, Lane>()
  let paused = false
  const laneOf = (server: ServerKey): Lane => {
    const known = lanes.get(server)
    if (known) return known
    const lane: Lane = {
      standing: nothing,
      failures: 0,
      stop: () => {},
      running: null,
      again: false,
      failing: new Map(),
    }
    lanes.set(server, lane)
    return lane
  }
  const stand = (lane: Lane, standing: Partial<Standing>) => {
    lane.standing = { ...lane.standing, ...standing }
    changed()
  }
  const heard = (server: ServerKey, failure: Failure | null) => {
    const lane = laneOf(server)
    if (failure === null) {
      lane.failures = 0
      if (lane.standing.failure !== null) stand(lane, { failure: null, offlineSince: null })
      return
    }
    if (failure.code === 'cancelled' || failure.code === 'not-found') return
    const away = failure.code === 'offline' || failure.code === 'timeout' || failure.code === 'upstream'
    stand(lane, { failure, offlineSince: away ? (lane.standing.offlineSince ?? clock.now()) : null })
  }
  /** No wait is longer than the longest, whatever becomes of the clock meanwhile. */
  const waitOf = (failed: { until: number } | undefined) => Math.min(failed?.until ?? 0, clock.now() + 2 * LONGEST_MS)
  const earliest = (server: ServerKey): Step | null => {
    const { failing } = laneOf(server)
    const steps = works
      .flatMap(work => work(server, clock.now()))
      .map(step => ({ ...step, at: Math.max(step.at, waitOf(failing.get(step.of))) }))
    return steps.reduce<Step | null>((best, step) => (best === null || step.at < best.at ? step : best), null)
  }
  const plan = (server: ServerKey, notBefore = 0) => {
    const lane = lanes.get(server)
    if (!lane || lane.running !== null || stop.aborted || paused) return
    lane.stop()
    const step = earliest(server)
    if (!step) return
    const at = Math.max(step.at, notBefore, clock.now())
    lane.standing = { ...lane.standing, nextAt: at }
    lane.stop = clock.after(at - clock.now(), () => {
      lane.running = run(server, lane, step)
    })
  }
  const run = async (server: ServerKey, lane: Lane, step: Step) => {
    lane.again = false
    let wait = 0
    try {
      await step.run(stop)
      const failed = lane.failing.get(step.of)
      lane.failing.delete(step.of)
      given.heard(server, null)
      if (failed && failed.failures >= TOLD_AFTER) changed()
    } catch (error) {
      const failure = error instanceof Failure ? error : new Failure('internal')
      if (failure !== error) given.fault(error, 'schedule')
      const failures = (lane.failing.get(step.of)?.failures ?? 0) + 1
      // What goes on failing alone says so itself: the server answered others meanwhile, and is not away.
      const isItsOwn = failures > TOLD_AFTER && failure.code === 'upstream' && lane.standing.failure === null
      if (!isItsOwn) given.heard(server, failure)
      wait = waitAfter(++lane.failures)
      // A little longer than the lane, so that one endpoint that always fails keeps no other waiting.
      lane.failing.set(step.of, { failures, failure, until: clock.now() + wait + waitAfter(failures) })
      if (failures >= TOLD_AFTER) changed()
    } finally {
      lane.running = null
      if (lanes.get(server) === lane) plan(server, lane.again ? 0 : clock.now() + wait)
    }
  }
  return {
    poke: server => {
      const lane = laneOf(server)
      lane.again = true
      for (const failed of lane.failing.values()) failed.until = 0
      plan(server)
    },
    occupy: async (server, work) => {
      const lane = laneOf(server)
      while (lane.running !== null) await lane.running.catch(() => {})
      lane.stop()
      const running = work()
      lane.running = running
      try {
        return await running
      } finally {
        lane.running = null
        if (lanes.get(server) === lane) plan(server)
      }
    },
    pause: wanted => {
      paused = wanted
      for (const [server, lane] of lanes) {
        lane.stop()
        if (paused) lane.standing = { ...lane.standing, nextAt: null }
        plan(server)
      }
      changed()
    },
    isPaused: () => paused,
    standing: server => lanes.get(server)?.standing ?? nothing,
    stuck: (server, of) => {
      const failed = lanes.get(server)?.failing.get(of)
      return failed && failed.failures >= TOLD_AFTER ? failed.failure : null
    },
    heard,
  }
}
