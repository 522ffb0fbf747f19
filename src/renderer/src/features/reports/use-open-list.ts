import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Engine } from '../../../../shared/contract/index.ts'
import { systemClock } from '../../../../shared/system-clock.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure, type Input, type Output, useLive } from '../../client/use-live.ts'
import { takeEarly } from './early.ts'
import { type Lines, readLines } from './lines.ts'
import { BEFORE_ALL, useDesk } from './store.ts'

/** A line that keeps its place on the screen while its list is put up again: where it was, and where it is. */
type Pivot = { was: number; is: number }

export type OpenList = Output<'reports.open'> & { key: string; of: Lines; pivot: Pivot | null }

/** Finds the current report in the list put up again, and reads what will be in view: then nothing flickers when it is swapped for the last. */
const settle = async (
  engine: Engine,
  last: OpenList,
  list: string,
  of: Lines,
  signal: AbortSignal,
): Promise<Pivot | null> => {
  const { current, wanted } = useDesk.getState()
  if (!current || current.index === BEFORE_ALL || wanted) return null
  const { target, index: was } = current
  const { index: is } = await engine.call('reports.place', { list, report: target }, { signal })
  if (is === null) return null
  const { from, to } = last.of.inView()
  await of.read(from + is - was, to + is - was)
  return { was, is }
}

/**
 * A list in the order it had when it was opened. It is opened again when what is asked changes, when the engine has forgotten it,
 * when it was empty and no longer is, and by `reopen`; until the next one is there, the last one stands.
 */
export const useOpenList = (asked: Input<'reports.open'>) => {
  const engine = useEngine()
  const key = JSON.stringify(asked)
  const [turn, setTurn] = useState(0)
  const [list, setList] = useState<OpenList>()
  const last = useRef<OpenList>(undefined)
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
    const { signal } = abort
    const show = async () => {
      const opened = await opening
      const of = readLines(engine, systemClock, opened, failed)
      signal.addEventListener('abort', of.stop)
      const again = last.current?.key === key ? last.current : undefined
      const pivot = again ? await settle(engine, again, opened.list, of, signal) : null
      if (signal.aborted) return
      signal.removeEventListener('abort', of.stop)
      // List and place change together, or a row would be drawn where it is not.
      flushSync(() => {
        setFailure(undefined)
        setList({ ...opened, key, of, pivot })
        const { current } = useDesk.getState()
        if (pivot && current?.index === pivot.was) useDesk.setState({ current: { ...current, index: pivot.is } })
      })
    }
    show().catch(failed)
    return () => abort.abort()
  }, [engine, key, turn, reopen])
  useEffect(() => {
    last.current = list
  }, [list])
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

/** A subscription to nothing. */
export const nothing = () => () => {}

/** Draws again when lines of the list were read. */
export const useLinesVersion = (lines: Lines | undefined) =>
  useSyncExternalStore(lines?.subscribe ?? nothing, () => lines?.version() ?? 0)
