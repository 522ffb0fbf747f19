import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { putLeft } from '../sync/left.ts'
import { ordOf } from '../sync/ord.ts'
import type { Waiting } from './clusters.ts'
import { patternsOf } from './patterns.ts'
import { rejectedOn } from './rejected.ts'

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
  /** What others may share, see `patterns.ts`. */
  mail: string | null
  range: string | null
  reason: string | null
  shape: string | null
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
    `INSERT INTO mirror.signup (server, id, ord, signed_up_at, confirmed, locale, application_id, invited_by, mail, range, reason, shape, seen_at)
     VALUES (@server, @id, @ord, @signed_up_at, @confirmed, @locale, @application_id, @invited_by, @mail, @range, @reason, @shape, @now)
     ON CONFLICT DO UPDATE SET signed_up_at = excluded.signed_up_at, confirmed = excluded.confirmed, locale = excluded.locale,
       application_id = excluded.application_id, invited_by = excluded.invited_by, mail = excluded.mail, range = excluded.range,
       reason = excluded.reason, shape = excluded.shape, seen_at = excluded.seen_at`,
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
  ...patternsOf({
    username: account.username,
    email: account.email,
    address: account.ip,
    reason: account.invite_request ?? null,
  }),
})

/** Forgets that an account waits, since it was approved or rejected before `at`; false when it was not held. */
export const removeSignup = (db: WriteDb, server: ServerKey, id: string, at: number): boolean => {
  putLeft(db, server, 'signup', id, at)
  return db.run('DELETE FROM mirror.signup WHERE server = ? AND id = ?', [server, id]) === 1
}

type KeyRow = Pick<StoredSignup, 'id' | 'mail' | 'range' | 'reason' | 'shape'> & {
  email: string | null
  username: string
  at: number
  confirmed: number | null
  invited: number
  has_reason: number
}

/** How many wait on the servers that are listed. */
export const countWaiting = (db: ReadDb): number =>
  db.get<{ n: number }>('SELECT count(*) AS n FROM server home JOIN mirror.signup s ON s.server = home.key')?.n ?? 0

/** Everyone who waits on a server as far as clusters are made of them, who waits longest first. */
export const readWaiting = (db: ReadDb, server: ServerKey): Waiting[] => {
  const wasRejected = rejectedOn(db, server)
  return db
    .all<KeyRow>(
      `SELECT s.id, a.username, s.signed_up_at AS at, s.confirmed, s.invited_by IS NOT NULL AS invited, s.mail, s.range, s.reason, s.shape, a.email,
         coalesce(a.invite_text, '') <> '' AS has_reason
       FROM mirror.signup s JOIN mirror.account a ON a.server = s.server AND a.id = s.id WHERE s.server = ? ORDER BY s.ord`,
      [server],
    )
    .map(({ has_reason, email, ...row }) => ({
      ...row,
      rejected: wasRejected({ username: row.username, email, range: row.range }),
      confirmed: row.confirmed === 1,
      invited: row.invited === 1,
      hasReason: has_reason === 1,
    }))
}
