import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A server to try Howdah on, run by the same process: where it is, the token to sign in with, and its end. */
export type SampleBeside = { origin: string; token: string; close(): Promise<void> }

/**
 * Starts the sample server for a data folder: on the port that this folder knows it by, where that is free, since a server is told
 * from others by its address. Only http of this computer.
 */
export const startSampleBeside = async (folder: string): Promise<SampleBeside> => {
  const note = join(folder, 'sample-port')
  const known = Number(await readFile(note, 'utf8').catch(() => '0'))
  const port = Number.isInteger(known) && known > 1023 && known < 65_536 ? known : 0
  // Loaded only here: the world's texts would slow every other start.
  const { startSampleServer } = await import('../sample/server.ts')
  const server = await startSampleServer({ port }).catch(() => startSampleServer({ port: 0 }))
  await writeFile(note, new URL(server.url).port, { mode: 0o600 })
  return { origin: server.url, token: 'admin', close: server.close }
}
