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
