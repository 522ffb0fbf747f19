import { Failure } from '../../../shared/contract/failure.ts'
import type { Context } from '../context.ts'
import { isPassphraseOf, sealPassphrase } from './passphrase.ts'
import { dropLock, putLock, readLock, type StoredLock } from './table.ts'

const MINUTE = 60_000
/** So many wrong tries are forgiven; then each one more doubles the wait. */
const FORGIVEN = 5
const WAIT_MS = 30_000
const MOST_WAIT_MS = 900_000

/** The lock of all desks of one engine. */
export type Lock = {
  isLocked(): boolean
  afterMinutes(): number | null
  /** Somebody is there; a locked desk stays so. */
  here(): void
  /** Fails with `conflict` where no lock was chosen. */
  now(): void
  choose(passphrase: string, afterMinutes: number): Promise<void>
  /** Null gives the lock up. */
  change(passphrase: string, afterMinutes: number | null): Promise<void>
  open(passphrase: string): Promise<void>
  /** A sign-in that was begun at a locked desk, and that it came about: who forgot the passphrase proves themselves there. */
  expects(state: string): void
  proved(state: string): void
}

/**
 * The lock as it was chosen; an engine that starts is locked, since whoever can start it need not be who left it. `locked` is told in the
 * breath in which a desk locks, `opened` when it opens; neither of how the engine starts.
 */
export const makeLock = (context: Context, on: { locked(): void; opened(): void }): Lock => {
  const { gate, clock } = context
  // Asked before every answer, so it is held here too.
  let chosen = gate.read(readLock)
  let locked = chosen !== undefined
  let seenAt = clock.now()
  let wrong = 0
  let waitsUntil = Number.NEGATIVE_INFINITY
  let stopTimer = () => {}
  const expected = new Set<string>()

  const set = (to: boolean) => {
    if (locked === to) return
    locked = to
    if (locked) on.locked()
    else on.opened()
    gate.announce(['lock'])
  }
  /** Locks when it is time, also before a timer says so: a computer that slept wakes before its timers do. */
  const look = () => {
    if (!chosen || locked) return
    const now = clock.now()
    // A clock that was set back must not keep a desk open for years.
    if (seenAt > now) seenAt = now
    if (now - seenAt >= chosen.after_minutes * MINUTE) set(true)
  }
  const watch = () => {
    stopTimer()
    look()
    if (!chosen || locked || context.stop.aborted) return
    stopTimer = clock.after(seenAt + chosen.after_minutes * MINUTE - clock.now(), watch)
  }
  const keep = (lock: StoredLock | undefined, more: Record<string, string> = {}) => {
    const [before, after] = [chosen?.after_minutes ?? null, lock?.after_minutes ?? null]
    gate.write(['lock', 'log'], db => {
      if (lock) putLock(db, lock)
      else dropLock(db)
      const facts = { setting: 'lock', before, after, ...more }
      context.log(db, { source: 'did', action: 'setting.changed', server: null, facts })
    })
    chosen = lock
  }
  /** The lock that this opens. */
  const prove = async (passphrase: string): Promise<StoredLock> => {
    const lock = chosen
    if (!lock) throw new Failure('conflict', { reason: 'failure.no-lock' })
    const wait = waitsUntil - clock.now()
    if (wait > 0 && wait <= MOST_WAIT_MS)
      throw new Failure('rate-limited', { reason: 'failure.lock-wait', seconds: Math.ceil(wait / 1000) })
    // Counted before it is known: many tries at once are many tries.
    wrong++
    if (wrong >= FORGIVEN) waitsUntil = clock.now() + Math.min(WAIT_MS * 2 ** (wrong - FORGIVEN), MOST_WAIT_MS)
    if (!(await isPassphraseOf(lock, passphrase)))
      throw new Failure('not-allowed', { reason: 'failure.lock-passphrase' })
    wrong = 0
    waitsUntil = Number.NEGATIVE_INFINITY
    return lock
  }
  const letIn = () => {
    seenAt = clock.now()
    expected.clear()
    set(false)
    watch()
  }
  return {
    isLocked: () => {
      look()
      return locked
    },
    afterMinutes: () => chosen?.after_minutes ?? null,
    here: () => {
      look()
      if (!locked) seenAt = clock.now()
    },
    now: () => {
      if (!chosen) throw new Failure('conflict', { reason: 'failure.no-lock' })
      set(true)
    },
    choose: async (passphrase, afterMinutes) => {
      const sealed = await sealPassphrase(passphrase)
      if (chosen) throw new Failure('conflict', { reason: 'failure.lock-chosen' })
      keep({ ...sealed, after_minutes: afterMinutes })
      letIn()
    },
    change: async (passphrase, afterMinutes) => {
      const lock = await prove(passphrase)
      keep(afterMinutes === null ? undefined : { ...lock, after_minutes: afterMinutes })
      watch()
    },
    open: async passphrase => {
      await prove(passphrase)
      letIn()
    },
    expects: state => void expected.add(state),
    proved: state => {
      if (!expected.has(state)) return
      // The passphrase is forgotten: another can be chosen.
      if (chosen) keep(undefined, { by: 'sign-in' })
      letIn()
    },
  }
}
