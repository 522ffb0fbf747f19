import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** A file of the page, whole in memory: there are few, and what is not in the table cannot be asked for. */
export type PageFile = { type: string; body: Buffer }

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** The built page as a fixed table, by the path that a browser asks for. Files of types that the page does not use are left out. */
export const readPage = async (folder: string): Promise<ReadonlyMap<string, PageFile>> => {
  const table = new Map<string, PageFile>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(folder.length).replaceAll('\\', '/')
    table.set(path === '/index.html' ? '/' : path, { type, body: await readFile(file) })
  }
  if (!table.has('/')) throw new Error(`no index.html in ${folder}`)
  return table
}
