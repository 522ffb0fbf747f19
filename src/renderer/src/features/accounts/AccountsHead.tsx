import type { RefObject } from 'react'
import { ACCOUNT_TEXT, type AccountSort } from '../../../../shared/contract/accounts.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip, Choice } from '../../ui/Choice.tsx'
import listHead from '../../ui/list-head.module.css'
import parts from '../../ui/parts.module.css'
import { SearchInput } from '../../ui/SearchInput.tsx'
import { AccountFilters } from './AccountFilters.tsx'
import { isSought, nothingSought, type Sought, seek, useSought } from './store.ts'

const origins = ['any', 'local', 'remote'] as const
const states = ['any', 'clear', 'pending', 'limited', 'suspended', 'frozen', 'sensitive'] as const
const sorts: readonly AccountSort[] = ['fitting', 'name', 'newest']

type Shown = {
  /** How many were found; undefined while they are looked for. */
  total: number | undefined
  more: boolean
  field: RefObject<HTMLInputElement | null>
  /** The focus goes from the search to the rows. */
  onLeave(): void
}

/** What is looked for: words of a name, where the account is at home, what is in force, and in a small panel what else. */
export const AccountsHead = ({ total, more, field, onLeave }: Shown) => {
  const { sought, sort } = useSought()
  const state: Sought['state'] | 'any' = sought.state ?? 'any'
  return (
    <div className={listHead.head}>
      <div className={parts.line}>
        <h1 className={listHead.title}>{say('accounts.all')}</h1>
        {total !== undefined && (
          <span className={listHead.sum}>{say(more ? 'accounts.sum-more' : 'accounts.sum', { total })}</span>
        )}
      </div>
      <div className={parts.line}>
        <SearchInput
          label={say('accounts.search')}
          hint={say('accounts.search-for')}
          most={ACCOUNT_TEXT}
          value={sought.text}
          onType={text => seek({ text })}
          field={field}
          onLeave={onLeave}
        />
        <AccountFilters />
      </div>
      <div className={listHead.tools}>
        <Choice
          label={say('accounts.origin')}
          value={sought.origin ?? 'any'}
          options={origins.map(value => ({ value, says: say(`accounts.origin.${value}`) }))}
          onPick={value => seek({ origin: value === 'any' ? null : value })}
        />
        <Chip
          label={say('accounts.state')}
          value={state}
          options={states.map(value => ({ value, says: say(`accounts.state.${value}`) }))}
          onPick={value => seek({ state: value === 'any' ? null : value })}
        />
        <Chip
          label={say('accounts.sort')}
          value={sort}
          options={sorts.map(value => ({ value, says: say(`accounts.sort.${value}`) }))}
          onPick={value => useSought.setState({ sort: value })}
        />
        {isSought(sought) && (
          <Button look="bare" onClick={() => useSought.setState({ sought: nothingSought })}>
            {say('filter.clear')}
          </Button>
        )}
      </div>
    </div>
  )
}
