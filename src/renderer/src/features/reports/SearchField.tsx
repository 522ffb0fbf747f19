import { type RefObject, useId } from 'react'
import { SEARCH_LENGTH } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import styles from './ListHead.module.css'
import { choose, useDesk } from './store.ts'

/** The search over comments, reported posts, names and handles. What is typed is searched for at once. */
export const SearchField = ({ field, onLeave }: { field: RefObject<HTMLInputElement | null>; onLeave(): void }) => {
  const id = useId()
  const text = useDesk(desk => desk.chosen.text)
  return (
    <search className={styles.search}>
      <Icon name="search" small />
      <input
        ref={field}
        type="search"
        aria-label={say('reports.search')}
        aria-describedby={id}
        aria-keyshortcuts={useShortcut('search')}
        placeholder={say('reports.search-for')}
        className={controls.field}
        maxLength={SEARCH_LENGTH}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={event => choose({ text: event.target.value })}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return
          event.preventDefault()
          onLeave()
        }}
      />
      <KeyOf command="search" />
      <span hidden id={id}>
        {say('reports.search-how')}
      </span>
    </search>
  )
}
