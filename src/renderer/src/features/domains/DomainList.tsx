import type { RefObject } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { cx } from '../../ui/cx.ts'
import { RowList } from '../../ui/RowList.tsx'
import { useNow } from '../../ui/use-now.ts'
import { DomainRow } from './DomainRow.tsx'
import styles from './Domains.module.css'
import type { useDomainRows } from './use-domain-rows.ts'

type Shown = {
  rows: ReturnType<typeof useDomainRows>
  total: number
  current: number | null
  onPick(index: number): void
  onOpen(): void
  box: RefObject<HTMLDivElement | null>
}

/** The table of blocks. */
export const DomainList = ({ rows, ...given }: Shown) => {
  const now = useNow(60_000)
  const row = (index: number) => {
    const known = rows.rowAt(index)
    return known ? <DomainRow row={known} now={now} /> : null
  }
  return (
    <>
      {/* For the eye: to the ear each row is one option, whose words say what they are. */}
      <div className={cx(styles.row, styles.columns)} aria-hidden="true">
        <span>{say('domains.column.domain')}</span>
        <span>{say('fact.severity')}</span>
        <span>{say('domains.column.also')}</span>
        <span className={styles.age}>{say('domains.column.since')}</span>
      </div>
      <RowList name="domain" label={say('domains.listbox')} row={row} show={rows.show} {...given} />
    </>
  )
}
