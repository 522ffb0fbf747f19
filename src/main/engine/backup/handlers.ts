import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Backup, type backup } from '../../../shared/contract/backup.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { removeCopy } from '../db/elsewhere.ts'
import { deleteSetAside, listSetAside } from '../db/set-aside.ts'
import { sealPassphrase } from '../lock/passphrase.ts'
import { exportsFolder, freeExportFile, givenExportFile, onlyFromCli } from '../log/export-file.ts'
import { takeAway } from '../log/whole-file.ts'
import { readWriterSecret } from '../log/writer.ts'
import { checkBehindLock, putBackupPassphrase } from './behind-lock.ts'
import type { WriteBackup } from './write.ts'

const [NAME, ENDING] = ['howdah-backup', 'howdah']
const OURS = /^howdah-backup-\d{8}-\d{6}(-\d+)?\.howdah$/

/** Each holds what people are known by here: one that was handed over is not kept beside the next. */
const removeEarlier = (folder: string, newest: string): void => {
  const into = exportsFolder(folder)
  for (const name of readdirSync(into))
    if (OURS.test(name) && name !== newest) rmSync(join(into, name), { force: true })
}

/** Answers `backup.*`. Made once for a data folder: what a backup that was killed left behind is removed then. */
export const backupHandlers = (
  context: Context,
  lock: { isLocked(): boolean },
  runTask: (name: string, data: unknown) => Promise<unknown>,
): Handlers<typeof backup, unknown> => {
  const { gate, clock, door, folder } = context
  removeCopy(folder)
  let last: Promise<unknown> = Promise.resolve()
  /** One after the other: each copies the vault to the same place first. */
  const inTurn = <T>(make: () => Promise<T>): Promise<T> => {
    const mine = last.then(make)
    last = mine.catch(() => {})
    return mine
  }
  /** Neither a copy nor a file is left of one that was cut off. */
  const write = (task: WriteBackup): Promise<unknown> =>
    runTask('backup.write', task).catch(error => {
      removeCopy(folder)
      takeAway(task.file, error)
    })
  return {
    'backup.setAside': async () => ({ setAside: listSetAside(folder) }),
    'backup.deleteSetAside': async ({ name }) => {
      const deleted = deleteSetAside(folder, name)
      if (!deleted) throw new Failure('not-found')
      const { bytes } = deleted
      gate.write(['log'], db =>
        context.log(db, {
          source: 'did',
          action: 'vault.aside-deleted',
          server: null,
          facts: { name, bytes },
        }),
      )
      return { deleted }
    },
    'backup.make': async ({ file: given, passphrase }, { from }) => {
      if (given !== undefined) onlyFromCli(from)
      else if (passphrase === undefined) throw new Failure('not-allowed', { reason: 'backup.only-sealed' })
      const locked = lock.isLocked()
      if (locked) await checkBehindLock(gate.read, passphrase)
      const secret = await readWriterSecret(gate, door)
      const made = await inTurn(async () => {
        const at = clock.now()
        const file = given === undefined ? freeExportFile(folder, NAME, ENDING, at) : givenExportFile(given)
        return Backup.parse(await write({ file, at, secret, ...(passphrase === undefined ? {} : { passphrase }) }))
      })
      const { bytes, sha256, entries, head, sealed } = made
      const isToGoOn = given !== undefined && passphrase !== undefined && !locked
      const kept = isToGoOn ? await sealPassphrase(passphrase) : undefined
      gate.write(['log'], db => {
        if (kept) putBackupPassphrase(db, kept)
        context.log(db, {
          source: 'did',
          action: 'vault.backed-up',
          server: null,
          facts: { bytes, sha256, entries, head, sealed },
          personal: { file: made.file },
        })
      })
      if (given === undefined) removeEarlier(folder, made.name)
      return made
    },
  }
}
