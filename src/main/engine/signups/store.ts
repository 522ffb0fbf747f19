import type { ServerKey } from '../../../shared/contract/ids.ts'
import { storeAccount } from '../accounts/store.ts'
import { findHandle, forgetPersonalOf } from '../accounts/table.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import { mayBeOurs } from '../decisions/ours.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { hasLeft } from '../sync/left.ts'
import { rememberRejected } from './rejected.ts'
import { findSignup, putSignup, removeSignup, rowOf, type StoredSignup } from './table.ts'

const isSame = (before: StoredSignup, account: AdminAccountEntity): boolean =>
  Object.entries(rowOf(account)).every(([name, value]) => before[name as keyof StoredSignup] === value)

/**
 * Stores accounts that wait, as they were when the server was asked at `askedAt`, in one transaction with whatever `also` moves. Who
 * was approved or rejected later than the page was asked for does not come back.
 */
export const storeSignups = (
  context: Context,
  server: ServerKey,
  accounts: readonly AdminAccountEntity[],
  askedAt: number,
  also: (db: WriteDb) => void = () => {},
): void =>
  context.gate.write(['sync'], (db, touch) => {
    for (const account of accounts) {
      const before = findSignup(db, server, account.id)
      if (before ? before.seen_at > askedAt : hasLeft(db, server, 'signup', account.id, askedAt)) continue
      if (!before || !isSame(before, account)) {
        touch('signups')
        touch('accounts')
      }
      if (storeAccount(context, db, server, account, askedAt, true).logged) touch('log')
      putSignup(db, server, account, askedAt)
    }
    also(db)
  })

/**
 * Stores that an account does not wait any more: approved, as it is now, or rejected, and so deleted there. Says so in the log where
 * it was not us. The personal data that was kept for the queue goes.
 */
export const storeAnswered = (
  context: Context,
  server: ServerKey,
  id: string,
  approved: AdminAccountEntity | undefined,
  askedAt: number,
): void =>
  context.gate.write(['signups', 'accounts'], (db, touch) => {
    const before = findSignup(db, server, id)
    // Also where it was known already that it does not wait.
    if (approved && storeAccount(context, db, server, approved, askedAt, false).logged) touch('log')
    if (!before || before.seen_at > askedAt) return
    const isOurs = mayBeOurs(
      db,
      server,
      `account:${id}`,
      [approved ? 'signup.approve' : 'signup.reject'],
      before.seen_at,
    )
    // Whoever is gone without us may have gone by themselves, or never confirmed the address.
    if (!approved && isOurs) rememberRejected(db, server, id, context.clock.now())
    removeSignup(db, server, id, askedAt)
    const target = findHandle(db, server, id)
    forgetPersonalOf(db, server, id)
    if (isOurs) return
    context.log(db, {
      source: 'saw',
      action: approved ? 'signup.seen-approved' : 'signup.seen-rejected',
      server,
      facts: { account: id, from: before.seen_at, to: context.clock.now() },
      personal: target === undefined ? {} : { target },
    })
    touch('log')
  })
