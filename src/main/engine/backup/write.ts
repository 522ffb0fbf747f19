import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { type Backup, Passphrase } from '../../../shared/contract/backup.ts'
import { checkRoom, vaultSize, withCopyForElsewhere } from '../db/elsewhere.ts'
import { readHead } from '../log/append.ts'
import { GENESIS } from '../log/entry.ts'
import { writeWhole } from '../log/whole-file.ts'
import { writerOf } from '../log/writer.ts'
import { readPieces } from './file.ts'
import { FIRST_LINE, signManifest } from './manifest.ts'
import { sealUnder } from './sealing.ts'

/** What the second worker is told; `secret` is the private key that signs the log. */
export const WriteBackup = z.object({
  file: z.string(),
  at: z.int(),
  secret: z.string(),
  passphrase: Passphrase.optional(),
})
export type WriteBackup = z.infer<typeof WriteBackup>

/**
 * Writes a backup of a folder's vault, as it is at one moment. Fails as `writeWhole` does, and with `storage` where one of the two disks
 * has no room.
 */
export const writeBackup = (folder: string, { file, at, secret, passphrase }: WriteBackup): Backup => {
  const size = vaultSize(folder)
  checkRoom(folder, size)
  // Where there is no such folder, writing says so.
  if (statSync(dirname(file), { throwIfNoEntry: false })) checkRoom(dirname(file), size)
  return withCopyForElsewhere(folder, copy => {
    const head = readHead(copy.db)
    const sealer = passphrase === undefined ? null : sealUnder(passphrase, secret)
    const sum = createHash('sha256')
    const holds = { at, vault: copy.version, entries: head?.seq ?? 0, head: head?.hash ?? GENESIS }
    const written = writeWhole(file, write => {
      let bytes = 0
      const put = (piece: Buffer) => {
        sum.update(piece)
        bytes += piece.length
        write(piece)
      }
      write(FIRST_LINE)
      for (const piece of readPieces(copy.file)) put(sealer ? sealer.cipher.update(piece) : piece)
      if (sealer) put(sealer.cipher.final())
      const manifest = { ...holds, bytes, sha256: sum.digest('hex'), sealing: sealer?.end() ?? null }
      write(`\n${signManifest(manifest, writerOf(secret))}`)
    })
    return { file, name: basename(file), ...written, entries: holds.entries, head: holds.head, sealed: sealer !== null }
  })
}
