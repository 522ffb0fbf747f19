import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { DecisionKind } from '../../../shared/contract/decisions.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { useEngine } from '../client/engine.tsx'
import { useServers } from '../client/servers.tsx'
import { asFailure } from '../client/use-live.ts'
import { useBundle } from '../features/batches/store.ts'
import {
  canMark,
  countMarked,
  isMarked,
  mark,
  refusalOf,
  unmark,
  unmarkAll,
  useMarks,
} from '../features/reports/marks.ts'
import { sameTarget, useDesk } from '../features/reports/store.ts'
import { groupAt, type OpenList } from '../features/reports/use-open-list.ts'
import { announce } from '../ui/announce.tsx'
import { oneByOne } from './one-by-one.ts'

/** A batch takes no more. */
const MOST = 5_000

const nameAt = (list: OpenList, index: number) => groupAt(list, index)?.group.name ?? ''

const tell = () => {
  announce(say('marks.count', { count: useMarks.getState().marks.size }))
  return true
}

/** Says why nothing was marked. */
const refuse = (why: string) => {
  announce(why)
  return false
}

/** Marks these, if a batch could still take them all. */
const add = (targets: readonly Target[], group: string): boolean => {
  if (useMarks.getState().marks.size + targets.length > MOST) return refuse(say('marks.too-many', { most: MOST }))
  mark(targets, group)
  return tell()
}

/**
 * The queue as it is on screen. `asked`: the key of the list that was asked for last; `isSettled`: it is this one, and `place` is in it;
 * `isMoving`: another place in it is on its way.
 */
type Seen = {
  list: OpenList | undefined
  place: number | undefined
  asked: string
  isSettled: boolean
  isMoving(): boolean
}

/** What a key does with the list that it is meant for; whether marks are then as it wanted them. */
type Marking = (list: OpenList, place: number | undefined) => boolean | Promise<boolean>

/**
 * The marks of the queue: one by one, a range, a group, and what is decided about all of them at once. A list that is on its way takes the marks
 * of the last one with it: keys that mark wait for it, and keys that decide do nothing until it is there, or until marks are set.
 */
