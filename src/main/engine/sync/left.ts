import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** Longer than any page is on its way. */
const KEPT_MS = 3_600_000

/** Remembers that an item left its list at `at`, in the transaction that removes it. */
export const putLeft = (db: WriteDb, server: ServerKey, noun: string, id: string, at: number): void => {
  db.run('DELETE FROM mirror.left_list WHERE at < ?', [at - KEPT_MS])
  db.run('INSERT INTO mirror.left_list VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at', [
    server,
    noun,
    id,
    at,
  ])
}

/** True when an item left its list after a page was asked for: the page does not bring it back. */
export const hasLeft = (db: ReadDb, server: ServerKey, noun: string, id: string, askedAt: number): boolean =>
  db.get('SELECT 1 FROM mirror.left_list WHERE server = ? AND noun = ? AND id = ? AND at >= ?', [
    server,
    noun,
    id,
    askedAt,
  ]) !== undefined
