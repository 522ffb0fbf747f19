import { rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../../../shared/contract/failure.ts'
import { handleOf, harden, type ReadDb } from './handle.ts'
import { makePrivateFile } from './private-file.ts'

const COPY = 'backup.part'

/** Where the copy lies while a backup is made: in the data folder, which only this user can read. */
export const removeCopy = (folder: string): void => rmSync(join(folder, COPY), { force: true })

/** What is sealed opens on one computer only, and has no business on another; nor has what somebody was writing just then. */
const WITHOUT_SECRETS = `
UPDATE server SET sealed_token = NULL, not_revoked = 0;
DELETE FROM application;
DELETE FROM revocation;
DELETE FROM lock;
DELETE FROM backup_passphrase;
DELETE FROM draft;
UPDATE writer_key SET sealed_private_key = '';
`

/**
 * Copies the vault, as it is at one moment, while others write to it, and takes every secret out of the copy. `use` is given the copy's
 * path, its version and a handle; after it the copy is gone. Reads every page, so only for the second worker.
 */
export const withCopyForElsewhere = <T>(
  folder: string,
  use: (copy: { file: string; version: number; db: ReadDb }) => T,
): T => {
  const file = join(folder, COPY)
  removeCopy(folder)
  makePrivateFile(file)
  try {
    const vault = harden(new Database(join(folder, 'vault.db'), { readonly: true }))
    try {
      vault.prepare('VACUUM INTO ?').run(file)
    } finally {
      vault.close()
    }
    const raw = harden(new Database(file))
    try {
      // Nothing of what is taken out may stay in a page, and no journal may lie beside the copy.
      raw.pragma('journal_mode = MEMORY')
      raw.pragma('secure_delete = 1')
      raw.exec(WITHOUT_SECRETS)
      return use({ file, version: Number(raw.pragma('user_version', { simple: true })), db: handleOf(raw) })
    } finally {
      raw.close()
    }
  } finally {
    removeCopy(folder)
  }
}

/** The bytes of a folder's vault with what its journal holds. */
export const vaultSize = (folder: string): number =>
  ['', '-wal'].reduce(
    (sum, end) => sum + (statSync(join(folder, `vault.db${end}`), { throwIfNoEntry: false })?.size ?? 0),
    0,
  )

const freeIn = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Room that is left for all else. */
const SPARE = 16 << 20

/** Fails with `storage` where a folder's disk has no room for so many bytes. */
export const checkRoom = (folder: string, bytes: number, free = freeIn): void => {
  const missing = bytes + SPARE - free(folder)
  if (missing > 0)
    throw new Failure('storage', { reason: 'backup.no-room', folder, megabytes: Math.ceil(missing / (1 << 20)) })
}
