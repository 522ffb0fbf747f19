import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useState } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { useServers } from '../../client/servers.tsx'
import { useNow } from '../../ui/use-now.ts'
import { AccountRow } from './AccountRow.tsx'
import styles from './Accounts.module.css'
import type { AccountsFound } from './use-account-list.ts'

const lineHeight = () => 2 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
const lineId = (index: number) => `account-${index}`

type Shown = {
  found: AccountsFound
  current: number | null
  onPick(index: number): void
  onOpen(): void
  box: RefObject<HTMLDivElement | null>
}

/** The accounts that were found as a virtual listbox; the current row stays drawn wherever one scrolls. */
export const AccountList = ({ found, current, onPick, onOpen, box }: Shown) => {
  const now = useNow(60_000)
  const servers = useServers()
  const [line] = useState(lineHeight)
  const total = found.accounts.length
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
  const { show } = found
  useEffect(() => show(startIndex), [show, startIndex])
  useEffect(() => {
    if (current !== null && current < total) virtual.scrollToIndex(current, { align: 'auto' })
  }, [current, total, virtual])
  return (
    <div
      ref={box}
      className={styles.rows}
      role="listbox"
      aria-label={say('accounts.listbox')}
      aria-busy={found.isStale}
      aria-activedescendant={current === null || current >= total ? undefined : lineId(current)}
      tabIndex={0}
    >
      <div className={styles.space} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = found.rowAt(index)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the keys
            <div
              key={index}
              id={lineId(index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              aria-current={index === current}
              aria-setsize={total}
              aria-posinset={index + 1}
              className={styles.line}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => onPick(index)}
              onDoubleClick={onOpen}
              {...(row ? {} : { 'aria-label': say('reports.reading') })}
            >
              {row ? (
                <AccountRow
                  row={row}
                  server={servers.find(each => each.key === row.server)}
                  now={now}
                  isCurrent={index === current}
                />
              ) : null}
            </div>
          )
        })}
      </div>
    </div>
  )
}
