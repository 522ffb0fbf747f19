import type { ReactNode } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import styles from './EmptyQueue.module.css'
import type { Queue } from './queue.ts'

/** A queue without a report: says so, and what comes next. */
export const EmptyQueue = ({ queue, filtered, next }: { queue: Queue; filtered: boolean; next: ReactNode }) => (
  <div className={styles.empty} role="status">
    <p className={styles.lede}>{say(filtered ? 'reports.empty-filtered' : `reports.empty.${queue}`)}</p>
    <p className={styles.next}>{next}</p>
  </div>
)
