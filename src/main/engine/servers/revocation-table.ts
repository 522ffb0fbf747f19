import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { OwnNetwork } from '../mastodon/own-network.ts'

/** A token of ours that is no longer used and not proved dead; `tries` so far, the last one at `tried_at`. */
export type Revocation = {
  id: number
  server: ServerKey
  origin: string
  ownNetwork: OwnNetwork | null
  release: string
  sealed_token: string
  tries: number
  tried_at: number | null
}

/** Everything that a server, or all servers, have yet to prove. */
export const pendingRevocations = (db: ReadDb, server: ServerKey | null): Revocation[] =>
  db.all(
    `SELECT r.id, r.server, s.origin, s.own_network AS ownNetwork, s.release, r.sealed_token, r.tries, r.tried_at FROM revocation r JOIN server s ON s.key = r.server
     WHERE @server IS NULL OR r.server = @server ORDER BY r.id`,
    { server },
  )

/** People are told of it after the first try that proved nothing. */
const markServer = (db: WriteDb, server: ServerKey): void => {
  db.run(
    `UPDATE server SET not_revoked = EXISTS (SELECT 1 FROM revocation WHERE server = @server AND tries > 0) WHERE key = @server`,
    { server },
  )
}

/** Keeps the token that a server holds now until it is proved dead; the server's row then gets another, or none. */
export const keepForRevocation = (db: WriteDb, server: ServerKey, now: number): void => {
  db.run(
    `INSERT INTO revocation (server, sealed_token, since)
     SELECT key, sealed_token, @now FROM server WHERE key = @server AND sealed_token IS NOT NULL AND token_from = 'browser'`,
    { server, now },
  )
}

/** Keeps a sealed token that a try proved nothing about, of a sign-in that came to nothing. */
export const keepUnproved = (db: WriteDb, server: ServerKey, sealed: string, now: number): void => {
  db.run(
    'INSERT INTO revocation (server, sealed_token, since, tries, tried_at) VALUES (@server, @sealed, @now, 1, @now)',
    {
      server,
      sealed,
      now,
    },
  )
  markServer(db, server)
}

/** Notes a try that proved nothing. */
export const noteTry = (db: WriteDb, { id, server }: Pick<Revocation, 'id' | 'server'>, now: number): void => {
  db.run('UPDATE revocation SET tries = tries + 1, tried_at = @now WHERE id = @id', { id, now })
  markServer(db, server)
}

/** Forgets a token that is dead, or in use again; false when it was forgotten before. */
export const dropRevocation = (db: WriteDb, { id, server }: Pick<Revocation, 'id' | 'server'>): boolean => {
  const dropped = db.run('DELETE FROM revocation WHERE id = ?', [id]) === 1
  if (dropped) markServer(db, server)
  return dropped
}

/** Forgets all tokens of a server, on a person's word. */
export const settleRevocations = (db: WriteDb, server: ServerKey): boolean => {
  db.run('DELETE FROM revocation WHERE server = ?', [server])
  return db.run('UPDATE server SET not_revoked = 0 WHERE key = ? AND not_revoked = 1', [server]) === 1
}
