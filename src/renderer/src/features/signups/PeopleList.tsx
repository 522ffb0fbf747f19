import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useState } from 'react'
import type { SignupRow } from '../../../../shared/contract/signups.ts'
import { say } from '../../../../shared/messages/say.ts'
import { visibleControls } from '../../../../shared/visible-text.ts'
import { useServer } from '../../client/servers.tsx'
import { cx } from '../../ui/cx.ts'
import { OddMark } from '../../ui/Domain.tsx'
import { age } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { lineHeight } from '../../ui/line-height.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import rows from '../../ui/rows.module.css'
import { DecisionLine } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Signups.module.css'
import { toggleMark } from './store.ts'
import { type People, useRows } from './use-people.ts'
import { mailDomainOf } from './words.ts'

const idOf = (id: string) => `signup-${id}`

const Person = ({ row, now, marked, onMark }: { row: SignupRow; now: number; marked: boolean; onMark(): void }) => {
  const server = useServer(row.server)
  return (
    <div className={cx(styles.person, marked && styles.marked)}>
      <span className={cx(styles.tick, marked && styles.on)} aria-hidden="true" onClick={onMark}>
        {marked && <Icon name="check" small />}
      </span>
      {server ? <Mark server={server} /> : <span />}
      <bdi className={styles.name}>@{visibleControls(row.account.username)}</bdi>
      <span className={styles.address}>
        <bdi>{visibleControls(row.address ?? '')}</bdi>
        <OddMark domain={mailDomainOf(row.email)} />
      </span>
      {row.decision ? (
        <span className={styles.said}>
          <DecisionLine decision={row.decision} />
        </span>
      ) : (
        <span className={cx(styles.said, parts.theirs, row.reason === '' && styles.none)} dir="auto">
          {row.reason === '' ? say('signups.no-reason') : row.reason}
        </span>
      )}
      <span className={styles.age}>{age(now - row.signedUpAt)}</span>
    </div>
  )
}

type Shown = { server: string; of: People; onOpen(): void; box: RefObject<HTMLDivElement | null> }

/** Those of a cluster, who waits longest first: whoever comes meanwhile stands at the end, and moves nobody. */
export const PeopleList = ({ server, of, onOpen, box }: Shown) => {
  const { people, index, key } = of
  const now = useNow(15_000)
  const [line] = useState(lineHeight)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const inView = defaultRangeExtractor(range)
      return index < 0 || index >= range.count || inView.includes(index)
        ? inView
        : [...inView, index].sort((a, b) => a - b)
    },
    [index],
  )
  const virtual = useVirtualizer({
    count: people.length,
    getScrollElement: () => box.current,
    estimateSize: () => line,
    overscan: 10,
    rangeExtractor,
  })
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  const rowOf = useRows(server, people, startIndex, endIndex)
  useEffect(() => {
    if (index >= 0 && index < people.length) virtual.scrollToIndex(index, { align: 'auto' })
  }, [index, people.length, virtual])
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus()
  }, [box])
  return (
    <div
      ref={box}
      className={rows.rows}
      role="listbox"
      aria-multiselectable="true"
      aria-label={say('signups.people')}
      aria-activedescendant={of.currentId === undefined ? undefined : idOf(of.currentId)}
      tabIndex={0}
    >
      <div className={rows.space} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(item => {
          const person = people[item.index]
          if (!person) return null
          const row = rowOf(person.id)
          const isMarked = of.isMarked(person.id)
          const option = {
            id: idOf(person.id),
            role: 'option',
            'aria-selected': isMarked,
            'aria-current': item.index === index,
            'aria-setsize': people.length,
            'aria-posinset': item.index + 1,
            className: rows.line,
            style: { transform: `translateY(${item.start}px)` },
            onClick: () => {
              of.goTo(item.index)
              box.current?.focus()
            },
            onDoubleClick: onOpen,
          }
          return row ? (
            <div key={person.id} {...option}>
              <Person row={row} now={now} marked={isMarked} onMark={() => toggleMark(key, person.id)} />
            </div>
          ) : (
            <div
              key={person.id}
              {...option}
              {...{ 'aria-label': say('signups.reading'), className: cx(rows.line, rows.blank) }}
            />
          )
        })}
      </div>
    </div>
  )
}
