import type { ReactNode } from 'react'
import { say } from '../../../shared/messages/say.ts'
import styles from './Keys.module.css'
import { HintOf } from './Keys.tsx'

/** The strip of keys at the foot of a list. What finds no room is left out whole: the list of keys has it, and its key always stands there. */
export const Hints = ({ children }: { children: ReactNode }) => (
  <div className={styles.strip}>
    <div className={styles.some}>{children}</div>
    <HintOf command="keys">{say('hint.keys')}</HintOf>
  </div>
)
