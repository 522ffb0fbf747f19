import type { ReactNode, RefObject } from 'react'
import { say } from '../../../shared/messages/say.ts'
import { Hints } from './Hints.tsx'
import { HintOf } from './Keys.tsx'
import page from './page.module.css'

type Shown = {
  list: ReactNode
  /** Holds what can be done with the current row, so that a key leads there. */
  acts: RefObject<HTMLDivElement | null>
  /** What can be done, for those who do not see where it stands. */
  label: string
  /** What else keys do here. */
  hints?: ReactNode
  /** The current row, whole, and its buttons; nothing while there is none. */
  children: ReactNode
}

/** Rows that are walked by key, and in a bar under them, always in the same place, what can be done with the current one. */
export const WalkedList = ({ list, acts, label, hints, children }: Shown) => (
  <div className={page.walked}>
    {list}
    {/* biome-ignore lint/a11y/useSemanticElements: no fields, but buttons and what they act on */}
    <div ref={acts} className={page.acts} role="group" aria-label={label}>
      {children || <p className={page.nothing}>{say('walk.none')}</p>}
    </div>
    <Hints>
      <HintOf command={['next', 'previous']}>{say('hint.move')}</HintOf>
      <HintOf command="open">{say('hint.act')}</HintOf>
      {hints}
    </Hints>
  </div>
)
