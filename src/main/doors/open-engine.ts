import { Failure } from '../../shared/contract/failure.ts'
import type { Wire } from '../../shared/contract/wires.ts'
import { dropThread } from './engine-thread.ts'
import { dialOwner, listenAsOwner, type Offers } from './owner.ts'
import { type Origin, type RunningEngine, type Secrets, startEngine } from './start-engine.ts'

/** How a door comes to an engine. `folder` is a real path (`prepareFolder`). */
export type EngineOptions = {
  enginePath: string
  folder: string
  from: Origin
  secrets: Secrets
  /** What this door offers to later ones while it is the owner. */
  offers?: Pick<Offers, 'address'>
  /** Told when the engine of this process ended by itself; the next `dial` starts it again. */
  onLost?: (failure: Failure) => void
  onFault?: (error: unknown) => void
}

/** A door's way to the engine, its own or the owner's. */
export type EngineDoor = {
  /** A new wire. Decides anew each time, so that the client of an owner that died becomes the owner itself. */
  dial(from?: Origin): Promise<Wire>
  isOwner(): boolean
  /** When this process's engine answers: nothing when it does, or when another process has it; else why it never will. */
  ready(): Promise<Failure | undefined>
  /** `patienceMs`: how long the engine waits for answers to what it has sent, where that is not as long as it likes. */
  close(patienceMs?: number): Promise<void>
}

/** How long an owner may take to come up or to go before it counts as stuck, and how often one looks. */
const PATIENCE_MS = 6000
const LOOK_MS = 50

type Owned = { engine: RunningEngine; listening: { close(): Promise<void> } }
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/**
 * Opens the engine of a data folder. The engine's lock is the truth about who owns it, the socket only the way to the owner: it is
 * tried first because it costs nothing, and whoever hears nobody there tries to become the owner.
 */
export const openEngine = (options: EngineOptions): EngineDoor => {
  let owning: Promise<Owned> | undefined
  let owner = false
  let closed = false

  const become = async (): Promise<Owned> => {
    const engine = await startEngine(options)
    const listening = await listenAsOwner(options.folder, { ...options.offers, open: engine.open }).catch(
      async error => {
        await engine.close()
        throw error
      },
    )
    owner = true
    void engine.ended.then(async why => {
      owner = false
      owning = undefined
      await listening.close()
      // One that never answered is no loss: `ready` says why.
      if (why && !closed && (await engine.ready) !== why) options.onLost?.(why)
    })
    return { engine, listening }
  }
  /** Another process owns the folder, or our own engine has just ended: both may look different in a moment. */
  const mayPass = (error: unknown) => error instanceof Failure && ['owned', 'disconnected'].includes(error.code)

  /** A wire of this process's engine, started if need be. Nothing when there is none at the moment. */
  const dialOwn = async (from: Origin): Promise<Wire | undefined> => {
    owning ??= become()
    const mine = owning
    try {
      return (await mine).engine.open(from)
    } catch (error) {
      if (owning === mine) owning = undefined
      if (mayPass(error)) return undefined
      throw error
    }
  }
  return {
    dial: async (from = options.from) => {
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(LOOK_MS)) {
        if (closed) throw new Failure('cancelled')
        const theirs = owning ? undefined : await dialOwner(options.folder, from)
        if (theirs) dropThread()
        const wire = theirs ?? (await dialOwn(from))
        if (wire) return wire
      }
      throw new Failure('owned')
    },
    isOwner: () => owner,
    ready: async () => (await owning?.catch(() => undefined))?.engine.ready,
    close: async patienceMs => {
      closed = true
      const mine = await owning?.catch(() => undefined)
      // First the way, then the lock: who looks in between finds nobody and waits for the lock.
      await mine?.listening.close()
      await mine?.engine.close(patienceMs)
    },
  }
}
