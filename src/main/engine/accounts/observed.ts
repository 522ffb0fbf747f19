import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import { mayBeOurs } from '../decisions/ours.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { findFlags, handleOf } from './table.ts'

/**
 * Logs what someone else put in force on an account, or lifted, since it was last seen here: which flags, each with what it is now.
 * Before `putAccount`. An account not held before proves nothing. True when something was logged.
 */
export const observeAccount = (
  context: Context,
  db: WriteDb,
  server: ServerKey,
  account: AdminAccountEntity,
  now: number,
): boolean => {
  const before = findFlags(db, server, account.id)
  if (!before || before.seenAt >= now) return false
  const after = {
    suspended: account.suspended,
    limited: account.silenced,
    sensitive: account.sensitized,
    frozen: account.disabled,
  }
  const changed = (['suspended', 'limited', 'sensitive', 'frozen'] as const).filter(
    flag => before.flags[flag] !== null && after[flag] !== null && before.flags[flag] !== after[flag],
  )
  if (changed.length === 0 || mayBeOurs(db, server, `account:${account.id}`, before.seenAt)) return false
  context.log(db, {
    source: 'saw',
    action: 'account.seen-changed',
    server,
    facts: {
      account: account.id,
      ...Object.fromEntries(changed.map(flag => [flag, after[flag]])),
      from: before.seenAt,
      to: now,
    },
    personal: { target: handleOf(account) },
  })
  return true
}
