import { MessagePort, parentPort, Worker, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { door } from '../../shared/contract/door.ts'
import { Failure, FailureCode, FailureDetail } from '../../shared/contract/failure.ts'
import { connect } from '../../shared/contract/rpc.ts'
import { portWire } from '../../shared/contract/wires.ts'
import { systemClock } from '../../shared/system-clock.ts'
import { Restore, restoreBackup } from './backup/restore.ts'
import { createEngine } from './engine.ts'
import { runTaskHere } from './tasks.ts'

/**
 * The engine's thread. Started with `{ folder, doorPort }` it serves wires: `open` brings one, `close` ends it. Started with a
 * `task` it does one long reading job and answers once; with `verify` it verifies an exported log and needs nothing else; with `restore`
 * it brings a backup into a folder.
 */
const Given = z.union([
  z.object({ folder: z.string(), doorPort: z.instanceof(MessagePort) }),
  z.object({ task: z.string(), folder: z.string(), data: z.unknown() }),
  z.object({ verify: z.string() }),
  z.object({ restore: Restore, doorPort: z.instanceof(MessagePort) }),
])
const Ordered = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), port: z.instanceof(MessagePort), from: z.enum(['desktop', 'browser', 'cli']) }),
  z.object({ type: z.literal('close') }),
])
const Answered = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), answer: z.unknown() }),
  z.object({ type: z.literal('failed'), code: FailureCode, detail: FailureDetail, stack: z.string().optional() }),
])

const say = (message: unknown) => parentPort?.postMessage(message)
const sayFailed = (error: unknown) => {
  const { code, detail } = error instanceof Failure ? error : new Failure('internal')
  say({ type: 'failed', code, detail, stack: error instanceof Error ? error.stack : undefined })
}

/** Runs a task in a second worker: this same file, started otherwise. */
const runTaskBeside = (folder: string) => (task: string, data: unknown) =>
  new Promise<unknown>((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { task, folder, data },
      // Exports make much short-lived text; without a bound the young generation grows to hundreds of megabytes.
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    })
    worker.once('message', (message: unknown) => {
      const answered = Answered.parse(message)
      if (answered.type === 'answer') resolve(answered.answer)
      else
        reject(answered.code === 'internal' ? new Error(answered.stack) : new Failure(answered.code, answered.detail))
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Failure('internal')))
  })

const askDoor = (doorPort: MessagePort) => connect(door, async () => portWire(doorPort), { clock: systemClock })

const restoreHere = async (given: Restore, doorPort: MessagePort) => {
  const asked = askDoor(doorPort)
  const seal = (secret: string) => asked.call('door.seal', { secret })
  const restored = await restoreBackup(given, { seal }, systemClock.now())
  say({ type: 'restored', restored })
  asked.close()
  doorPort.close()
}

const startEngine = async (folder: string, doorPort: MessagePort) => {
  const asked = askDoor(doorPort)
  const engine = await createEngine({
    folder,
    fetch: globalThis.fetch,
    clock: systemClock,
    door: {
      seal: (secret, keyFile) => asked.call('door.seal', { secret, keyFile }),
      unseal: (sealed, keyFile) => asked.call('door.unseal', { sealed, keyFile }),
    },
    runTask: runTaskBeside(folder),
  })
  parentPort?.on('message', (message: unknown) => {
    const ordered = Ordered.parse(message)
    if (ordered.type === 'open') return engine.attach(portWire(ordered.port), ordered.from)
    engine.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
  say({ type: 'ready' })
}

const given = Given.parse(workerData)
try {
  if ('task' in given) say({ type: 'answer', answer: runTaskHere(given.task, given.folder, given.data) })
  else if ('verify' in given)
    say({ type: 'verdict', verdict: runTaskHere('log.verify-file', '', { file: given.verify }) })
  else if ('restore' in given) await restoreHere(given.restore, given.doorPort)
  else await startEngine(given.folder, given.doorPort)
} catch (error) {
  sayFailed(error)
  process.exitCode = 1
}
