import type { RefObject } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { RowList } from '../../ui/RowList.tsx'
import { useNow } from '../../ui/use-now.ts'
import { DomainRow } from './DomainRow.tsx'
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
  return <RowList name="domain" label={say('domains.listbox')} row={row} show={rows.show} {...given} />
}
