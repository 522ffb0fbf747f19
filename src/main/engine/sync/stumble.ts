import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { ListName } from './cursor.ts'
import type { Where } from './skipped.ts'

/**
 * Where a walk was last answered with a failure of the server's own. `near`: among how many rows from there its cause lies, null where
 * that is not looked for yet. `rows`: those that came meanwhile. `gaveUpAt`: when the search ended without finding it, in ms.
 */
export type Stumble = { place: string; near: number | null; rows: number; gaveUpAt: number | null }

type Way = 'up' | 'down'
const wayOf = (where: Where): Way => (where.min === undefined ? 'down' : 'up')

/** The name of the place that a page begins at. */
export const placeOf = (where: Where): string => where.min ?? where.max ?? 'newest'

/** The stumble at the very place that a page begins at. */
export const readStumble = (db: ReadDb, server: ServerKey, list: ListName, where: Where): Stumble | undefined =>
  db.get<Stumble>(
    'SELECT place, near, rows, gave_up_at AS gaveUpAt FROM mirror.stumble WHERE server = ? AND list = ? AND way = ? AND place = ?',
    [server, list, wayOf(where), placeOf(where)],
  )

/** Notes a stumble in place of an earlier one on the same way; nothing forgets it. */
export const putStumble = (
  db: WriteDb,
  server: ServerKey,
  list: ListName,
  where: Where,
  stumble: Stumble | undefined,
): void => {
  const key = [server, list, wayOf(where)]
  db.run('DELETE FROM mirror.stumble WHERE server = ? AND list = ? AND way = ?', key)
  if (stumble)
    db.run('INSERT INTO mirror.stumble VALUES (?, ?, ?, ?, ?, ?, ?)', [
      ...key,
      stumble.place,
      stumble.near,
      stumble.rows,
      stumble.gaveUpAt,
    ])
}
