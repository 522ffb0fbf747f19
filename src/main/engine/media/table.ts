import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** The host that someone agreed to for a server's media (`https://files.lindenhof.example`), or nothing. */
export const agreedOrigin = (db: ReadDb, server: ServerKey): string | undefined =>
  db.get<{ origin: string }>('SELECT origin FROM media_host WHERE server = ?', [server])?.origin

/** All of them, in the order of their servers. */
export const listAgreed = (db: ReadDb): { server: ServerKey; origin: string; agreedAt: number }[] =>
  db.all('SELECT server, origin, agreed_at AS agreedAt FROM media_host ORDER BY length(server), server')

/** Agrees to a host in place of the one before, or to none. */
export const agreeTo = (db: WriteDb, server: ServerKey, origin: string | null, now: number): void => {
  if (origin === null) db.run('DELETE FROM media_host WHERE server = ?', [server])
  else
    db.run(
      'INSERT INTO media_host VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET origin = excluded.origin, agreed_at = excluded.agreed_at',
      [server, origin, now],
    )
}
