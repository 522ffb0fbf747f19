import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ListLine } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { lineHeight } from '../../ui/line-height.ts'
import { rectWhenLaidOut } from '../../ui/rect-when-laid-out.ts'
import rows from '../../ui/rows.module.css'
import { useNow } from '../../ui/use-now.ts'
import { standFor } from './bring.ts'
import { GroupHead, headId } from './GroupHead.tsx'
import { countMarked, isMarked, useMarks } from './marks.ts'
import { asOption, lineId, ReportLine } from './ReportLine.tsx'
import { BEFORE_ALL, sameTarget, useDesk } from './store.ts'
import { type OpenList, useLinesVersion } from './use-open-list.ts'
import { usePlace } from './use-place.ts'

/** Rows drawn above and below those in view. */
const OVERSCAN = 10

type Place = { index: number; start: number }
/** Neighbours under one head. */
type Bundle = { head: number | undefined; first: number; places: Place[] }

const bundle = (places: readonly Place[], list: OpenList): Bundle[] => {
  const bundles: Bundle[] = []
  for (const place of places) {
    if (list.of.at(place.index)?.line === 'group') continue
    const head = list.of.headAbove(place.index)
    const last = bundles.at(-1)
    if (last && last.head === head) last.places.push(place)
    else bundles.push({ head, first: place.index, places: [place] })
  }
  return bundles
}

const groupOf = (line: ListLine | undefined) => (line?.line === 'group' ? line.group : undefined)
const isFolded = (line: ListLine | undefined) => line?.line === 'group' && line.folded !== null

type Shown = {
  list: OpenList
  /** Whether what is shown is about to be another list. */
  busy: boolean
  current: number | null
  onPick(index: number): void
  onMark(index: number): void
  /** Marks from the current row to this one. */
  onMarkTo(index: number): void
  /** Marks the group whose head stands there. */
  onMarkGroup(head: number): void
  /** Folds the group whose head stands there, or unfolds it. */
  onFold(head: number, folded: boolean): void
  onOpen(): void
  /** The listbox, so that the desk can give it the focus. */
  box: RefObject<HTMLDivElement | null>
}

/** The queue: a virtual listbox, in which the current row stays drawn wherever one scrolls. */
export const ReportList = ({
  list,
  busy,
  current,
  onPick,
  onMark,
  onMarkTo,
  onMarkGroup,
  onFold,
  onOpen,
  box,
}: Shown) => {
  useLinesVersion(list.of)
  const now = useNow(15_000)
  const marks = useMarks(state => state.marks)
  const [line] = useState(lineHeight)
  const stuck = useRef<number>(undefined)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const inView = defaultRangeExtractor(range)
      const head = list.of.headAbove(range.startIndex)
      // What stands for its group is a row like others.
      stuck.current = head === undefined || isFolded(list.of.at(head)) ? undefined : head
      const also = [stuck.current, current].filter(
        index => index !== undefined && index !== null && index < range.count,
      )
      return [...new Set([...also.filter(index => index !== null && index !== undefined), ...inView])].sort(
        (a, b) => a - b,
      )
    },
    [list, current],
  )
  const place = usePlace(box)
  const virtual = useVirtualizer({
    count: list.lines,
    getScrollElement: () => box.current,
    estimateSize: () => line,
    overscan: OVERSCAN,
    // Rows are in the first drawing, as many as the window could show; else they would wait for a second one, after all was laid out.
    observeElementRect: rectWhenLaidOut,
    initialRect: { width: 0, height: Math.max(line, window.innerHeight - OVERSCAN * line) },
    rangeExtractor,
    observeElementOffset: place.observe,
  })
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  useEffect(() => list.of.show(startIndex - 20, endIndex + 20), [list, startIndex, endIndex])
  const bring = useCallback(
    (index: number | null) => {
      if (!box.current || index === null || index >= list.lines) return
      const { scrollTop, clientHeight } = box.current
      const to = standFor({ start: index * line, line }, { top: scrollTop, height: clientHeight })
      if (to !== undefined) place.moveTo(to)
    },
    [list, line, box, place],
  )
  const drawn = useRef<{ list: OpenList | undefined; current: number | null }>({ list: undefined, current: null })
  // Before the next case is drawn: asking afterwards where the list stands would have the whole page laid out for it.
  useEffect(
    () =>
      useDesk.subscribe(({ current }, last) => {
        if (current?.list !== list.list || current.index === BEFORE_ALL) return
        if (sameTarget(current.target, last.current?.target)) return
        bring(current.index)
        drawn.current.current = current.index
      }),
    [bring, list],
  )
  useLayoutEffect(() => {
    const { pivot } = list
    const last = drawn.current
    const top = pivot && box.current && last.list !== list ? pivot.was * line - box.current.scrollTop : null
    drawn.current = { list, current }
    // The same list put up again: what one looks at stays where it is on the screen, whatever came above it; a head that stuck to the top stays there.
    if (pivot && box.current && top !== null && (pivot.was === pivot.is || top >= 0) && top < box.current.clientHeight)
      place.moveTo(pivot.is * line - Math.max(0, top))
    else if (last.list !== list || last.current !== current) bring(current)
  }, [current, list, bring, line, box, place])

  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus()
  }, [box])

  const places = virtual.getVirtualItems()
  // The same from one drawing to the next, so that a line that is not concerned is not drawn again.
  const acts = useRef({ onPick, onMark, onMarkTo, onMarkGroup, onFold, onOpen })
  useLayoutEffect(() => {
    acts.current = { onPick, onMark, onMarkTo, onMarkGroup, onFold, onOpen }
  })
  return (
    <div
      ref={box}
      className={rows.rows}
      role="listbox"
      aria-label={say('reports.listbox')}
      aria-busy={busy}
      aria-multiselectable="true"
      aria-activedescendant={current === null || current >= list.lines ? undefined : lineId(current)}
      tabIndex={0}
    >
      <div className={rows.space} style={{ height: virtual.getTotalSize() }} role="presentation">
        {places.map(place => {
          const known = list.of.at(place.index)
          const group = groupOf(known)
          if (!group) return null
          const folded = isFolded(known)
          const head = { index: place.index, group, folded, acts }
          if (place.index === stuck.current) return <GroupHead key={place.index} {...head} stuck />
          const at = { index: place.index, lines: list.lines, isCurrent: place.index === current }
          const option = folded ? asOption(at, countMarked(marks, group.name) === group.reports) : {}
          const style = { transform: `translateY(${place.start}px)` }
          return (
            <div key={place.index} className={rows.line} style={style} {...option}>
              <GroupHead {...head} />
            </div>
          )
        })}
        {bundle(places, list).map(({ head, first, places }) => (
          // biome-ignore lint/a11y/useSemanticElements: options are grouped, not fields
          <div
            key={head ?? `from-${first}`}
            role="group"
            {...(head === undefined ? { 'aria-label': say('reports.listbox') } : { 'aria-labelledby': headId(head) })}
          >
            {places.map(({ index, start }) => {
              const known = list.of.at(index)
              const row = known?.line === 'report' ? known.row : undefined
              return (
                <ReportLine
                  key={index}
                  index={index}
                  start={start}
                  lines={list.lines}
                  isCurrent={index === current}
                  isMarked={isMarked(marks, row)}
                  row={row}
                  now={now}
                  group={head === undefined ? undefined : groupOf(list.of.at(head))}
                  acts={acts}
                />
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}
