import { Backup, type backup } from '../../../shared/contract/backup.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { removeCopy } from '../db/elsewhere.ts'
import { givenExportFile, onlyFromCli } from '../log/export-file.ts'
import { readWriterSecret } from '../log/writer.ts'
import type { WriteBackup } from './write.ts'

/** Answers `backup.*`. Made once for a data folder: what a backup that was killed left behind is removed then. */
export const backupHandlers = (
  context: Context,
  runTask: (name: string, data: unknown) => Promise<unknown>,
): Handlers<typeof backup, unknown> => {
  const { gate, clock, door, folder } = context
  removeCopy(folder)
  return {
    'backup.make': async ({ file: given, passphrase }, { from }) => {
      onlyFromCli(from)
      const file = givenExportFile(given)
      const secret = await readWriterSecret(gate, door)
      const task: WriteBackup = { file, at: clock.now(), secret, ...(passphrase === undefined ? {} : { passphrase }) }
      const made = Backup.parse(await runTask('backup.write', task))
      const { bytes, sha256, entries, head, sealed } = made
      gate.write(['log'], db =>
        context.log(db, {
          source: 'did',
          action: 'vault.backed-up',
          server: null,
          facts: { bytes, sha256, entries, head, sealed },
          personal: { file },
        }),
      )
      return made
    },
  }
}
