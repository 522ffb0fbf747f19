import type { ReactNode } from 'react'
import type { Interest as Why } from '../../../../shared/contract/interests.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Case.module.css'

/** Says that a case is about oneself, or a colleague. `actions`: how to leave it to someone else. */
export const Interest = ({ why, actions }: { why: Why; actions: ReactNode }) => (
  <div className={styles.back} role="note">
    <Icon name="warn" />
    <span>{say('interest.note', { what: why })}</span>
    <span className={parts.push} />
    {actions}
  </div>
)
