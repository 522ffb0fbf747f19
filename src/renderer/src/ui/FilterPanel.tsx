import { Popover } from '@base-ui/react/popover'
import type { ReactNode } from 'react'
import { say } from '../../../shared/messages/say.ts'
import { buttonClass } from './Button.tsx'
import styles from './FilterPanel.module.css'
import { Icon } from './Icon.tsx'

/**
 * Whatever else a list can be narrowed by, behind a button that counts what is asked for; what is asked for is shown at once behind
 * the panel. Its fields are there only while it is open.
 */
export const FilterPanel = ({ count, children }: { count: number; children: ReactNode }) => (
  <Popover.Root>
    <Popover.Trigger className={buttonClass('plain', styles.trigger)}>
      <Icon name="filter" small />
      {say('filter.title', { count })}
    </Popover.Trigger>
    <Popover.Portal>
      <Popover.Positioner className={styles.place} side="bottom" align="end" sideOffset={4} collisionPadding={8}>
        <Popover.Popup className={styles.panel}>
          <Popover.Title className={styles.title}>{say('filter.narrow')}</Popover.Title>
          {children}
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  </Popover.Root>
)
