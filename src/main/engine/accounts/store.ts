import { Fields } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { mayBeOurs, type Ours, oursOn } from '../decisions/ours.ts'
import { lineOf } from '../domains/name.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { type Flag, flagNames, kindsMaking } from './kind-table.ts'
import {
  accountFlags,
  findHeld,
  type HeldAccount,
  handleOf,
  isToldAgain,
  type Names,
  noteSeen,
  putAccount,
  toldAccount,
} from './table.ts'

/** A domain's accounts follow its block in the background, and on a big domain that takes its time (contract E.4); so does a deletion. */
const JOBS_WORK_MS = 86_400_000

/** Whether such a decision about its domain may make a flag of an account what it is now (contract E.3, E.4). */
const followsDomain = ({ kind, fields }: Ours, flag: Flag, isSo: boolean): boolean => {
  if (flag !== 'suspended' && flag !== 'limited') return false
  const { severity } = Fields.parse(JSON.parse(fields))
  if (kind === 'domain.lift') return !isSo
  if (kind === 'domain.disallow') return isSo && flag === 'suspended'
  // A change of the severity undoes what the one before had done.
  if (kind === 'domain.change') return severity !== undefined
  return kind === 'domain.block' && isSo && severity === (flag === 'suspended' ? 'suspend' : 'silence')
}

/** True when a decision of ours may have made the flag what it is now: one on the account, or on its domain. */
const isOurFlag = (
  db: ReadDb,
  server: ServerKey,
  { id, domain }: AdminAccountEntity,
  flag: Flag,
  isSo: boolean,
  since: number,
): boolean => {
  const target = `account:${id}`
  if (mayBeOurs(db, server, target, kindsMaking(flag, isSo), since)) return true
  // Whose data is deleted can sign in no more (contract E.1).
  if (flag === 'frozen') return isSo && mayBeOurs(db, server, target, ['account.delete'], since - JOBS_WORK_MS)
  if (domain === null) return false
  return lineOf(domain.toLowerCase()).some(above =>
    oursOn(db, server, `domain:${above}`, since - JOBS_WORK_MS).some(ours => followsDomain(ours, flag, isSo)),
  )
}

/**
 * Logs what someone else put in force on an account, or lifted, since it was last seen here as it is `held`: which flags, each with what it
 * is now. An account not held before proves nothing. True when something was logged.
 */
const observeAccount = (
  context: Context,
  db: WriteDb,
  server: ServerKey,
  account: AdminAccountEntity,
  held: HeldAccount | undefined,
  askedAt: number,
): boolean => {
  if (!held || held.seen_at > askedAt) return false
  const before = accountFlags(held)
  const after = {
    suspended: account.suspended,
    limited: account.silenced,
    sensitive: account.sensitized,
    frozen: account.disabled,
  }
  const changed = flagNames.filter(flag => {
    const [was, is] = [before[flag], after[flag]]
    return was !== null && is !== null && was !== is && !isOurFlag(db, server, account, flag, is, held.seen_at)
  })
  if (changed.length === 0) return false
  context.log(db, {
    source: 'saw',
    action: 'account.seen-changed',
    server,
    facts: {
      account: account.id,
      ...Object.fromEntries(changed.map(flag => [flag, after[flag]])),
      // Of an account elsewhere its own server may have done it (contract F.1).
      where: account.domain === null ? 'here' : 'elsewhere',
      from: held.seen_at,
      to: context.clock.now(),
    },
    personal: { target: handleOf(account) },
  })
  return true
}

/**
 * Stores an account as `putAccount` does, and logs what someone else changed on it. Answers what names it now, and whether something was
 * logged.
 */
export const storeAccount = (
  context: Context,
  db: WriteDb,
  server: ServerKey,
  account: AdminAccountEntity,
  askedAt: number,
  personal: boolean,
): { names: Names; logged: boolean } => {
  const row = toldAccount(server, account, askedAt, personal)
  const held = findHeld(db, server, account.id)
  if (held && isToldAgain(held, row)) {
    noteSeen(db, row)
    return { names: held, logged: false }
  }
  const logged = observeAccount(context, db, server, account, held, askedAt)
  return { names: putAccount(db, row, held), logged }
}

/** Stores accounts that were asked for by themselves, without the personal data of members; `askedAt` in ms. */
export const keepAccounts = (
  context: Context,
  server: ServerKey,
  accounts: readonly AdminAccountEntity[],
  askedAt: number,
): void => {
  if (accounts.length === 0) return
  context.gate.write(['accounts'], (db, touch) => {
    for (const account of accounts) if (storeAccount(context, db, server, account, askedAt, false).logged) touch('log')
  })
}
