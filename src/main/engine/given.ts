import type { Clock } from '../../shared/clock.ts'
import type { Context } from './context.ts'

/** Who is on a wire: a desk, where a person sees what is held, or the command line. */
export type From = 'desktop' | 'browser' | 'cli'

/** What an engine is made from. `fetch` reaches the network; `runTask` runs long reading work in the second worker. */
export type Given = {
  folder: string
  fetch: typeof globalThis.fetch
  clock: Clock
  /** From 0 to 1: what spreads the times at which servers are asked. Another than the usual chance makes a run that can be repeated. */
  random?(): number
  door: {
    seal(secret: string, keyFile: boolean): ReturnType<Context['door']['seal']>
    unseal(sealed: string, keyFile: boolean): ReturnType<Context['door']['unseal']>
  }
  runTask(name: string, data: unknown): Promise<unknown>
}
