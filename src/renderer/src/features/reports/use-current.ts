import { useCallback, useEffect, useRef } from 'react'
import type { Target } from '../../../../shared/contract/ids.ts'
import { useEngine } from '../../client/engine.tsx'
import { isAboutSame, likelyNext } from './beside.ts'
import type { Folds } from './folds.ts'
import { BEFORE_ALL, useDesk } from './store.ts'
import type { OpenList } from './use-open-list.ts'

/**
 * The report that keys act on, or the head of a folded group, and the ways to another one. `asked`: the key of the list that was asked
 * for last. `cases` reads what one comes to: `ahead` ends when that is done, or cannot be; `behind` asks in the same breath as a
 * command, `over` leaves what was read before one that does not concern it.
 */
export const useCurrent = (
  list: OpenList | undefined,
  asked: string,
  cases: {
    ahead(report: Target): Promise<unknown>
    behind(command: Promise<unknown>, report: Target): void
    over(command: Promise<unknown>, report: Target): void
  },
  fold: Folds['fold'],
) => {
  const engine = useEngine()
  const current = useDesk(desk => desk.current)
  const wanted = useDesk(desk => desk.wanted)
  const isAsked = list?.key === asked
  const isPlaced = current?.list === list?.list

  /** Goes to the line, or on in the same direction to the first report. */
  const goTo = useCallback(
    async (from: number, step: 1 | -1) => {
      if (!list) return false
      for (let index = from; index >= 0 && index < list.lines; index += step) {
        const line = await list.of.find(index)
        if (!line) return false
        if (line.line === 'group' && line.folded === null) continue
        const target = line.line === 'group' ? line.folded : { server: line.row.server, id: line.row.id }
        if (target) useDesk.setState({ current: { target, index, list: list.list, folded: line.line === 'group' } })
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
    // What this list does not have, and is shown all the same, stays as well until one goes on.
    if (!wanted && isPlaced) return
    const target = wanted ?? useDesk.getState().current?.target
    const abort = new AbortController()
    const place = async () => {
      const placeOf = async (report: Target | null | undefined) =>
        report
          ? await engine.call('reports.place', { list: list.list, report }, { signal: abort.signal })
          : { index: null, folded: null }
      const { index, folded } = await placeOf(target)
      const { left } = useDesk.getState()
      const before = index === null && !wanted ? await placeOf(left) : { index: null, folded: null }
      if (abort.signal.aborted) return
      // What was asked for is not left under a head: the list comes again without it folded.
      if (wanted && folded !== null) return fold(folded, false, null)
      if (target && index !== null)
        useDesk.setState({ current: { target, index, list: list.list, folded: folded !== null }, wanted: null })
      // One looked at something that is not here, and comes back.
      else if (left && before.index !== null)
        useDesk.setState({
          current: { target: left, index: before.index, list: list.list, folded: before.folded !== null },
        })
      // What was asked for is shown even where this list does not have it; the next one is then the first of the list.
      else if (wanted)
        useDesk.setState({ current: { target: wanted, index: BEFORE_ALL, list: list.list }, wanted: null })
      else if (!(await goTo(0, 1))) useDesk.setState({ current: null })
    }
    place().catch(() => abort.signal.aborted || goTo(0, 1))
    return () => abort.abort()
  }, [engine, list, goTo, wanted, isAsked, isPlaced, fold])

  // A line that was not read yet is waited for; what is pressed meanwhile goes on from there.
  const moving = useRef<Promise<boolean>>(undefined)
  const inOrder = useCallback((move: () => Promise<boolean>) => {
    const mine = moving.current === undefined ? move() : moving.current.then(move)
    moving.current = mine
    void mine.finally(() => {
      if (moving.current === mine) moving.current = undefined
    })
    return mine
  }, [])
  const step = useCallback(
    (by: 1 | -1) =>
      inOrder(async () => {
        const at = useDesk.getState().current
        if (at === null) return await goTo(0, 1)
        // Its place in this list is being asked for.
        return at.list === list?.list && (await goTo(at.index + by, by))
      }),
    [list, goTo, inOrder],
  )

  /**
   * Finds the next report that is still open: what it answers goes there. Null when there is none behind this one, and then none before
   * it either. `command`: what the current one is decided by; where it leads to is asked without waiting for its answer.
   */
  const findNextOpen = useCallback(
    async (command: Promise<unknown> = Promise.resolve()) => {
      const at = useDesk.getState().current
      if (!list || !at) return null
      const place = () => engine.call('reports.place', { list: list.list, report: at.target, next: true })
      let isDone = false
      const done = command.then(() => {
        isDone = true
      })
      // Whoever sent it hears why it failed.
      done.catch(() => {})
      const likely = at.list === list.list ? likelyNext(list.of, at.index) : undefined
      const found = place()
      // A decision is on a report or its account: what was read about another account still holds.
      if (likely) cases[isAboutSame(list.of, at.index, likely) ? 'behind' : 'over'](done, likely)
      const early = await found
      // An answer before the command's own does not know of it.
      const { index, report } = isDone ? early : await done.then(place)
      if (index === null || report === null) return null
      // Both are drawn at once: that one goes there, and what stands there.
      await cases.ahead(report)
      return () => useDesk.setState({ current: { target: report, index, list: list.list } })
    },
    [engine, list, cases],
  )

  return {
    current,
    /** The place of the current row in the list; none where it is not in it, or not yet. */
    place: isPlaced && current && current.index !== BEFORE_ALL ? current.index : undefined,
    /** Whether what was asked for is on screen, and the current row is one of it: only then it is clear what a key that decides is meant for. */
    isSettled: isAsked && (isPlaced || list?.lines === 0),
    /** Whether someone is on the way to a row that is not read yet: what is on screen is not what they mean. */
    isMoving: useCallback(() => moving.current !== undefined, []),
    goTo: useCallback((from: number, step: 1 | -1) => inOrder(() => goTo(from, step)), [goTo, inOrder]),
    step,
    findNextOpen,
  }
}
