import type { RefObject } from 'react'
import { say } from '../../../shared/messages/say.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../ui/Keys.tsx'
import { ScrollArea } from '../ui/ScrollArea.tsx'
import styles from './CasePane.module.css'

type Shown = {
  label: string
  onUncover(): void
  /** What is read in this place, so that the desk can give it the focus. */
  reading: RefObject<HTMLElement | null>
}

/** Stands where strangers' words would stand while everything is hidden (`cover.ts`). */
export const Covered = ({ label, onUncover, reading }: Shown) => (
  <ScrollArea className={styles.covered} ref={reading} label={label}>
    <Icon name="eye-off" />
    <p>{say('cover.is-on')}</p>
    <Button aria-keyshortcuts={useShortcut('hide')} onClick={onUncover}>
      {say('cover.show')}
      <KeyOf command="hide" />
    </Button>
  </ScrollArea>
)
