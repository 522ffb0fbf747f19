import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useState } from 'react'
import { say } from '../../../shared/messages/say.ts'
import { cx } from './cx.ts'
import { lineHeight } from './line-height.ts'
import styles from './RowList.module.css'
import rows from './rows.module.css'

type Shown = {
  /** What its rows are called in ids: `domain`. */
  name: string
  label: string
  /** Whether what is shown is about to be another list. */
  busy?: boolean
  total: number
  current: number | null
  /** The row at a place; nothing while it is not read. */
  row(index: number): ReactNode
  /** Told from which place on rows are in view. */
  show(from: number): void
  onPick(index: number): void
  onOpen(): void
  box: RefObject<HTMLDivElement | null>
}

/** Rows of one kind as a virtual listbox; the current one stays drawn wherever one scrolls. */
export const RowList = ({ name, label, busy, total, current, row: rowOf, show, onPick, onOpen, box }: Shown) => {
  const idOf = (index: number) => `${name}-${index}`
  const [line] = useState(lineHeight)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => line,
    overscan: 10,
    rangeExtractor: range => {
      const inView = defaultRangeExtractor(range)
      const also = current === null || current >= range.count || inView.includes(current) ? [] : [current]
      return [...also, ...inView].sort((a, b) => a - b)
    },
  })
  const { startIndex = 0 } = virtual.range ?? {}
  useEffect(() => show(startIndex), [show, startIndex])
  useEffect(() => {
    if (current !== null && current < total) virtual.scrollToIndex(current, { align: 'auto' })
  }, [current, total, virtual])
  return (
    <div
      ref={box}
      className={rows.rows}
      role="listbox"
      aria-label={label}
      aria-busy={busy}
      aria-activedescendant={current === null || current >= total ? undefined : idOf(current)}
      tabIndex={0}
    >
      <div className={rows.space} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rowOf(index)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the keys
            <div
              key={index}
              id={idOf(index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              aria-current={index === current}
              aria-setsize={total}
              aria-posinset={index + 1}
              className={cx(rows.line, styles.line)}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => onPick(index)}
              onDoubleClick={onOpen}
              {...(row ? {} : { 'aria-label': say('reports.reading') })}
            >
              {row}
            </div>
          )
        })}
      </div>
    </div>
  )
}
