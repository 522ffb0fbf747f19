import { z } from 'zod'
import type { Restored } from '../../../shared/contract/backup.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import { checkRoom } from '../db/elsewhere.ts'
import type { ReadDb } from '../db/handle.ts'
import { bringVault, type Coming } from '../db/restore.ts'
import { readHead } from '../log/append.ts'
import { GENESIS } from '../log/entry.ts'
import { sealedRows } from '../log/rows.ts'
import { verifyLog } from '../log/verify.ts'
import { type SealingDoor, writerOf } from '../log/writer.ts'
import { type OpenBackup, openBackup, takeOut } from './file.ts'
import { type Note, noteRestore } from './note.ts'
import { openUnder } from './sealing.ts'

/**
 * What a restore is told: the folder it goes to, the backup, the passphrase where one was given, and whether the person knows that its
 * log does not hold.
 */
export const Restore = z.object({
  folder: z.string(),
  file: z.string(),
  passphrase: z.string().optional(),
  logIsBroken: z.boolean().default(false),
})
export type Restore = z.input<typeof Restore>

const headOf = (db: ReadDb) => {
  const head = readHead(db)
  return { entries: head?.seq ?? 0, head: head?.hash ?? GENESIS }
}

/** Writes the vault beside the one that is there; answers the private key that signs the log, where it came along. */
const takeVault = (backup: OpenBackup, coming: Coming, passphrase: string | undefined): string | null => {
  const { sealing } = backup.manifest
  if (sealing === null) {
    takeOut(backup, coming.file, piece => piece ?? Buffer.alloc(0))
    return null
  }
  if (passphrase === undefined) throw new Failure('invalid-input', { reason: 'backup.needs-passphrase' })
  const { decipher, secret } = openUnder(passphrase, sealing)
  takeOut(backup, coming.file, piece => (piece ? decipher.update(piece) : decipher.final()))
  return secret
}

const whatItHolds = (db: ReadDb) => ({
  ...headOf(db),
  log: verifyLog(() => sealedRows(db)),
  servers: db.all<{ domain: string; origin: string }>('SELECT domain, origin FROM server ORDER BY length(key), key'),
})

/**
 * Restores a backup into a folder that nobody has open: checked from the first byte to the last before anything there is touched, and
 * what is there is set aside. No token comes with it. Fails as `openBackup`, with `owned`, `storage`, `newer-data`, with `invalid-input`
 * or `not-allowed` for a passphrase that is missing or another, and with `conflict` where its log does not hold and nobody said so.
 */
export const restoreBackup = async (
  { folder, file, passphrase, logIsBroken = false }: Restore,
  door: Pick<SealingDoor, 'seal'>,
  now: number,
): Promise<Restored> => {
  const backup = openBackup(file)
  const { manifest } = backup
  try {
    return await bringVault(folder, now, async coming => {
      checkRoom(folder, manifest.bytes)
      const secret = takeVault(backup, coming, passphrase)
      const holds = coming.check(whatItHolds)
      if (holds.head !== manifest.head || holds.entries !== manifest.entries)
        throw new Failure('invalid-input', { reason: 'backup.changed' })
      const { firstBad } = holds.log
      if (firstBad && !logIsBroken) throw new Failure('conflict', { reason: 'backup.log-broken', ...firstBad })
      const key = secret === null ? null : { id: writerOf(secret).keyId, sealed: (await door.seal(secret)).sealed }
      const note: Note = {
        madeAt: manifest.at,
        entries: holds.entries,
        head: holds.head,
        replaced: coming.ask(headOf),
      }
      const older = coming.put(db => noteRestore(db, note, key), now)
      return {
        folder,
        madeAt: manifest.at,
        entries: holds.entries,
        head: holds.head,
        log: holds.log,
        servers: holds.servers,
        setAside: older,
        sameKey: key !== null,
      }
    })
  } finally {
    backup.close()
  }
}
