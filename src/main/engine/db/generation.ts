import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from './handle.ts'

/** Counts the mirrors that this folder has had: what was compared across two of them proves nothing, and each numbers its rows anew. */
export const generationOf = (db: ReadDb): string =>
  db.get<{ value: string }>(`SELECT value FROM meta WHERE name = 'generation'`)?.value ?? '1'

/** From now on it is another mirror. */
export const nextGeneration = (db: WriteDb): void =>
  void db.run(
    `INSERT INTO meta (name, value) VALUES ('generation', '2')
     ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`,
  )

const tablesByServer = `
  SELECT m.name FROM mirror.sqlite_schema m JOIN pragma_table_info(m.name, 'mirror') c ON c.name = 'server'
  WHERE m.type = 'table' ORDER BY m.name`

/** Forgets all that a server told: its part of the mirror begins anew. */
export const emptyMirrorOf = (db: WriteDb, server: ServerKey): void => {
  for (const table of db.column<string>(tablesByServer))
    db.run(`DELETE FROM mirror.${table} WHERE server = ?`, [server])
  nextGeneration(db)
}
