import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { faultText } from '../../shared/fault-text.ts'

const MOST_BYTES = 1 << 20

/**
 * Writes our own mistakes to `howdah.log` in the data folder: when, where, and what of it is ours to tell, one line each. Nothing of a server
 * or a person is in it. At 1 MB the file becomes `howdah.log.1`.
 */
export const makeFaultLog = (folder: string, now: () => number) => {
  const file = join(folder, 'howdah.log')
  return (error: unknown, where: string): void => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(file, `${file}.1`)
      appendFileSync(file, `${new Date(now()).toISOString()} ${where} ${JSON.stringify(faultText(error))}\n`, {
        mode: 0o600,
      })
    } catch {
      // A full disk must not turn one fault into two.
    }
  }
}
