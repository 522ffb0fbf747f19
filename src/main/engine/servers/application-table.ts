import type { ReadDb, WriteDb } from '../db/handle.ts'

/** How Howdah is registered at a server: its id there, the sealed secret, and the scopes that it may ask for. */
export type Application = { clientId: string; sealedSecret: string; scopes: string[] }

/** Our registration at an origin, or nothing. */
export const findApplication = (db: ReadDb, origin: string): Application | undefined => {
  const row = db.get<{ client_id: string; sealed_secret: string; scopes: string }>(
    'SELECT client_id, sealed_secret, scopes FROM application WHERE origin = ?',
    [origin],
  )
  return row && { clientId: row.client_id, sealedSecret: row.sealed_secret, scopes: row.scopes.split(' ') }
}

/** Stores a registration, in the place of an earlier one that the server or this computer no longer knows. */
export const putApplication = (db: WriteDb, origin: string, made: Application, now: number): void => {
  db.run('INSERT OR REPLACE INTO application VALUES (?, ?, ?, ?, ?)', [
    origin,
    made.clientId,
    made.sealedSecret,
    made.scopes.join(' '),
    now,
  ])
}

/** Forgets a registration that the server no longer knows. */
export const dropApplication = (db: WriteDb, origin: string): void => {
  db.run('DELETE FROM application WHERE origin = ?', [origin])
}
