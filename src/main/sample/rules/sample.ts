/** All that the rules work on: one value, made by server.ts. */
import type { Clock } from '../clock.ts'
import type { Release } from '../releases/release.ts'
import type { Jobs } from './jobs.ts'
import type { NotificationRecord } from './model-more.ts'
import type { Traces } from './traces.ts'
import type { World } from './world.ts'

/** All that a running sample server consists of. */
export type Sample = {
  readonly world: World
  readonly clock: Clock
  readonly release: Release
  readonly jobs: Jobs
  readonly traces: Traces
  /** Where media lies when not on this server, as on one with an object store; null for here. */
  readonly mediaBase: string | null
  /** Told of every new notification, to push it to the open streams. */
  readonly announce: (notification: NotificationRecord) => void
  /** Told when an account's streams must be closed: suspended, disabled, token revoked. */
  readonly closeStreams: (accountId: string, tokenId?: string) => void
}
