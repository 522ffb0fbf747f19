import type { RefObject } from 'react'
import controls from './controls.module.css'
import { Icon } from './Icon.tsx'
import { KeyOf, useShortcut } from './Keys.tsx'
import styles from './SearchInput.module.css'

type Shown = {
  label: string
  /** What can be looked for, where nothing is typed yet. */
  hint: string
  /** The id of what tells how. */
  describedBy?: string
  most: number
  value: string
  onType(text: string): void
  field: RefObject<HTMLInputElement | null>
  /** Enter and the arrow down lead from the search to the rows. */
  onLeave(): void
}

/** The field in which a list is searched while one types, with the key that leads there. */
export const SearchInput = ({ label, hint, describedBy, most, value, onType, field, onLeave }: Shown) => (
  <search className={styles.search}>
    <Icon name="search" small />
    <input
      ref={field}
      type="search"
      aria-label={label}
      aria-describedby={describedBy}
      aria-keyshortcuts={useShortcut('search')}
      placeholder={hint}
      className={controls.field}
      maxLength={most}
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={event => onType(event.target.value)}
      onKeyDown={event => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return
        event.preventDefault()
        onLeave()
      }}
    />
    <KeyOf command="search" />
  </search>
)
