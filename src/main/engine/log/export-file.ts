import { existsSync, mkdirSync } from 'node:fs'
import { basename, isAbsolute, join, normalize } from 'node:path'
import { Failure } from '../../../shared/contract/failure.ts'

/** Names that Windows gives to devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i

/** Where exports go when no file is named. */
export const exportsFolder = (folder: string): string => join(folder, 'exports')

/** A new name in it: of `howdah-log` and `csv`, `howdah-log-20261123-164500.csv`, in UTC; where that is taken, `…-2` and so on. */
export const freeExportFile = (folder: string, what: string, ending: string, at: number): string => {
  const into = exportsFolder(folder)
  mkdirSync(into, { recursive: true, mode: 0o700 })
  const [day = '', time = ''] = new Date(at).toISOString().replaceAll(/[-:]/g, '').split(/[T.]/)
  const name = (n: number) => join(into, `${what}-${day}-${time}${n > 1 ? `-${n}` : ''}.${ending}`)
  let n = 1
  while (existsSync(name(n))) n += 1
  return name(n)
}

/** Fails with `not-allowed` unless the command line asks: a page, or whoever speaks in its place, may not write anywhere on the disk. */
export const onlyFromCli = (from: unknown): void => {
  if (from !== 'cli') throw new Failure('not-allowed', { reason: 'export.only-cli' })
}

/** A file that a person named: absolute, and no device. Fails with `invalid-input`. */
export const givenExportFile = (file: string): string => {
  const name = basename(file)
  const refused = !isAbsolute(file) || file.includes('\0') || name === '' || DEVICE.test(name) || /[\\/]$/.test(file)
  if (refused) throw new Failure('invalid-input', { reason: 'export.bad-name' })
  return normalize(file)
}
