import type { Clock } from '../../../shared/clock.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { RequestClass } from './budget.ts'

/** So many failures in so short a time, and the server is left alone but for one try a minute; a person may try more often. */
const FAILURES = 5
const WITHIN_MS = 30_000
const REST_MS = 60_000
const REST_FOR_PERSON_MS = 10_000
/** The statuses by which what stands before Mastodon says that Mastodon itself is away. */
export const AWAY: ReadonlySet<number> = new Set([502, 503, 504])

/** Keeps a server that is away from being asked over and over, by decisions, sweeps and people at once. */
export type Breaker = {
  /** Fails with `offline`, reason `failure.resting` and `seconds`, while the server is left alone; else this request is a try. */
  enter(cls: RequestClass): void
  /** Tells how a request ended: with a status, or null where no answer came. */
  heard(status: number | null): void
}

/** A breaker of one server that lets everything through until five failures. */
export const makeBreaker = (clock: Clock): Breaker => {
  let failures: number[] = []
  /** When the last failure or try was, while the server is left alone. */
  let triedAt: number | null = null
  return {
    enter: cls => {
      if (triedAt === null) return
      const since = clock.now() - triedAt
      const left = (cls === 'interactive' ? REST_FOR_PERSON_MS : REST_MS) - since
      // A clock that was set back must not make a minute last for years.
      if (left > 0 && since >= 0)
        throw new Failure('offline', { reason: 'failure.resting', seconds: Math.ceil(left / 1000) })
      triedAt = clock.now()
    },
    heard: status => {
      if (status !== null && !AWAY.has(status)) {
        failures = []
        triedAt = null
        return
      }
      const now = clock.now()
      failures = [...failures.filter(at => at > now - WITHIN_MS), now]
      if (triedAt !== null || failures.length >= FAILURES) triedAt = now
    },
  }
}
