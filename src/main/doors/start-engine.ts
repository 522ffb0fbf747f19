import { MessageChannel, type Worker } from 'node:worker_threads'
import { z } from 'zod'
import { door } from '../../shared/contract/door.ts'
import { Failure, FailureCode, FailureDetail } from '../../shared/contract/failure.ts'
import type { Handlers } from '../../shared/contract/method.ts'
import { serve } from '../../shared/contract/rpc.ts'
import { portWire, type Wire } from '../../shared/contract/wires.ts'
import { startWorker, takeThread } from './engine-thread.ts'

/** Which kind of door a wire belongs to: the engine notes it in the log. */
export type Origin = 'desktop' | 'browser' | 'cli'

/** How this door seals what only this computer's user may read. */
export type Secrets = Handlers<typeof door, 'engine'>

/** The engine of this process. */
export type RunningEngine = {
  /** A new wire. Fails with `disconnected` when the thread is gone. */
  open(from: Origin): Wire
  /** When it answers: nothing when it does, else why it never will. Wires that were opened before wait for it. Never rejects. */
  ready: Promise<Failure | undefined>
  /** Lets the engine finish what it is writing, and waits until its thread is gone; `patienceMs` is for answers to what it has sent. */
  close(patienceMs?: number): Promise<void>
  /** When the thread is gone: nothing when `close` was called, else why. Never rejects. */
  ended: Promise<Failure | undefined>
}

/** What the worker says of itself; calls travel on ports, never here. */
const Said = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['opened', 'ready']) }),
  z.object({ type: z.literal('failed'), code: FailureCode, detail: FailureDetail, stack: z.string().optional() }),
])

/** An abort signal that can be pulled. */
const newSignal = () => {
  const control = new AbortController()
  return Object.assign(control.signal, { abort: () => control.abort() })
}

/** Something that is waited for. */
const newMoment = () => {
  let comes = () => {}
  const waited = new Promise<undefined>(resolve => {
    comes = () => resolve(undefined)
  })
  return { waited, comes }
}

/**
 * Starts the engine on a data folder, as its owner, and goes on when the folder is open. Fails with what the engine says of the folder:
 * `owned`, `newer-data`, `storage`; or `internal` when the thread ends without a word. `onFault` hears mistakes of our own, for the log
 * file.
 */
export const startEngine = async (given: {
  enginePath: string
  folder: string
  secrets: Secrets
  onFault?: (error: unknown) => void
}): Promise<RunningEngine> => {
  const { port1, port2 } = new MessageChannel()
  const doorWire = portWire(port1)
  const onFault = given.onFault ?? (() => {})
  serve(door, given.secrets, doorWire, { from: 'engine', newSignal, onFault })
  const { worker, give } = takeThread(given.enginePath)
  give({ folder: given.folder, doorPort: port2 }, [port2])
  const wires = new Set<Wire>()
  let closing = false
  let gone = false
  let failed: Failure | undefined
  const [opened, ready] = [newMoment(), newMoment()]
  const ended = new Promise<Failure | undefined>(resolve => {
    worker.on('exit', code => {
      gone = true
      doorWire.close()
      for (const wire of wires) wire.close()
      resolve(closing ? undefined : (failed ?? new Failure('internal', { method: 'engine', exit: code })))
    })
  })
  worker.on('error', error => {
    onFault(error)
    failed ??= new Failure('internal', { method: 'engine' })
  })
  worker.on('message', (message: unknown) => {
    const said = Said.safeParse(message).data
    if (said?.type === 'opened' || said?.type === 'ready') opened.comes()
    if (said?.type === 'ready') ready.comes()
    if (said?.type !== 'failed') return
    failed = new Failure(said.code, said.detail)
    if (said.code === 'internal') onFault(said.stack)
    void worker.terminate()
  })
  const early = await Promise.race([opened.waited, ended])
  if (early) throw early
  return {
    open: from => {
      if (gone) throw new Failure('disconnected')
      const { port1: ours, port2: theirs } = new MessageChannel()
      worker.postMessage({ type: 'open', port: theirs, from }, [theirs])
      const wire = portWire(ours)
      wires.add(wire)
      ours.on('close', () => wires.delete(wire))
      return wire
    },
    close: async patienceMs => {
      closing = true
      worker.postMessage({ type: 'close', patienceMs })
      await ended
    },
    ready: Promise.race([ready.waited, ended]),
    ended,
  }
}

/** What a worker says that does one thing and ends. */
const Ended = z.discriminatedUnion('type', [
  z.object({ type: z.literal('verdict'), verdict: z.unknown() }),
  z.object({ type: z.literal('restored'), restored: z.unknown() }),
  z.object({ type: z.literal('failed'), code: FailureCode, detail: FailureDetail }),
])

const answerOf = (worker: Worker, method: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.on('message', (message: unknown) => {
      const said = Ended.safeParse(message).data
      if (said?.type === 'verdict') resolve(said.verdict)
      if (said?.type === 'restored') resolve(said.restored)
      if (said?.type === 'failed') reject(new Failure(said.code, said.detail))
    })
    worker.on('error', () => reject(new Failure('internal', { method })))
    worker.on('exit', () => reject(new Failure('internal', { method })))
  })

/** Has an exported log verified from the file alone, with no data folder. Answers the verdict, still to be read by its schema. */
export const verifyFile = (enginePath: string, file: string): Promise<unknown> =>
  answerOf(startWorker(enginePath, { verify: file }, []), 'verify')

/**
 * Has a backup restored into a folder that nobody has open. Answers what was done, still to be read by its schema; fails with what is
 * wrong with the backup, with `conflict` where its log does not hold, and with `owned` and `storage`.
 */
export const restoreFile = async (
  enginePath: string,
  restore: { folder: string; file: string; passphrase?: string | undefined; logIsBroken: boolean },
  secrets: Secrets,
): Promise<unknown> => {
  const { port1, port2 } = new MessageChannel()
  const wire = portWire(port1)
  serve(door, secrets, wire, { from: 'engine', newSignal })
  try {
    return await answerOf(startWorker(enginePath, { restore, doorPort: port2 }, [port2]), 'restore')
  } finally {
    wire.close()
  }
}
