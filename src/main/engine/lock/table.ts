import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { SealedPassphrase } from './passphrase.ts'

/** A lock as it is kept. */
export type StoredLock = SealedPassphrase & { after_minutes: number }

/** The lock that was chosen, if any. */
export const readLock = (db: ReadDb): StoredLock | undefined =>
  db.get<StoredLock>('SELECT salt, hash, after_minutes FROM lock')

/** Stores a lock in the place of any other. */
export const putLock = (db: WriteDb, lock: StoredLock): void =>
  void db.run('INSERT OR REPLACE INTO lock VALUES (1, @salt, @hash, @after_minutes)', lock)

/** Gives the lock up. */
export const dropLock = (db: WriteDb): void => void db.run('DELETE FROM lock')
