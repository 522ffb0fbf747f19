import '../../shared/jitless.ts'
import { once } from 'node:events'
import { MessagePort, parentPort, resourceLimits, Worker, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { door } from '../../shared/contract/door.ts'
import { Failure, FailureCode, FailureDetail } from '../../shared/contract/failure.ts'
import { connect } from '../../shared/contract/rpc.ts'
import { portWire } from '../../shared/contract/wires.ts'
import { faultText } from '../../shared/fault-text.ts'
import { systemClock } from '../../shared/system-clock.ts'
import { loadSqlite, openData } from './db/open.ts'

/**
 * The engine's thread. Given `{ folder, doorPort }` it serves wires: `open` brings one, `close` ends it. Given a `task` it does one long
 * reading job and answers once; with `verify` it verifies an exported log and needs nothing else; with `restore` it brings a backup into
 * a folder.
 */
const Given = z.union([
  z.object({ folder: z.string(), doorPort: z.instanceof(MessagePort) }),
  z.object({ task: z.string(), folder: z.string(), data: z.unknown() }),
  z.object({ verify: z.string() }),
  z.object({ restore: z.unknown(), doorPort: z.instanceof(MessagePort) }),
])
/** Where a thread that was started early is told later what it is for. */
const Later = z.object({ later: z.instanceof(MessagePort) })
const Ordered = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), port: z.instanceof(MessagePort), from: z.enum(['desktop', 'browser', 'cli']) }),
  z.object({ type: z.literal('close'), patienceMs: z.int().optional() }),
])
const Answered = z.discriminatedUnion('type', [
  z.object({ type: z.literal('loaded') }),
  z.object({ type: z.literal('answer'), answer: z.unknown() }),
  z.object({ type: z.literal('failed'), code: FailureCode, detail: FailureDetail, stack: z.string().optional() }),
])

const say = (message: unknown) => parentPort?.postMessage(message)
const sayFailed = (error: unknown) => {
  const { code, detail } = error instanceof Failure ? error : new Failure('internal')
  say({ type: 'failed', code, detail, stack: faultText(error) })
}

/** Tasks under way, each with when its worker may be ended. */
const tasks = new Map<Worker, Promise<void>>()

/** Runs a task in a second worker: this same file, started otherwise. */
const runTaskBeside = (folder: string) => (task: string, data: unknown) =>
  new Promise<unknown>((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { task, folder, data },
      // The bound that the door gave this thread: exports too make much short-lived text, hundreds of megabytes of it.
      resourceLimits: { maxYoungGenerationSizeMb: resourceLimits.maxYoungGenerationSizeMb },
    })
    const loaded = new Promise<void>(loads => {
      worker.on('message', (message: unknown) => {
        const answered = Answered.parse(message)
        if (answered.type === 'loaded') loads()
        else if (answered.type === 'answer') resolve(answered.answer)
        else
          reject(answered.code === 'internal' ? new Error(answered.stack) : new Failure(answered.code, answered.detail))
      })
      worker.once('exit', () => {
        loads()
        tasks.delete(worker)
        reject(new Failure('internal'))
      })
    })
    worker.once('error', reject)
    tasks.set(worker, loaded)
  })

const askDoor = (doorPort: MessagePort) => connect(door, async () => portWire(doorPort), { clock: systemClock })

const restoreHere = async (given: unknown, doorPort: MessagePort) => {
  const { Restore, restoreBackup } = await import('./backup/restore.ts')
  const asked = askDoor(doorPort)
  const seal = (secret: string) => asked.call('door.seal', { secret })
  const restored = await restoreBackup(Restore.parse(given), { seal }, systemClock.now())
  say({ type: 'restored', restored })
  asked.close()
  doorPort.close()
}

const startEngine = async (folder: string, doorPort: MessagePort) => {
  // What can be wrong with a folder is known now, and the door goes on while the engine's modules are read.
  const data = openData(folder, systemClock.now())
  say({ type: 'opened' })
  const { createEngine } = await import('./engine.ts')
  const asked = askDoor(doorPort)
  const given = {
    folder,
    fetch: globalThis.fetch,
    clock: systemClock,
    door: {
      seal: (secret: string, keyFile: boolean) => asked.call('door.seal', { secret, keyFile }),
      unseal: (sealed: string, keyFile: boolean) => asked.call('door.unseal', { sealed, keyFile }),
    },
    runTask: runTaskBeside(folder),
  }
  const engine = await createEngine(given, data)
  parentPort?.on('message', (message: unknown) => {
    const ordered = Ordered.parse(message)
    if (ordered.type === 'open') return engine.attach(portWire(ordered.port), ordered.from)
    engine
      .close(ordered.patienceMs)
      // Who waits for a task hears that it is cut off, and takes away the file that was begun.
      .finally(() => Promise.all([...tasks].map(([worker, loaded]) => loaded.then(() => worker.terminate()))))
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  })
  say({ type: 'ready' })
}

const runTask = async (task: string, folder: string, data: unknown) =>
  (await import('./tasks.ts')).runTaskHere(task, folder, data)

const hear = async (port: MessagePort): Promise<unknown> => (await once(port, 'message'))[0]

const later = Later.safeParse(workerData).data?.later
const given = Given.parse(later ? await hear(later) : workerData)
later?.close()
try {
  if ('task' in given) {
    loadSqlite()
    say({ type: 'loaded' })
    say({ type: 'answer', answer: await runTask(given.task, given.folder, given.data) })
  } else if ('verify' in given)
    say({ type: 'verdict', verdict: await runTask('log.verify-file', '', { file: given.verify }) })
  else if ('restore' in given) await restoreHere(given.restore, given.doorPort)
  else await startEngine(given.folder, given.doorPort)
} catch (error) {
  sayFailed(error)
  process.exitCode = 1
}
