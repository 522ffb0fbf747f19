import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { putLeft } from '../sync/left.ts'
import { ordOf } from '../sync/ord.ts'

/** An account that waits for approval; its name and personal data are in the account's own row. Times in ms. */
export type StoredSignup = {
  server: ServerKey
  id: string
  signed_up_at: number
  /** Whether the e-mail was confirmed; null where the server does not say. */
  confirmed: number | null
  /** The language of the person's pages. */
  locale: string | null
  /** The application that signed up, and the account that invited; null for the web form, and for nobody. */
  application_id: string | null
  invited_by: string | null
  seen_at: number
}

/** One account that waits, or nothing. */
export const findSignup = (db: ReadDb, server: ServerKey, id: string): StoredSignup | undefined =>
  db.get<StoredSignup>('SELECT * FROM mirror.signup WHERE server = ? AND id = ?', [server, id])

/** Ids of the accounts that wait whose `ord` is within these bounds. */
export const heldSignups = (db: ReadDb, server: ServerKey, from: string, below: string): string[] =>
  db.column<string>('SELECT id FROM mirror.signup WHERE server = ? AND ord >= ? AND ord < ?', [server, from, below])

/** Stores that an account waits, as the server told it at `now`. `putAccount` with `personal` belongs to it. */
export const putSignup = (db: WriteDb, server: ServerKey, account: AdminAccountEntity, now: number): void =>
  void db.run(
    `INSERT INTO mirror.signup (server, id, ord, signed_up_at, confirmed, locale, application_id, invited_by, seen_at)
     VALUES (@server, @id, @ord, @signed_up_at, @confirmed, @locale, @application_id, @invited_by, @now)
     ON CONFLICT DO UPDATE SET signed_up_at = excluded.signed_up_at, confirmed = excluded.confirmed, locale = excluded.locale,
       application_id = excluded.application_id, invited_by = excluded.invited_by, seen_at = excluded.seen_at`,
    { server, ord: ordOf(account.id), now, ...rowOf(account) },
  )

/** The columns that an account that waits fills, as they are stored. */
export const rowOf = (account: AdminAccountEntity) => ({
  id: account.id,
  signed_up_at: account.created_at ?? 0,
  confirmed: account.confirmed === null ? null : Number(account.confirmed),
  locale: account.locale ?? null,
  application_id: account.created_by_application_id ?? null,
  invited_by: account.invited_by_account_id ?? null,
})

/** Forgets that an account waits, since it was approved or rejected before `at`; false when it was not held. */
export const removeSignup = (db: WriteDb, server: ServerKey, id: string, at: number): boolean => {
  putLeft(db, server, 'signup', id, at)
  return db.run('DELETE FROM mirror.signup WHERE server = ? AND id = ?', [server, id]) === 1
}
