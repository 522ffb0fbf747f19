import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../../../shared/contract/failure.ts'
import { asStorageFailure, handleOf, harden, isDamage, type ReadDb, type WriteDb } from './handle.ts'
import { lockFolder } from './lock.ts'
import { newestVersion } from './migrate.ts'
import { finishSalvage, removeMirror, setAside } from './salvage.ts'
import { isBuiltByUs } from './schema.ts'

const COMING = 'vault.restoring'
/** A vault under this name is whole and was checked: whoever opens the folder next gives it its place. */
const WHOLE = 'vault.restored'

/**
 * Puts a restored vault in its place, once it is whole: the desk that is there is set aside, file by file, never overwritten. It may be
 * cut off anywhere and goes on at the next start. Its mirror is deleted: it can be fetched again. Answers where the older vault is, or null.
 */
export const finishRestore = (folder: string, now: number): string | null => {
  const whole = join(folder, WHOLE)
  if (!existsSync(whole)) return null
  const aside = (name: string): string | null =>
    existsSync(join(folder, name)) ? setAside(join(folder, name), now, 'before-restore') : null
  removeMirror(folder)
  aside('copies')
  rmSync(join(folder, 'vault.damaged'), { force: true })
  const older = aside('vault.db')
  renameSync(whole, join(folder, 'vault.db'))
  return older
}

/** A vault on its way into a folder. `put` gives it its place; nothing of the folder is touched before. */
export type Coming = {
  /** Where its bytes are to be written. */
  file: string
  /**
   * Looks whether it is whole, of a version that this Howdah knows, and built as that version builds one: else `newer-data`, `storage`
   * for a damaged one, or `invalid-input`.
   */
  check<T>(read: (db: ReadDb) => T): T
  /** What the desk that is there says, or nothing where there is none that can be read. */
  ask<T>(read: (db: ReadDb) => T): T | null
  /** Notes in it what the next start has to know, and puts it in the older one's place. */
  put(note: (db: WriteDb) => void, now: number): string | null
}

const readFrom = <T>(file: string, read: (db: ReadDb, raw: Database.Database) => T): T => {
  const raw = harden(new Database(file, { readonly: true, fileMustExist: true }))
  try {
    return read(handleOf(raw), raw)
  } finally {
    raw.close()
  }
}

const bringing = (folder: string, now: number): Coming => {
  finishSalvage(folder, now)
  finishRestore(folder, now)
  const file = join(folder, COMING)
  return {
    file,
    check: read =>
      readFrom(file, (db, raw) => {
        const version = Number(raw.pragma('user_version', { simple: true }))
        if (version > newestVersion('main')) throw new Failure('newer-data', { version, known: newestVersion('main') })
        if (!isBuiltByUs(raw, version)) throw new Failure('invalid-input', { reason: 'backup.other-schema' })
        if (raw.pragma('quick_check(1)', { simple: true }) !== 'ok')
          throw new Failure('storage', { reason: 'backup.damaged' })
        return read(db)
      }),
    ask: read => {
      const vault = join(folder, 'vault.db')
      if (!existsSync(vault)) return null
      try {
        return readFrom(vault, read)
      } catch (error) {
        if (!isDamage(error) && !(error instanceof Database.SqliteError)) throw error
        return null
      }
    },
    put: (note, at) => {
      const raw = harden(new Database(file))
      try {
        raw.pragma('journal_mode = DELETE')
        raw.pragma('synchronous = FULL')
        raw.transaction(() => note(handleOf(raw)))()
      } finally {
        raw.close()
      }
      renameSync(file, join(folder, WHOLE))
      return finishRestore(folder, at)
    },
  }
}

/**
 * Brings a vault into a folder, made if need be, that nobody has open: else it fails with `owned`. What did not come to its end leaves
 * the folder as it was.
 */
export const bringVault = async <T>(folder: string, now: number, bring: (coming: Coming) => Promise<T>): Promise<T> => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    const release = lockFolder(folder)
    try {
      return await bring(bringing(folder, now))
    } finally {
      for (const end of ['', '-wal', '-shm', '-journal']) rmSync(join(folder, COMING + end), { force: true })
      release()
    }
  } catch (error) {
    throw asStorageFailure(error)
  }
}
