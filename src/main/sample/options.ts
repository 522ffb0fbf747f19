/** What a sample server can be asked for. Whoever starts one (command line, test, benchmark) fills this in; nothing here is parsed. */
import type { Clock } from './clock.ts'
import type { World } from './rules/world.ts'

/** How a sample server is started. */
export type SampleOptions = {
  /** Port on `host`; 0 or absent: any free one. */
  readonly port?: number
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string
  /** Seed of the scenario: the same seed makes the same world. Default 1. */
  readonly seed?: number
  /** Number of reports in the world; the scenario's own number when absent. */
  readonly reports?: number
  /** Number of accounts in the world, local and remote; the scenario's own number when absent. */
  readonly accounts?: number
  /** A recorded state (JSON) to load instead of the scenario. A caller's name in it is its bearer token. */
  readonly stateFile?: string
  /** A world made elsewhere, instead of scenario and state: for tests. */
  readonly world?: World
  /** Mastodon release to play, 4.0.0 to 4.6.5. Default 4.6.5. */
  readonly release?: string
  /** Misbehaviour from the start, e.g. `delayed=300,status=503@2%` (see faults/spec.ts and docs/sample-server.md). */
  readonly faults?: string
  /** Milliseconds from answer to effect of background jobs. Default 1000; with `stateFile` they never run unless this is given. */
  readonly jobDelay?: number
  /** Time the server starts at, in milliseconds since 1970. Default: the machine's. Ignored when `clock` is given. */
  readonly now?: number
  /** The server's clock. Default: one that runs from `now`. */
  readonly clock?: Clock
  /** Token that opens `/__sample/` (ledger, clock, faults). Absent: those addresses do not exist. */
  readonly control?: string
  /** Where media lies instead of here: another sample server with the same seed and time. */
  readonly mediaBase?: string
  /** Whether the throttles count. Default true. */
  readonly throttles?: boolean
  /** Milliseconds of real time that each report in a list costs, as on a real server (26). Default 0. */
  readonly think?: number
  /** Whether the scenario's colleagues act in the background. Default true. */
  readonly colleagues?: boolean
}
