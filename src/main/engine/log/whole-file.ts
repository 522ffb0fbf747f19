import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Failure } from '../../../shared/contract/failure.ts'

const PART = /^\..+\.[0-9a-f]{16}\.part$/
const partOf = (file: string) => join(dirname(file), `.${basename(file)}.${randomBytes(8).toString('hex')}.part`)

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

const asFailure = (error: unknown): unknown => {
  if (error instanceof Failure) return error
  const code = codeOf(error)
  if (code === 'EEXIST') return new Failure('conflict', { reason: 'export.exists' })
  if (code === 'ENOENT' || code === 'ENOTDIR') return new Failure('not-found', { reason: 'export.no-folder' })
  return code === '' ? error : new Failure('storage', { reason: 'export.cannot-write', sys: code })
}

/** Fails with `conflict` where something stands under this name, even a dangling link. */
const refuseExisting = (file: string) => {
  if (lstatSync(file, { throwIfNoEntry: false })) throw new Failure('conflict', { reason: 'export.exists' })
}

/** Gives the finished part its name without ever replacing a file. Some disks know no hard links: there by a rename. */
const giveName = (part: string, file: string) => {
  try {
    linkSync(part, file)
    unlinkSync(part)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    refuseExisting(file)
    renameSync(part, file)
  }
}

const syncFolder = (folder: string) => {
  // Windows opens no folder: there the rename is all that can be had.
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

const BUFFER = 1 << 20

/**
 * Writes a new file (0600) that is complete and on disk under its name, or absent: into a part beside it, which gets the name only
 * when all is written and synced. Fails with `conflict` where the name is taken, `not-found` without the folder, else `storage`.
 * Answers size and SHA-256.
 */
export const writeWhole = (
  file: string,
  produce: (write: (part: string | Buffer) => void) => void,
): { bytes: number; sha256: string } => {
  refuseExisting(file)
  const part = partOf(file)
  const sum = createHash('sha256')
  let bytes = 0
  try {
    const fd = openSync(part, 'wx', 0o600)
    try {
      // One buffer for the whole file: fresh ones would pile up faster than they are collected.
      const buffer = Buffer.allocUnsafe(BUFFER)
      let used = 0
      const put = (chunk: Buffer) => {
        sum.update(chunk)
        for (let done = 0; done < chunk.length; ) done += writeSync(fd, chunk, done)
        bytes += chunk.length
        used = 0
      }
      const flush = () => put(buffer.subarray(0, used))
      produce(given => {
        const most = typeof given === 'string' ? given.length * 3 : given.length
        if (used + most > BUFFER) flush()
        if (most > BUFFER) put(Buffer.from(given))
        else used += typeof given === 'string' ? buffer.write(given, used) : given.copy(buffer, used)
      })
      flush()
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    giveName(part, file)
    syncFolder(dirname(file))
  } catch (error) {
    rmSync(part, { force: true })
    throw asFailure(error)
  }
  return { bytes, sha256: sum.digest('hex') }
}

const removeWhere = (folder: string, isPart: (name: string) => boolean): void => {
  try {
    for (const name of readdirSync(folder)) if (isPart(name)) rmSync(join(folder, name), { force: true })
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw asFailure(error)
  }
}

/** Removes what a killed export left in a folder that only we write to. */
export const removeParts = (folder: string): void => removeWhere(folder, name => PART.test(name))

/** Removes what was begun of a file by a thread that was cut off, and fails with what cut it off. */
export const takeAway = (file: string, cut: unknown): never => {
  const ours = `.${basename(file)}.`
  // A folder that is not there, or not ours to read, holds nothing either.
  try {
    removeWhere(dirname(file), name => name.startsWith(ours) && PART.test(name))
  } catch {}
  throw cut
}
