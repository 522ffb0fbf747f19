import { randomBytes } from 'node:crypto'
import { constants, copyFile, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Copies a file to where a person said, complete under its name or not there at all: what stood there is replaced at once, and a link is
 * replaced, not followed. Fails as the system fails.
 */
export const saveCopy = async (from: string, to: string): Promise<void> => {
  const part = join(dirname(to), `.${basename(to)}.${randomBytes(8).toString('hex')}.part`)
  try {
    await copyFile(from, part, constants.COPYFILE_EXCL)
    const written = await open(part, 'r+')
    await written.sync().finally(() => written.close())
    await rename(part, to)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}
