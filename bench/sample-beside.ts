import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A sample server in a process of its own (`sample-process.ts`), for as long as it is used. */
export const startSample = async (reports: number) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sample-process.ts'), String(reports)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return {
    url: /http:\S+/.exec(String(line))?.[0] ?? '',
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
