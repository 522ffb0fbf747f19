import { Failure } from '../../../shared/contract/failure.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { isPassphraseOf, type SealedPassphrase } from '../lock/passphrase.ts'

/** Keeps what the passphrase of a backup comes to, in the place of any other. */
export const putBackupPassphrase = (db: WriteDb, sealed: SealedPassphrase): void =>
  void db.run('INSERT OR REPLACE INTO backup_passphrase VALUES (1, @salt, @hash)', sealed)

/**
 * A locked desk makes a backup under the passphrase of the command line's last one alone: so what was set up while it was open goes on at
 * night, and who passes by gets no file that they could open. Fails with `not-allowed` for any other.
 */
export const checkBehindLock = async (
  read: <T>(run: (db: ReadDb) => T) => T,
  passphrase: string | undefined,
): Promise<void> => {
  const last = read(db => db.get<SealedPassphrase>('SELECT salt, hash FROM backup_passphrase'))
  if (last === undefined || passphrase === undefined || !(await isPassphraseOf(last, passphrase)))
    throw new Failure('not-allowed', { reason: 'backup.locked' })
}
