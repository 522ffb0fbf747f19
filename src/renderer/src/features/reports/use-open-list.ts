import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Engine } from '../../../../shared/contract/index.ts'
import { type Folding, type GroupHead, nothingFolded } from '../../../../shared/contract/reports.ts'
import { systemClock } from '../../../../shared/system-clock.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Input, Output } from '../../client/question.ts'
import { asFailure, useLive } from '../../client/use-live.ts'
import { takeEarly } from './early.ts'
import type { Folds } from './folds.ts'
import { type Lines, readLines } from './lines.ts'
import { BEFORE_ALL, useDesk } from './store.ts'

/** A line that keeps its place on the screen while its list is put up again: where it was, and where it is. */
type Pivot = { was: number; is: number }

export type OpenList = Output<'reports.open'> & { key: string; folds: string; of: Lines; pivot: Pivot | null }

const NOTHING_FOLDED = JSON.stringify(nothingFolded)

/** Where the current report stands in the list put up again, and what keeps its place on the screen. */
type Settled = { seen: Current; placed: Current; pivot: Pivot | null }
type Current = ReturnType<typeof useDesk.getState>['current']

/**
 * Finds the current report in the list put up again, and reads what will be in view: then nothing flickers when it is swapped for the last.
 * `at`: the line that was folded or unfolded, if that is why.
 */
const settle = async (
  engine: Engine,
  last: OpenList,
  { list, of }: { list: string; of: Lines },
  at: number | null,
  signal: AbortSignal,
): Promise<Settled> => {
  const { current: seen, wanted } = useDesk.getState()
  const isHere = seen?.list === last.list && seen.index !== BEFORE_ALL && !wanted
  const place = isHere
    ? await engine.call('reports.place', { list, report: seen.target }, { signal })
    : { index: null, folded: null }
  const placed =
    isHere && place.index !== null
      ? { target: seen.target, index: place.index, list, folded: place.folded !== null }
      : seen
  const held =
    at !== null ? { was: at, is: at } : isHere && place.index !== null ? { was: seen.index, is: place.index } : null
  if (held) {
    const { from, to } = last.of.inView()
    await of.read(from + held.is - held.was, to + held.is - held.was)
  }
  return { seen, placed, pivot: held }
}

/**
 * A list in the order it had when it was opened. It is opened again when what is asked changes, when the engine has forgotten it,
 * when it was empty and no longer is, and by `reopen`; until the next one is there, the last one stands. Folding keeps its order.
 */
export const useOpenList = (asked: Input<'reports.open'>, { folding, at }: Pick<Folds, 'folding' | 'at'>) => {
  const engine = useEngine()
  const key = JSON.stringify(asked)
  const folds = JSON.stringify(folding)
  const [turn, setTurn] = useState(0)
  const [early] = useState(() => (folds === NOTHING_FOLDED ? takeEarly(key) : undefined))
  const isFirst = useRef(early !== undefined)
  const [list, setList] = useState<OpenList | undefined>(
    early && { ...early.opened, key, folds, of: early.of, pivot: null },
  )
  const last = useRef(list && { list, turn })
  const foldedAt = useRef(at)
  foldedAt.current = at
  const [failure, setFailure] = useState<Failure>()
  const reopen = useCallback(() => setTurn(last => last + 1), [])

  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    // The key is the input, and unlike it the same from one drawing to the next.
    const input: Input<'reports.open'> = JSON.parse(key)
    const folding: Folding = JSON.parse(folds)
    const failed = (error: unknown) => {
      if (signal.aborted) return
      const failure = asFailure(error)
      if (failure.code === 'not-found') reopen()
      else setFailure(failure)
    }
    if (early && isFirst.current) {
      isFirst.current = false
      early.hear(failed)
      return () => abort.abort()
    }
    const again = last.current?.list.key === key ? last.current : undefined
    const isFold = again !== undefined && again.turn === turn && again.list.folds !== folds
    const opening = isFold
      ? engine.call('reports.fold', { list: again.list.list, folding }, { signal })
      : engine.call('reports.open', { ...input, folding }, { signal })
    const show = async () => {
      const opened = await opening
      const of = readLines(engine, systemClock, opened, failed)
      signal.addEventListener('abort', of.stop)
      const settled = again
        ? await settle(engine, again.list, { list: opened.list, of }, isFold ? foldedAt.current : null, signal)
        : null
      if (signal.aborted) return
      signal.removeEventListener('abort', of.stop)
      // List and place change together, or a row would be drawn where it is not.
      flushSync(() => {
        setFailure(undefined)
        const list = { ...opened, key, folds, of, pivot: settled?.pivot ?? null }
        last.current = { list, turn }
        setList(list)
        if (settled && useDesk.getState().current === settled.seen) useDesk.setState({ current: settled.placed })
      })
    }
    show().catch(failed)
    return () => abort.abort()
  }, [engine, key, turn, folds, reopen, early])
  useEffect(() => () => list?.of.stop(), [list])

  const news = useLive('reports.news', list ? { list: list.list } : null)
  const { added, older } = news.data ?? { added: 0, older: 0 }
  const forgotten = news.failure?.code === 'not-found'
  const filled = list?.lines === 0 && added > 0
  useEffect(() => {
    if (forgotten || filled) reopen()
  }, [forgotten, filled, reopen])

  return { list, isStale: list !== undefined && list.key !== key, added, older, failure, reopen, asked: key }
}

/** A subscription to nothing. */
export const nothing = () => () => {}

/** Draws again when lines of the list were read. */
export const useLinesVersion = (lines: Lines | undefined) =>
  useSyncExternalStore(lines?.subscribe ?? nothing, () => lines?.version() ?? 0)

/** The group that a line stands in, and where its head is, as far as it is known. */
export const groupAt = (list: OpenList, index: number): { head: number; group: GroupHead } | undefined => {
  const head = list.of.headAbove(index)
  const line = head === undefined ? undefined : list.of.at(head)
  return head !== undefined && line?.line === 'group' ? { head, group: line.group } : undefined
}
