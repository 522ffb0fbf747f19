import { isMainThread } from 'node:worker_threads'

/**
 * Read first in a process (`--import`) or in the engine's thread: the engine's thread dies when it is told to, by `exit` as running out of
 * memory ends it, else by a mistake that nobody caught. A process tells its threads on SIGUSR2.
 */
const death = new BroadcastChannel('howdah-test-death')
death.unref()
if (isMainThread) process.on('SIGUSR2', () => death.postMessage('exit'))
else
  death.onmessage = ({ data }) => {
    if (data === 'exit') process.exit(9)
    setImmediate(() => {
      throw new Error('a mistake that nobody caught')
    })
  }

/** Kills the engine's thread of this process. */
export const killThread = (how: 'exit' | 'throw') => death.postMessage(how)
