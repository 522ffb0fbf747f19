import type { z } from 'zod'
import type { Clock } from '../clock.ts'

/** One thing that may be said to the engine: its kind, both shapes, and for a query the topics that make its answer stale. */
export type Method = { kind: 'query' | 'command'; input: z.ZodType; output: z.ZodType; topics: readonly string[] }
/** Everything that may be said, by its name. */
export type Contract = Record<string, Method>

/** Reads. `topics` name what makes the answer stale. */
export const query = <I extends z.ZodType, O extends z.ZodType, T extends string>(
  input: I,
  output: O,
  topics: readonly T[],
) => ({ kind: 'query', input, output, topics }) as const

/** Changes something; never sent twice by itself. */
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'command', input, output, topics: [] }) as const

/** What an `AbortSignal` is everywhere. */
export type Signal = { readonly aborted: boolean; addEventListener(type: 'abort', run: () => void): void }

/** The other half of a contract: one function a method. `from` is who the wire belongs to. */
export type Handlers<C extends Contract, From> = {
  [K in keyof C]: (
    input: z.output<C[K]['input']>,
    call: { signal: Signal; from: From },
  ) => z.input<C[K]['output']> | Promise<z.input<C[K]['output']>>
}

/** `connecting` includes waiting for the next try; `closed` is for good. */
export type LinkState = 'connecting' | 'open' | 'closed'

/** The caller's half. A call fails with a `Failure`. */
export type Client<C extends Contract> = {
  /** `later`: nobody waits for it, so that all that is asked meanwhile goes before it; a signal says when somebody does after all. */
  call<K extends keyof C & string>(
    name: K,
    input: z.input<C[K]['input']>,
    options?: { signal?: Signal; timeoutMs?: number; later?: true | Signal | undefined },
  ): Promise<z.output<C[K]['output']>>
  /** Runs `stale` when one of the topics changed, and after each reconnection, since changes may have been missed. */
  watch(topics: readonly string[], stale: () => void): () => void
  onState(run: (state: LinkState) => void): () => void
  close(): void
}

/** How one wire is answered: who it belongs to, where faults of ours go, and what follows when it closes. */
export type Serving<From> = {
  from: From
  newSignal(): Signal & { abort(): void }
  /** Lets a turn pass, in which other frames arrive, before what nobody waits for is answered; without it that is answered at once. */
  later?(run: () => void): void
  onFault?(error: unknown, method: string): void
  onClose?(): void
}

/** How a client waits: `timeoutMs` for a call (default 30 s), `retryMs` between two tries to connect. */
export type Linking = { clock: Clock; timeoutMs?: number; retryMs?: readonly number[] }
