import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../../../shared/contract/failure.ts'
import { makePrivateFile } from './private-file.ts'

/**
 * Holds a data folder for this process: an exclusive SQLite lock, which the system releases when the process dies.
 * Fails with `owned` when another process (or another engine of this one) holds it. Returns the release.
 */
export const lockFolder = (folder: string): (() => void) => {
  const file = join(folder, 'owner.lock')
  makePrivateFile(file)
  const db = new Database(file, { timeout: 0 })
  try {
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw new Failure('owned')
    throw error
  }
  return () => db.close()
}
