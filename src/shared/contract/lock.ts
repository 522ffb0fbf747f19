import { z } from 'zod'
import { ServerKey } from './ids.ts'
import { command, query } from './method.ts'

/** The fewest characters of the passphrase that opens a desk: whoever sits there can try, but not often. */
export const LOCK_LENGTH = 8

/** Minutes that nobody may be there before the desk locks. */
const Minutes = z.int().min(1).max(240)
/** What opens it, as it was typed. */
const Passphrase = z.string().min(LOCK_LENGTH).max(1024)

/**
 * How the lock stands. `afterMinutes`: null while none was chosen. `servers`: where one can sign in again to open a locked desk, for who
 * has forgotten the passphrase; none while it is open.
 */
export const LockState = z.object({
  locked: z.boolean(),
  afterMinutes: Minutes.nullable(),
  servers: z.array(z.object({ key: ServerKey, domain: z.string(), origin: z.string(), acct: z.string() })),
})
export type LockState = z.infer<typeof LockState>

/**
 * The lock of the desks (security.md K-10): while it is locked the engine answers pages, windows and the command line nothing but what
 * opens it (the command line also how reading goes), and no token is held. Reading goes on, as do decisions that were armed: each of
 * their requests unseals the token for itself.
 */
export const lock = {
  'lock.state': query(z.object({}), LockState, ['lock'] as const),
  /** Chooses a lock. `conflict` where there is one. */
  'lock.choose': command(z.object({ passphrase: Passphrase, afterMinutes: Minutes }), z.object({})),
  /** Changes the minutes, or gives the lock up with null. `not-allowed` with `failure.lock-passphrase`; `rate-limited` as `lock.open`. */
  'lock.change': command(
    z.object({ passphrase: z.string().max(1024), afterMinutes: Minutes.nullable() }),
    z.object({}),
  ),
  /** Locks now. `conflict` with `failure.no-lock` where none was chosen. */
  'lock.now': command(z.object({}), z.object({})),
  /** Opens it. `not-allowed` with `failure.lock-passphrase`; after some wrong ones `rate-limited` with `failure.lock-wait` and `seconds`. */
  'lock.open': command(z.object({ passphrase: z.string().max(1024) }), z.object({})),
  /** Somebody is there. Opens nothing. */
  'lock.here': command(z.object({}), z.object({})),
}
