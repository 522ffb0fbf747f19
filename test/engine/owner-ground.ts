import { type ChildProcess, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** A door in a process of its own, that owns the folder. */
export const startOwner = async (folder: string) => {
  const script = join(folder, 'owner.mjs')
  const from = (path: string) => JSON.stringify(`file://${resolve(path)}`)
  await writeFile(
    script,
    `import { openEngine } from ${from('src/main/doors/open-engine.ts')}
     import { keyFileSecrets } from ${from('src/main/doors/loopback/secrets.ts')}
     const folder = ${JSON.stringify(folder)}
     await openEngine({ enginePath: ${JSON.stringify(resolve('src/main/engine/worker.ts'))}, folder, from: 'browser', secrets: keyFileSecrets(folder) }).dial()
     console.log('owner')
     setInterval(() => {}, 1000)`,
  )
  const owner = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise(heard => owner.stdout.once('data', heard))
  return owner
}
/** Ends it as the system ends one that runs out of memory. */
export const kill = async (owner: ChildProcess) => {
  owner.kill('SIGKILL')
  await new Promise(gone => owner.once('exit', gone))
}
