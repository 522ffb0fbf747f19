import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Failure } from '../../shared/contract/failure.ts'

/** What a package was made of (`packaging/sums.mjs`): the folder beside the program, and the list within the archive of what lies outside it. */
export type OwnFiles = { resources: string; nativeSums: string; platform?: NodeJS.Platform }

/** A file as it lies on the disk: inside the desktop `fs` would take an archive for a folder. */
const readWhole = (path: string): Buffer => {
  const { noAsar } = process
  process.noAsar = true
  try {
    return readFileSync(path)
  } finally {
    process.noAsar = noAsar
  }
}

const damaged = (file: string) => new Failure('storage', { reason: 'door.damaged', file: basename(file) })

const reading = (folder: string, name: string): Buffer => {
  try {
    return readWhole(join(folder, name))
  } catch {
    throw damaged(name)
  }
}

/** Holds the files of a folder against lines as `sha256sum` writes them. */
const holdAgainst = (sums: Buffer, folder: string, listed: string): void => {
  const lines = sums.toString('latin1').split('\n')
  if (lines.pop() !== '' || lines.length === 0) throw damaged(listed)
  for (const line of lines) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}([\w./-]+)$/.exec(line) ?? []
    if (sum === undefined || name === undefined) throw damaged(listed)
    if (createHash('sha256').update(reading(folder, name)).digest('hex') !== sum) throw damaged(name)
  }
}

/**
 * Looks whether a package's own files are as they were packed. Fails with `storage` and `door.damaged`.
 * SECURITY: native files on every system, before anything loads them; their list lies in the archive, which macOS and Windows hold against
 * the program. Linux has no such check, so there the archive is held against a file beside it: that shows what was damaged or changed in
 * passing, never a change by somebody who can write both.
 */
export const checkOwnFiles = ({ resources, nativeSums, platform = process.platform }: OwnFiles): void => {
  if (platform === 'linux') holdAgainst(reading(resources, 'app.asar.sums'), resources, 'app.asar.sums')
  let sums: Buffer
  try {
    sums = readFileSync(nativeSums)
  } catch {
    throw damaged(nativeSums)
  }
  holdAgainst(sums, join(resources, 'app.asar.unpacked'), nativeSums)
}
