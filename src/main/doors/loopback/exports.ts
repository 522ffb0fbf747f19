import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { isExportName } from '../export-name.ts'

const exportTypes: Readonly<Record<string, string>> = {
  '.csv': 'text/csv; charset=utf-8',
  '.jsonl': 'application/x-ndjson; charset=utf-8',
}

/** The export that a path asks for, and what shows that a tab of the desk asks (`entry.isPass`). */
export const readExport = (path: string): { name: string; pass: string } | undefined => {
  const [, name, pass = ''] = /^\/exports\/([^?]+)(?:\?pass=([\w-]{43}))?$/.exec(path) ?? []
  return isExportName(name) ? { name, pass } : undefined
}

/** An export in the data folder, opened to be sent. Nothing when there is none, or what is there is no plain file. */
export const openExport = async (folder: string, name: string) => {
  try {
    const handle = await open(join(folder, 'exports', name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    const { size } = await handle.stat().then(async stat => {
      if (stat.isFile()) return stat
      await handle.close()
      throw new Error('not a file')
    })
    const type = exportTypes[extname(name)] ?? 'application/octet-stream'
    return { type, size, stream: handle.createReadStream() }
  } catch {
    return undefined
  }
}
