import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** A server to try Howdah on, run by the same process: where it is, the token to sign in with, and its end. */
export type SampleBeside = { origin: string; token: string; close(): Promise<void> }

/** What a folder remembers of its sample: a server is told from others by its address, and a thing on it by ids that hold its time. */
const Note = z.object({ port: z.int().min(1024).max(65_535), begunAt: z.int() })

const readNote = async (file: string) => {
  try {
    return Note.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

/**
 * Starts the sample server for a data folder. In a folder that had one it is the same server again, at the same address where that
 * is free, and with the same week; what was decided there is forgotten. Only http of this computer.
 */
export const startSampleBeside = async (folder: string): Promise<SampleBeside> => {
  // Loaded only here: the world's texts would slow every other start.
  const [{ startSampleServer }, { migrationWeek }] = await Promise.all([
    import('../sample/server.ts'),
    import('../sample/scenario/migration-week.ts'),
  ])
  const file = join(folder, 'sample.json')
  const note = await readNote(file)
  const begunAt = note?.begunAt ?? Date.now()
  const start = (port: number) => startSampleServer({ port, world: migrationWeek({ now: begunAt }) })
  const server = note ? await start(note.port).catch(() => start(0)) : await start(0)
  await writeFile(file, JSON.stringify({ port: Number(new URL(server.url).port), begunAt }), { mode: 0o600 })
  return { origin: server.url, token: 'admin', close: server.close }
}
