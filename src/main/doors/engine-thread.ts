import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'

/** A thread of the engine's program. It reads its first modules at once, and does what it is given, once. */
export type EngineThread = { worker: Worker; give(given: object, transferList: readonly MessagePort[]): void }

const begin = (enginePath: string, workerData: object, transferList: readonly MessagePort[]) =>
  new Worker(enginePath, {
    workerData,
    transferList: [...transferList],
    stdout: true,
    // Rows become answers and are forgotten: without a bound what is young takes more memory than all that stays.
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  })

/** What a worker says on standard output goes to standard error: the first belongs to the door's own one line. */
const divert = (worker: Worker) => {
  worker.stdout.pipe(process.stderr, { end: false })
  return worker
}

/** A worker that is told at its start what to do. */
export const startWorker = (enginePath: string, workerData: object, transferList: readonly MessagePort[]): Worker =>
  divert(begin(enginePath, workerData, transferList))

const startThread = (enginePath: string): EngineThread => {
  const { port1, port2 } = new MessageChannel()
  const worker = begin(enginePath, { later: port2 }, [port2])
  return { worker, give: (given, transferList) => port1.postMessage(given, [...transferList]) }
}

let warm: { enginePath: string; thread: EngineThread } | undefined

/** Starts a thread while its door still reads its own modules. Until somebody takes it, it keeps no process alive. */
export const warmThread = (enginePath: string): void => {
  const thread = startThread(enginePath)
  const mine = { enginePath, thread }
  // One that died is nobody's: who takes one then starts another, and hears why it dies.
  const gone = () => {
    if (warm === mine) warm = undefined
  }
  thread.worker.on('error', gone).on('exit', gone).unref()
  warm = mine
}

/** The thread that was started early, or a new one. */
export const takeThread = (enginePath: string): EngineThread => {
  const thread = warm?.enginePath === enginePath ? warm.thread : startThread(enginePath)
  warm = undefined
  // Read before, its output would keep the process alive as well.
  divert(thread.worker).ref()
  return thread
}

/** Ends the thread that was started early, where it turns out that another process has the engine. */
export const dropThread = (): void => {
  void warm?.thread.worker.terminate()
  warm = undefined
}
