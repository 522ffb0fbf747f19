import { useCallback, useEffect, useRef } from 'react'
import { useEngine } from '../../client/engine.tsx'
import { BEFORE_ALL, useDesk } from './store.ts'
import type { OpenList } from './use-open-list.ts'

/** The report that keys act on, and the ways to another one. `isAsked`: the list is the one that was asked for last. */
export const useCurrent = (list: OpenList | undefined, isAsked: boolean) => {
  const engine = useEngine()
  const current = useDesk(desk => desk.current)
  const wanted = useDesk(desk => desk.wanted)
  const beside = useRef<OpenList>(undefined)

  /** Goes to the line, or on in the same direction to the first report. */
  const goTo = useCallback(
    async (from: number, step: 1 | -1) => {
      if (!list) return false
      for (let index = from; index >= 0 && index < list.lines; index += step) {
        const line = await list.of.find(index)
        if (!line) return false
        if (line.line === 'group') continue
        useDesk.setState({ current: { target: { server: line.row.server, id: line.row.id }, index } })
        return true
      }
      return false
    },
    [list],
  )

  // A list that was opened again has its own places: find the same report there, else begin at the top.
  useEffect(() => {
    // Not in the list that is still on screen while the one that was asked for is on its way.
    if (!list || (wanted && !isAsked)) return
    // What this list does not have, and is shown all the same, stays until one goes on.
    if (!wanted && beside.current === list && useDesk.getState().current?.index === BEFORE_ALL) return
    const target = wanted ?? useDesk.getState().current?.target
    const abort = new AbortController()
    const place = async () => {
      const answer = target
        ? await engine.call('reports.place', { list: list.list, report: target }, { signal: abort.signal })
        : undefined
      if (abort.signal.aborted) return
      if (target && answer && answer.index !== null)
        useDesk.setState({ current: { target, index: answer.index }, wanted: null })
      // What was asked for is shown even where this list does not have it; the next one is then the first of the list.
      else if (wanted) {
        beside.current = list
        useDesk.setState({ current: { target: wanted, index: BEFORE_ALL }, wanted: null })
      } else if (!(await goTo(0, 1))) useDesk.setState({ current: null })
    }
    place().catch(() => abort.signal.aborted || goTo(0, 1))
    return () => abort.abort()
  }, [engine, list, goTo, wanted, isAsked])

  const step = useCallback(
    (by: 1 | -1) => {
      const at = useDesk.getState().current?.index
      return at === undefined ? goTo(0, 1) : goTo(at + by, by)
    },
    [goTo],
  )

  /** On to the next report that is still open; false when there is none behind this one, and then none before it either. */
  const toNextOpen = useCallback(async () => {
    const at = useDesk.getState().current
    if (!list || !at) return false
    const { index, report } = await engine.call('reports.place', { list: list.list, report: at.target, next: true })
    if (index === null || report === null) return false
    useDesk.setState({ current: { target: report, index } })
    return true
  }, [engine, list])

  return { current, goTo, step, toNextOpen }
}
