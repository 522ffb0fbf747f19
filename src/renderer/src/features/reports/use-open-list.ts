import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { systemClock } from '../../../../shared/system-clock.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure, type Input, type Output, useLive } from '../../client/use-live.ts'
import { takeEarly } from './early.ts'
import { type Lines, readLines } from './lines.ts'

export type OpenList = Output<'reports.open'> & { key: string; of: Lines }

/**
 * A list in the order it had when it was opened. It is opened again when what is asked changes, when the engine has forgotten it,
 * when it was empty and no longer is, and by `reopen`; until the next one is there, the last one stands.
 */
export const useOpenList = (asked: Input<'reports.open'>) => {
  const engine = useEngine()
  const key = JSON.stringify(asked)
  const [turn, setTurn] = useState(0)
  const [list, setList] = useState<OpenList>()
  const [failure, setFailure] = useState<Failure>()
  const reopen = useCallback(() => setTurn(last => last + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn opens the same list again
  useEffect(() => {
    const abort = new AbortController()
    // The key is the input, and unlike it the same from one drawing to the next.
    const input: Input<'reports.open'> = JSON.parse(key)
    const failed = (error: unknown) => {
      if (abort.signal.aborted) return
      const failure = asFailure(error)
      if (failure.code === 'not-found') reopen()
      else setFailure(failure)
    }
    const opening = takeEarly(key) ?? engine.call('reports.open', input, { signal: abort.signal })
    opening.then(opened => {
      if (abort.signal.aborted) return
      setFailure(undefined)
      setList({ ...opened, key, of: readLines(engine, systemClock, opened, failed) })
    }, failed)
    return () => abort.abort()
  }, [engine, key, turn, reopen])
  useEffect(() => () => list?.of.stop(), [list])

  const news = useLive('reports.news', list ? { list: list.list } : null)
  const added = news.data?.added ?? 0
  const forgotten = news.failure?.code === 'not-found'
  const filled = list?.lines === 0 && added > 0
  useEffect(() => {
    if (forgotten || filled) reopen()
  }, [forgotten, filled, reopen])

  return { list, added, failure, reopen, isCurrent: list?.key === key }
}

const nothing = () => () => {}

/** Draws again when lines of the list were read. */
export const useLinesVersion = (lines: Lines | undefined) =>
  useSyncExternalStore(lines?.subscribe ?? nothing, () => lines?.version() ?? 0)
