import { type RefObject, useId } from 'react'
import { SEARCH_LENGTH } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { SearchInput } from '../../ui/SearchInput.tsx'
import { choose, useDesk } from './store.ts'

/** The search over comments, reported posts, names and handles. What is typed is searched for at once. */
export const SearchField = ({ field, onLeave }: { field: RefObject<HTMLInputElement | null>; onLeave(): void }) => {
  const id = useId()
  const text = useDesk(desk => desk.chosen.text)
  return (
    <>
      <SearchInput
        label={say('reports.search')}
        hint={say('reports.search-for')}
        describedBy={id}
        most={SEARCH_LENGTH}
        value={text}
        onType={typed => choose({ text: typed })}
        field={field}
        onLeave={onLeave}
      />
      <span hidden id={id}>
        {say('reports.search-how')}
      </span>
    </>
  )
}
