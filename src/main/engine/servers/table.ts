import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { OwnNetwork } from '../mastodon/own-network.ts'
import { limitsOf, losesRight, mayDecide, permits } from './capabilities.ts'
import { chooseMark } from './mark.ts'

type Row = {
  key: ServerKey
  domain: string
  origin: string
  own_network: OwnNetwork | null
  title: string
  release: string
  account_id: string
  acct: string
  role_name: string
  permissions: string
  scopes: string | null
  mark_letters: string
  mark_colour: number
  sealed_token: string | null
  sealed_by: 'keyring' | 'key-file'
  token_from: 'browser' | 'pasted'
  not_revoked: number
  signed_in_at: number
  went_back_at: number | null
  lost_from: number | null
  went_back_told: number
}

const scopesOf = ({ scopes }: Pick<Row, 'scopes'>) => (scopes === null ? null : scopes.split(' '))

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
    manageTaxonomies: permits(row.permissions, 'manageTaxonomies'),
    viewDashboard: permits(row.permissions, 'viewDashboard'),
    deleteUserData: permits(row.permissions, 'deleteUserData'),
  },
  scopes: scopesOf(row),
  mayDecide: mayDecide(scopesOf(row)),
  cannot: limitsOf({ permissions: row.permissions, scopes: scopesOf(row), release: row.release }, row.origin),
  signedIn: row.sealed_token !== null,
  insecure: row.origin.startsWith('http:'),
  ownNetwork: row.own_network,
  sealedBy: row.sealed_by,
  tokenFrom: row.token_from,
  notRevoked: row.not_revoked === 1,
  signedInAt: row.signed_in_at,
  clockAheadMs: 0,
  waitsUntil: null,
  wentBack:
    row.went_back_at === null || row.lost_from === null
      ? null
      : { seenAt: row.went_back_at, lostFrom: row.lost_from, told: row.went_back_told === 1 },
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
export const sealedTokens = (
  db: ReadDb,
): { key: ServerKey; origin: string; ownNetwork: OwnNetwork | null; release: string; sealed: string }[] =>
  db.all(
    'SELECT key, origin, own_network AS ownNetwork, release, sealed_token AS sealed FROM server WHERE sealed_token IS NOT NULL',
  )

/** The sealed token of a server that is signed in. */
export const sealedToken = (db: ReadDb, key: ServerKey): string | null =>
  db.get<{ sealed: string | null }>('SELECT sealed_token AS sealed FROM server WHERE key = ?', [key])?.sealed ?? null

/** The own network that was agreed to for this origin. */
export const agreedNetwork = (db: ReadDb, origin: string): OwnNetwork | null =>
  db.get<{ own_network: OwnNetwork }>(
    'SELECT own_network FROM server WHERE origin = ? AND own_network IS NOT NULL ORDER BY signed_in_at DESC LIMIT 1',
    [origin],
  )?.own_network ?? null

/** Takes that agreement back, and answers whose it was. */
export const dropNetwork = (db: WriteDb, origin: string): ServerKey[] => {
  const agreed = db.all<{ key: ServerKey }>('SELECT key FROM server WHERE origin = ? AND own_network IS NOT NULL', [
    origin,
  ])
  db.run('UPDATE server SET own_network = NULL WHERE origin = ?', [origin])
  return agreed.map(({ key }) => key)
}

/** What signing in learned of a server and its account. */
export type SignIn = Pick<
  Row,
  | 'domain'
  | 'origin'
  | 'own_network'
  | 'title'
  | 'release'
  | 'account_id'
  | 'acct'
  | 'role_name'
  | 'permissions'
  | 'scopes'
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
      `UPDATE server SET own_network = @own_network, title = @title, release = @release, acct = @acct, role_name = @role_name, permissions = @permissions,
       scopes = @scopes, sealed_token = @sealed_token, sealed_by = @sealed_by, token_from = @token_from, signed_in_at = @now, signed_out_at = NULL WHERE key = @key`,
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
    `INSERT INTO server (key, domain, origin, own_network, title, release, account_id, acct, role_name, permissions, scopes, mark_letters, mark_colour, sealed_token, sealed_by, token_from, signed_in_at)
     VALUES (@key, @domain, @origin, @own_network, @title, @release, @account_id, @acct, @role_name, @permissions, @scopes, @letters, @colour, @sealed_token, @sealed_by, @token_from, @now)`,
    { ...of, ...mark, key, now },
  )
  return key
}

/** Puts a newer seal of the same token in the place of an older one. */
export const resealToken = (db: WriteDb, key: ServerKey, before: string, after: string): void => {
  db.run('UPDATE server SET sealed_token = ? WHERE key = ? AND sealed_token = ?', [after, key, before])
}

/** Forgets a token; what is known of the server stays. */
export const dropToken = (db: WriteDb, key: ServerKey, now: number): boolean =>
  db.run('UPDATE server SET sealed_token = NULL, signed_out_at = @now WHERE key = @key AND sealed_token IS NOT NULL', {
    key,
    now,
  }) === 1

/** The permissions of the role with which a server is known, a decimal bitmask. */
export const rightsOf = (db: ReadDb, key: ServerKey): string =>
  db.get<Pick<Row, 'permissions'>>('SELECT permissions FROM server WHERE key = ?', [key])?.permissions ?? '0'
/** Notes that a server was seen to be put back to an earlier state, from which on what we knew is lost there. */
export const putWentBack = (db: WriteDb, key: ServerKey, now: number, lostFrom: number): void =>
  void db.run('UPDATE server SET went_back_at = @now, lost_from = @lostFrom, went_back_told = 0 WHERE key = @key', {
    key,
    now,
    lostFrom,
  })

/** A person was told of it; false where nothing was left to tell. */
export const tellWentBack = (db: WriteDb, key: ServerKey): boolean =>
  db.run('UPDATE server SET went_back_told = 1 WHERE key = ? AND went_back_told = 0', [key]) === 1

/** Stores what a server calls itself and which release it runs; true when either changed. */
export const putNames = (db: WriteDb, key: ServerKey, names: { title: string; release: string }): boolean =>
  db.run(
    'UPDATE server SET title = @title, release = @release WHERE key = @key AND (title <> @title OR release <> @release)',
    { ...names, key },
  ) === 1

/** Stores a role that was read again; `lost` when it lacks a right that it had, `changed` when it is otherwise another. */
export const putRole = (
  db: WriteDb,
  key: ServerKey,
  { name, permissions }: { name: string; permissions: string },
): 'same' | 'changed' | 'lost' => {
  const before = rightsOf(db, key)
  const renamed = db.run('UPDATE server SET role_name = ? WHERE key = ? AND role_name <> ?', [name, key, name]) === 1
  db.run('UPDATE server SET permissions = ? WHERE key = ?', [permissions, key])
  if (losesRight(before, permissions)) return 'lost'
  return renamed || before !== permissions ? 'changed' : 'same'
}
