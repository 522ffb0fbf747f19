import type { RefObject } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { useServers } from '../../client/servers.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { useNow } from '../../ui/use-now.ts'
import { AccountRow } from './AccountRow.tsx'
import type { AccountsFound } from './use-account-list.ts'

type Shown = {
  found: AccountsFound
  current: number | null
  onPick(index: number): void
  onOpen(): void
  box: RefObject<HTMLDivElement | null>
}

/** The accounts that were found. */
export const AccountList = ({ found, ...given }: Shown) => {
  const now = useNow(60_000)
  const servers = useServers()
  const row = (index: number) => {
    const known = found.rowAt(index)
    return known ? <AccountRow row={known} server={servers.find(each => each.key === known.server)} now={now} /> : null
  }
  return (
    <RowList
      name="account"
      label={say('accounts.listbox')}
      busy={found.isStale}
      total={found.accounts.length}
      row={row}
      show={found.show}
      {...given}
    />
  )
}