export const useMarking = (seen: Seen, step: (by: 1 | -1) => Promise<boolean>, onArmed: () => void) => {
  const engine = useEngine()
  const servers = useServers()
  const marks = useMarks(state => state.marks)
  const current = useDesk(desk => desk.current)
  // What was marked in another list is not in view, so keys must not act on it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key tells what the list was asked for
  useLayoutEffect(() => unmarkAll, [seen.list?.key])

  const latest = useRef(seen)
  const waiting = useRef<(() => void)[]>([])
  useLayoutEffect(() => {
    const isOther = latest.current.asked !== seen.asked
    latest.current = seen
    if (seen.isSettled || isOther) for (const go of waiting.current.splice(0)) go()
  })
  /** Ends when the list that is asked for now is on screen, or another one is asked for. */
  const settled = useCallback(() => new Promise<void>(resolve => waiting.current.push(resolve)), [])
  const [order] = useState(() => oneByOne(error => announce(sayFailure(asFailure(error)))))
  /** Marks in the list that is asked for now, once it is on screen, and after what was to be marked before. */
  const during = useCallback(
    (marking: Marking) => {
      const { asked } = latest.current
      const begin = () => {
        const { list, place, isSettled, asked: now } = latest.current
        if (!list || !isSettled || now !== asked) return refuse(say('marks.gone'))
        return marking(list, place)
      }
      order.run(() => (latest.current.isSettled ? begin() : settled().then(begin)))
    },
    [order, settled],
  )

  /** Whether another list was asked for than this one, which would take new marks with it. */
  const isLeft = useCallback((list: OpenList) => latest.current.asked !== list.key, [])
  /** Marks in the list that was pointed at, while it is still the one on screen. */
  const pointed = useCallback(
    (marking: Marking) => {
      const at = latest.current.list
      during((list, place) => (list === at ? marking(list, place) : refuse(say('marks.gone'))))
    },
    [during],
  )
  const markGroupOf = useCallback(
    async (list: OpenList, index: number): Promise<boolean> => {
      const found = groupAt(list, index)
      if (!found) return false
      const { head, group } = found
      if (!canMark(group)) return refuse(say(group.kind === 'legal' ? 'marks.legal' : 'marks.single'))
      const { targets, left } = await engine.call('reports.group', { list: list.list, head })
      if (isLeft(list)) return refuse(say('marks.gone'))
      if (left > 0) return refuse(say('marks.too-many', { most: MOST }))
      if (countMarked(useMarks.getState().marks, group.name) < targets.length) return add(targets, group.name)
      unmark(targets)
      return tell()
    },
    [engine, isLeft],
  )
  const toggleOf = useCallback(
    (list: OpenList, index: number): boolean | Promise<boolean> => {
      const line = list.of.at(index)
      if (!line) return false
      // A folded head is marked as what it stands for.
      if (line.line === 'group') return markGroupOf(list, index)
      const target = { server: line.row.server, id: line.row.id }
      if (!isMarked(useMarks.getState().marks, target)) return add([target], nameAt(list, index))
      unmark([target])
      return tell()
    },
    [markGroupOf],
  )
  const isActing = marks.size > 1 && isMarked(marks, current?.target)
  const steps = useRef(step)
  steps.current = step
  return {
    /** Whether keys act on what is marked: only while the current row is one of them. */
    isActing,
    count: marks.size,
    targets: () => [...useMarks.getState().marks.values()].map(({ target }) => target),
    toggle: useCallback((index: number) => pointed(list => toggleOf(list, index)), [pointed, toggleOf]),
    toggleCurrent: () => during((list, place) => place !== undefined && toggleOf(list, place)),
    extend: (by: 1 | -1) =>
      during(async list => {
        const before = useDesk.getState().current
        if (!before || !(await steps.current(by))) return true
        const after = useDesk.getState().current
        if (isLeft(list)) return refuse(say('marks.gone'))
        const ends = [before, ...(after ? [after] : [])]
        for (const { target, index, folded } of ends) if (!folded) mark([target], nameAt(list, index))
        return tell()
      }),
    markTo: useCallback(
      (index: number) =>
        pointed(async (list, place = index) => {
          const [from, to] = [Math.min(place, index), Math.max(place, index)]
          const { targets, left } = await engine.call('reports.targets', { list: list.list, from, to })
          if (isLeft(list)) return refuse(say('marks.gone'))
          return left > 0 ? refuse(say('marks.too-many', { most: MOST })) : add(targets, nameAt(list, index))
        }),
      [engine, pointed, isLeft],
    ),
    markGroup: useCallback((index: number) => pointed(list => markGroupOf(list, index)), [pointed, markGroupOf]),
    markCurrentGroup: () => during((list, place) => place !== undefined && markGroupOf(list, place)),
    /**
     * Does one thing where keys act on what is marked, else the other, once a mark that is under way is set. Where it was not, or where what is
     * on screen is about to be another list, neither: nobody has seen what would be decided about.
     */
    act: (onMarked: () => void, onOne: () => void) => {
      if (!latest.current.isSettled || latest.current.isMoving()) return announce(say('marks.wait'))
      const seenOne = useDesk.getState().current?.target
      const choose = () => {
        const { marks: now } = useMarks.getState()
        const at = useDesk.getState().current?.target
        if (now.size > 1 && isMarked(now, at)) onMarked()
        else if (sameTarget(at, seenOne)) onOne()
      }
      const marking = order.last()
      if (!marking) return choose()
      void marking.then(isDone => (isDone && latest.current.isSettled ? choose() : announce(say('marks.undecided'))))
    },
    clear: unmarkAll,
    unmark: () => {
      unmarkAll()
      announce(say('marks.none'))
    },
    /** Asks about one decision on all that is marked; where none of it can be decided so, it says why. */
    propose: (kind: DecisionKind) => {
      const all = [...useMarks.getState().marks.values()]
      const keys = new Set(all.map(({ target }) => target.server))
      const refusal = refusalOf(
        kind,
        servers.filter(({ key }) => keys.has(key)),
      )
      if (refusal !== null) return announce(say(refusal))
      const [first] = all
      const { list, place } = latest.current
      const group = list && place !== undefined ? groupAt(list, place)?.group : undefined
      const isOneGroup = all.every(each => each.group === first?.group) && group?.name === first?.group
      const shows = isOneGroup ? (group?.campaign?.shows ?? group?.account?.username) : undefined
      useBundle.setState({
        proposal: {
          kind,
          items: all.map(({ target }) => ({ server: target.server, subject: { of: 'report', id: target.id } })),
          label: shows === undefined ? say('marks.label', { count: all.length }) : say('marks.label-of', { shows }),
          of: shows === undefined ? undefined : group?.name,
          onArmed: () => {
            unmarkAll()
            onArmed()
          },
        },
      })
    },
  }
}
