import { useEffect, useState } from 'react'
import { Failure } from '../../../shared/contract/failure.ts'
import { contract } from '../../../shared/contract/index.ts'
import { systemClock } from '../../../shared/system-clock.ts'
import { useEngine } from './engine.tsx'
import { firstAnswer } from './first-answers.ts'
import { paced } from './paced.ts'
import type { Input, Output, Query } from './question.ts'
import { shared } from './shared.ts'

/** What is not a failure of the contract is ours. */
export const asFailure = (error: unknown) => (error instanceof Failure ? error : new Failure('internal'))

/**
 * What a live query knows. `data`: the newest answer to this very input. `before`: the newest answer to any input, so that a pane can
 * go on showing what it shows until the next thing is there. `failure`: why the last run gave nothing; `data` then still stands.
 */
export type Live<T> = { data: T | undefined; before: T | undefined; failure: Failure | undefined; loading: boolean }

type Held<T> = { key: string; data: T | undefined; failure: Failure | undefined }

/** What is held after an answer: the very same where nothing changed. */
const taken = <T>(last: Held<T>, key: string, answer: T): Held<T> => {
  const data = last.key === key ? shared(last.data, answer) : answer
  return last.key === key && last.failure === undefined && last.data === data ? last : { key, data, failure: undefined }
}

/** An answer that was read ahead; what is not fresh is shown, and read again like everything that changed. */
export type Known<T> = { data: T; isFresh: boolean }

/** How a key is read: `later` when an answer stands there already, so that nobody waits for it. */
export type Reading = { signal: AbortSignal; later: true | undefined }

/**
 * What `read` answers for a key, kept fresh: read again when one of the topics changes. Another key is another question; null asks
 * nothing. `known`: the answer, where it was read ahead; it is drawn at once, and not asked for again while it is fresh.
 */
export const useReading = <T>(
  key: string | null,
  topics: readonly string[],
  read: (how: Reading) => Promise<T> | null,
  known?: () => Known<T> | undefined,
): Live<T> => {
  const engine = useEngine()
  const [last, setHeld] = useState<Held<T>>({ key: '', data: undefined, failure: undefined })
  const ahead = key === null || last.key === key ? undefined : known?.()?.data
  // Told in this very pass, too: the first one is that in which others begin with it.
  const held = key === null || ahead === undefined ? last : { key, data: ahead, failure: undefined }
  if (held !== last) setHeld(held)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is read and by which topics
  useEffect(() => {
    if (key === null) return
    const abort = new AbortController()
    const run = async (isAwaited: boolean) => {
      try {
        const data = await read({ signal: abort.signal, later: isAwaited ? undefined : true })
        if (data !== null && !abort.signal.aborted) setHeld(last => taken(last, key, data))
      } catch (error) {
        const failure = asFailure(error)
        if (!abort.signal.aborted) setHeld(last => ({ key, data: last.key === key ? last.data : undefined, failure }))
      }
    }
    const pace = paced(systemClock, run)
    const unwatch = engine.watch(topics, pace.ask)
    const ahead = known?.()
    if (ahead === undefined || ahead.data !== held.data) pace.now()
    else if (!ahead.isFresh) pace.ask()
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
  return useReading(
    input === null ? null : `${method} ${JSON.stringify(input)}`,
    contract[method].topics,
    how => (input === null ? null : engine.call(method, input, how)),
    () => {
      const data = input === null ? undefined : firstAnswer(method, input)
      return data && { data, isFresh: true }
    },
  )
}
