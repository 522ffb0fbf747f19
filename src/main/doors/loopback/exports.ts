import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { isExportName } from '../export-name.ts'

const exportTypes: Readonly<Record<string, string>> = {
  '.csv': 'text/csv; charset=utf-8',
  '.jsonl': 'application/x-ndjson; charset=utf-8',
}

/** The name of an export that a path asks for. */
export const exportName = (path: string): string | undefined => {
  const [, name] = /^\/exports\/(.+)$/.exec(path) ?? []
  return isExportName(name) ? name : undefined
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
