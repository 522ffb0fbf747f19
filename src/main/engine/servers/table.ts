import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { chooseMark } from './mark.ts'

type Row = {
  key: ServerKey
  domain: string
  origin: string
  title: string
  release: string
  account_id: string
  acct: string
  role_name: string
  permissions: string
  mark_letters: string
  mark_colour: number
  sealed_token: string | null
  sealed_by: 'keyring' | 'key-file'
  token_from: 'browser' | 'pasted'
  not_revoked: number
  signed_in_at: number
}

/** Bits of a role's permissions (contract B.2). The administrator has them all. */
const bits = { administrator: 1n, manageReports: 16n, manageFederation: 32n, manageBlocks: 128n, manageUsers: 1024n }

/** What a role may do here, of its decimal bitmask; what is no number grants nothing. */
export const permits = (permissions: string, what: Exclude<keyof typeof bits, 'administrator'>): boolean => {
  const held = /^\d+$/.test(permissions) ? BigInt(permissions) : 0n
  return (held & (bits.administrator | bits[what])) !== 0n
}

const toServer = (row: Row): Server => ({
  key: row.key,
  domain: row.domain,
  origin: row.origin,
  title: row.title,
  release: row.release,
  mark: { letters: row.mark_letters, colour: row.mark_colour },
  account: { id: row.account_id, acct: row.acct },
  role: {
    name: row.role_name,
    manageReports: permits(row.permissions, 'manageReports'),
    manageUsers: permits(row.permissions, 'manageUsers'),
    manageFederation: permits(row.permissions, 'manageFederation'),
    manageBlocks: permits(row.permissions, 'manageBlocks'),
  },
  signedIn: row.sealed_token !== null,
  insecure: row.origin.startsWith('http:'),
  sealedBy: row.sealed_by,
  tokenFrom: row.token_from,
  notRevoked: row.not_revoked === 1,
  signedInAt: row.signed_in_at,
})

/** Every server, in the order of signing in. */
export const listServers = (db: ReadDb): Server[] =>
  db.all<Row>('SELECT * FROM server ORDER BY length(key), key').map(toServer)

/** One server, or nothing. */
export const findServer = (db: ReadDb, key: ServerKey): Server | undefined => {
  const row = db.get<Row>('SELECT * FROM server WHERE key = ?', [key])
  return row && toServer(row)
}

/** The sealed tokens of all servers that are signed in. */
export const sealedTokens = (db: ReadDb): { key: ServerKey; origin: string; release: string; sealed: string }[] =>
  db.all('SELECT key, origin, release, sealed_token AS sealed FROM server WHERE sealed_token IS NOT NULL')

/** What signing in learned of a server and its account. */
export type SignIn = Pick<
  Row,
  | 'domain'
  | 'origin'
  | 'title'
  | 'release'
  | 'account_id'
  | 'acct'
  | 'role_name'
  | 'permissions'
  | 'sealed_by'
  | 'token_from'
> & { sealed_token: string }

/** Stores a sign-in. A server is the same when domain, account and origin are; then its key, mark and history stay. */
export const putServer = (db: WriteDb, of: SignIn, now: number): ServerKey => {
  const known = db.get<{ key: ServerKey }>(
    'SELECT key FROM server WHERE domain = @domain AND account_id = @account_id AND origin = @origin',
    of,
  )
  if (known) {
    db.run(
      `UPDATE server SET title = @title, release = @release, acct = @acct, role_name = @role_name, permissions = @permissions,
       sealed_token = @sealed_token, sealed_by = @sealed_by, token_from = @token_from, not_revoked = 0, signed_in_at = @now, signed_out_at = NULL WHERE key = @key`,
      { ...of, now, key: known.key },
    )
    return known.key
  }
  const others = listServers(db)
  const key = `s${Math.max(0, ...others.map(server => Number(server.key.slice(1)))) + 1}`
  const mark = chooseMark(
    of.domain,
    others.map(server => server.mark),
  )
  db.run(
    `INSERT INTO server (key, domain, origin, title, release, account_id, acct, role_name, permissions, mark_letters, mark_colour, sealed_token, sealed_by, token_from, signed_in_at)
     VALUES (@key, @domain, @origin, @title, @release, @account_id, @acct, @role_name, @permissions, @letters, @colour, @sealed_token, @sealed_by, @token_from, @now)`,
    { ...of, ...mark, key, now },
  )
  return key
}

/** Forgets a token; what is known of the server stays. `notRevoked`: it may still be good there. */
export const dropToken = (db: WriteDb, key: ServerKey, now: number, notRevoked: boolean): boolean =>
  db.run(
    `UPDATE server SET sealed_token = NULL, signed_out_at = @now, not_revoked = @notRevoked
     WHERE key = @key AND sealed_token IS NOT NULL`,
    { key, now, notRevoked: notRevoked ? 1 : 0 },
  ) === 1

/** Stores a role that was read again; true when it changed. */
export const putRole = (db: WriteDb, key: ServerKey, role: { name: string; permissions: string }): boolean =>
  db.run(
    'UPDATE server SET role_name = @name, permissions = @permissions WHERE key = @key AND permissions <> @permissions',
    { ...role, key },
  ) === 1
