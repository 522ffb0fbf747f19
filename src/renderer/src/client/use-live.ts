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

/** The answer of a query, kept fresh: read again when one of its topics changes. Null asks nothing. */
export const useLive = <K extends Query>(method: K, input: Input<K> | null): Live<Output<K>> => {
  const engine = useEngine()
  const key = JSON.stringify(input)
  const [held, setHeld] = useState<Held<Output<K>>>({ key: '', data: undefined, failure: undefined })
  useEffect(() => {
    // The key is the input, and unlike it the same from one drawing to the next.
    const asked: Input<K> | null = JSON.parse(key)
    if (asked === null) return
    const abort = new AbortController()
    const read = async () => {
      try {
        const data = await engine.call(method, asked, { signal: abort.signal })
        if (!abort.signal.aborted) setHeld({ key, data, failure: undefined })
      } catch (error) {
        const failure = asFailure(error)
        if (!abort.signal.aborted) setHeld(last => ({ key, data: last.key === key ? last.data : undefined, failure }))
      }
    }
    const pace = paced(systemClock, read)
    const unwatch = engine.watch(contract[method].topics, pace.ask)
    pace.now()
    return () => {
      abort.abort()
      pace.stop()
      unwatch()
    }
  }, [engine, method, key])
  const mine = held.key === key
  return {
    data: mine ? held.data : undefined,
    before: held.data,
    failure: mine ? held.failure : undefined,
    loading: input !== null && !mine,
  }
}
