import { createStore } from 'zustand'
import { Failure } from '../../../../shared/contract/failure.ts'

/** What was asked of a server about one thing: on its way, its answer, or why there is none. */
export type Answer<T> = { busy: boolean; data: T | null; failure: Failure | null }

type State<T> = { of: string; answers: Readonly<Record<string, Answer<T>>> }

/**
 * Answers of a server that are read only when asked for and kept nowhere else, for one case at a time. `ask` fetches one, or takes it
 * away again; what comes when its case has been left, or after it was taken away, is not shown.
 */
export const makeAsked = <T>(fetch: (key: string, signal: AbortSignal) => Promise<T>) => {
  const nothing: State<T> = { of: '', answers: {} }
  const store = createStore<State<T>>(() => nothing)
  const underway = new Map<string, AbortController>()
  const put = (key: string, answer: Answer<T> | undefined) =>
    store.setState(({ answers: { [key]: _, ...rest } }) => ({ answers: answer ? { ...rest, [key]: answer } : rest }))
  const leave = () => {
    for (const abort of underway.values()) abort.abort()
    underway.clear()
    store.setState(nothing)
  }
  return {
    store,
    leave,
    ask: async (of: string, key: string): Promise<void> => {
      if (store.getState().of !== of) {
        leave()
        store.setState({ of })
      }
      const before = store.getState().answers[key]
      if (before && before.failure === null) {
        underway.get(key)?.abort()
        underway.delete(key)
        return put(key, undefined)
      }
      const abort = new AbortController()
      underway.set(key, abort)
      put(key, { busy: true, data: null, failure: null })
      try {
        const data = await fetch(key, abort.signal)
        if (!abort.signal.aborted) put(key, { busy: false, data, failure: null })
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure('internal')
        if (!abort.signal.aborted) put(key, { busy: false, data: null, failure })
      }
      if (underway.get(key) === abort) underway.delete(key)
    },
  }
}
