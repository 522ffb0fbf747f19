import type { MouseEvent, RefObject } from 'react'
import type { GroupHead, ReportRow as Row } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { cx } from '../../ui/cx.ts'
import rows from '../../ui/rows.module.css'
import { still } from '../../ui/still.ts'
import { ReportRow } from './ReportRow.tsx'

export const lineId = (index: number) => `line-${index}`

/** What a line is to a screen reader, at its place among all. */
export const asOption = (
  { index, lines, isCurrent }: Pick<Shown, 'index' | 'lines' | 'isCurrent'>,
  isMarked: boolean,
) => ({
  id: lineId(index),
  role: 'option',
  'aria-selected': isMarked,
  'aria-current': isCurrent,
  'aria-setsize': lines,
  'aria-posinset': index + 1,
})

type Acts = {
  onPick(index: number): void
  onMark(index: number): void
  onMarkTo(index: number): void
  onOpen(): void
}

const clicked = (event: MouseEvent, index: number, { onPick, onMark, onMarkTo }: Acts) => {
  if (event.shiftKey) return onMarkTo(index)
  const onTick = event.target instanceof Element && event.target.closest('[data-tick]') !== null
  if (onTick || event.ctrlKey || event.metaKey) return onMark(index)
  onPick(index)
}

type Shown = {
  index: number
  /** Where it stands in the list, in px. */
  start: number
  /** How many lines there are. */
  lines: number
  isCurrent: boolean
  isMarked: boolean
  /** Nothing while it is not read. */
  row: Row | undefined
  now: number
  group: GroupHead | undefined
  acts: RefObject<Acts>
}

/** The line of one report. */
export const ReportLine = still(({ start, row, now, isMarked, group, acts, ...place }: Shown) => {
  const option = {
    ...asOption(place, isMarked),
    onClick: (event: MouseEvent) => clicked(event, place.index, acts.current),
    onDoubleClick: () => acts.current.onOpen(),
    ...(row ? {} : { 'aria-label': say('reports.reading') }),
  }
  return (
    <div className={cx(rows.line, !row && rows.blank)} style={{ transform: `translateY(${start}px)` }} {...option}>
      {row && <ReportRow row={row} now={now} isMarked={isMarked} group={group} />}
    </div>
  )
})
