import { useCallback, useEffect, useRef } from 'react'
import type { DecisionKind } from '../../../shared/contract/decisions.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import { say } from '../../../shared/messages/say.ts'
import { useEngine } from '../client/engine.tsx'
import { useBundle } from '../features/batches/store.ts'
import { canMark, countMarked, isMarked, mark, unmark, unmarkAll, useMarks } from '../features/reports/marks.ts'
import { useDesk } from '../features/reports/store.ts'
import { groupAt, type OpenList } from '../features/reports/use-open-list.ts'
import { announce } from '../ui/announce.tsx'

/** A batch takes no more. */
const MOST = 5_000

const nameAt = (list: OpenList, index: number) => groupAt(list, index)?.group.name ?? ''

const tell = () => announce(say('marks.count', { count: useMarks.getState().marks.size }))

/** Marks these, if a batch could still take them all. */
const add = (targets: readonly Target[], group: string) => {
  if (useMarks.getState().marks.size + targets.length > MOST) return announce(say('marks.too-many', { most: MOST }))
  mark(targets, group)
  tell()
}

/** The marks of the queue: one by one, a range, a group, and what is decided about all of them at once. */
export const useMarking = (list: OpenList | undefined, step: (by: 1 | -1) => Promise<boolean>, onArmed: () => void) => {
  const engine = useEngine()
  const marks = useMarks(state => state.marks)
  const current = useDesk(desk => desk.current)
  // What was marked in another list is not in view, so keys must not act on it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key tells what the list was asked for
  useEffect(() => unmarkAll, [list?.key])

  const between = useCallback(
    async (from: number, to: number) => {
      if (!list) return undefined
      const { targets, left } = await engine.call('reports.targets', { list: list.list, from, to })
      if (left > 0) announce(say('marks.too-many', { most: MOST }))
      return left > 0 ? undefined : targets
    },
    [engine, list],
  )
  // Marking a group asks the engine for it: a key pressed right after it is meant for all of them.
  const underWay = useRef<Promise<void> | null>(null)
  const during = useCallback(async (work: Promise<void>) => {
    underWay.current = work
    try {
      await work
    } finally {
      if (underWay.current === work) underWay.current = null
    }
  }, [])
  const markGroup = useCallback(
    async (index: number) => {
      const found = list && groupAt(list, index)
      if (!found) return
      const { head, group } = found
      if (!canMark(group)) return announce(say(group.kind === 'legal' ? 'marks.legal' : 'marks.single'))
      const { targets, left } = await engine.call('reports.group', { list: list.list, head })
      if (left > 0) return announce(say('marks.too-many', { most: MOST }))
      if (countMarked(useMarks.getState().marks, group.name) < targets.length) return add(targets, group.name)
      unmark(targets)
      tell()
    },
    [engine, list],
  )
  const isActing = marks.size > 1 && isMarked(marks, current?.target)
  const toggle = useCallback(
    (index: number) => {
      const line = list?.of.at(index)
      // A folded head is marked as what it stands for.
      if (line?.line === 'group') return void during(markGroup(index))
      if (!list || !line) return
      const target = { server: line.row.server, id: line.row.id }
      if (isMarked(useMarks.getState().marks, target)) {
        unmark([target])
        tell()
      } else add([target], nameAt(list, index))
    },
    [list, markGroup, during],
  )
  const extend = useCallback(
    async (by: 1 | -1) => {
      const before = useDesk.getState().current
      if (!list || !before || !(await step(by))) return
      const after = useDesk.getState().current
      const ends = [before, ...(after ? [after] : [])]
      for (const { target, index, folded } of ends) if (!folded) mark([target], nameAt(list, index))
      tell()
    },
    [list, step],
  )
  const markTo = useCallback(
    async (index: number) => {
      const from = useDesk.getState().current?.index ?? index
      const targets = await between(Math.min(from, index), Math.max(from, index))
      if (list && targets) add(targets, nameAt(list, index))
    },
    [list, between],
  )
  return {
    /** Whether keys act on what is marked: only while the current row is one of them. */
    isActing,
    targets: [...marks.values()].map(({ target }) => target),
    toggle,
    extend,
    markTo: useCallback((index: number) => during(markTo(index)), [during, markTo]),
    markGroup: useCallback((index: number) => during(markGroup(index)), [during, markGroup]),
    /** Does one thing where keys act on what is marked, else the other, once a mark that is under way is set. */
    act: (onMarked: () => void, onOne: () => void) => {
      const choose = () => {
        const { marks: now } = useMarks.getState()
        return now.size > 1 && isMarked(now, useDesk.getState().current?.target) ? onMarked() : onOne()
      }
      if (underWay.current === null) choose()
      else void underWay.current.then(choose, choose)
    },
    clear: unmarkAll,
    unmark: () => {
      unmarkAll()
      announce(say('marks.none'))
    },
    /** Asks about one decision on all that is marked. */
    propose: (kind: DecisionKind) => {
      const all = [...useMarks.getState().marks.values()]
      const [first] = all
      const group = list && current ? groupAt(list, current.index)?.group : undefined
      const isOneGroup = all.every(each => each.group === first?.group) && group?.name === first?.group
      const shows = isOneGroup ? (group?.campaign?.shows ?? group?.account?.username) : undefined
      useBundle.setState({
        proposal: {
          kind,
          items: all.map(({ target }) => ({ server: target.server, subject: { of: 'report', id: target.id } })),
          label: shows === undefined ? say('marks.label', { count: all.length }) : say('marks.label-of', { shows }),
          onArmed: () => {
            unmarkAll()
            onArmed()
          },
        },
      })
    },
  }
}
