import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { Failure } from '../../../shared/contract/failure.ts'
import { contract } from '../../../shared/contract/index.ts'
import { systemClock } from '../../../shared/system-clock.ts'
import { useEngine } from './engine.tsx'
import { paced } from './paced.ts'

type Methods = typeof contract
export type Query = { [K in keyof Methods]: Methods[K]['kind'] extends 'query' ? K : never }[keyof Methods]
export type Input<K extends keyof Methods> = z.input<Methods[K]['input']>
export type Output<K extends keyof Methods> = z.output<Methods[K]['output']>

/** What is not a failure of the contract is ours. */
export const asFailure = (error: unknown) => (error instanceof Failure ? error : new Failure('internal'))

/**
 * What a live query knows. `data`: the newest answer to this very input. `before`: the newest answer to any input, so that a pane can
 * go on showing what it shows until the next thing is there. `failure`: why the last run gave nothing; `data` then still stands.
 */
export type Live<T> = { data: T | undefined; before: T | undefined; failure: Failure | undefined; loading: boolean }

type Held<T> = { key: string; data: T | undefined; failure: Failure | undefined }

/**
 * What `read` answers for a key, kept fresh: read again when one of the topics changes. Another key is another question; null asks
 * nothing.
 */
export const useReading = <T>(
  key: string | null,
  topics: readonly string[],
  read: (signal: AbortSignal) => Promise<T> | null,
): Live<T> => {
  const engine = useEngine()
  const [held, setHeld] = useState<Held<T>>({ key: '', data: undefined, failure: undefined })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is read and by which topics
  useEffect(() => {
    if (key === null) return
    const abort = new AbortController()
    const run = async () => {
      try {
        const data = await read(abort.signal)
        if (data !== null && !abort.signal.aborted) setHeld({ key, data, failure: undefined })
      } catch (error) {
        const failure = asFailure(error)
        if (!abort.signal.aborted) setHeld(last => ({ key, data: last.key === key ? last.data : undefined, failure }))
      }
    }
    const pace = paced(systemClock, run)
    const unwatch = engine.watch(topics, pace.ask)
    pace.now()
    return () => {
      abort.abort()
      pace.stop()
      unwatch()
    }
  }, [engine, key])
  const mine = held.key === key
  return {
    data: mine ? held.data : undefined,
    before: held.data,
    failure: mine ? held.failure : undefined,
    loading: key !== null && !mine,
  }
}

/** The answer of a query, kept fresh: read again when one of its topics changes. Null asks nothing. */
export const useLive = <K extends Query>(method: K, input: Input<K> | null): Live<Output<K>> => {
  const engine = useEngine()
  return useReading(input === null ? null : `${method} ${JSON.stringify(input)}`, contract[method].topics, signal =>
    input === null ? null : engine.call(method, input, { signal }),
  )
}
