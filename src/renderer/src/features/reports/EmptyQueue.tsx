import type { ReactNode } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './EmptyQueue.module.css'
import { type Chosen, isNarrowed, nothingChosen, type Queue } from './queue.ts'
import { useDesk } from './store.ts'

type Shown = {
  queue: Queue
  chosen: Chosen
  next: ReactNode
  /** Where closed reports stand. */
  closed: string
  /** What waits elsewhere. */
  elsewhere: ReactNode
}

/** A queue without a report: says so, and what comes next; where it was narrowed, how to see more. */
export const EmptyQueue = ({ queue, chosen, next, closed, elsewhere }: Shown) => {
  const narrowed = isNarrowed(chosen)
  return (
    <div className={styles.empty}>
      <p className={styles.lede} role="status">
        {say(narrowed ? 'reports.empty-filtered' : `reports.empty.${queue}`)}
      </p>
      {narrowed ? (
        <div className={styles.ways}>
          <Button onClick={() => useDesk.setState({ chosen: nothingChosen })}>{say('filter.clear')}</Button>
          {queue !== 'closed' && <a href={closed}>{say('reports.look-in-closed')}</a>}
        </div>
      ) : (
        <>
          <p className={styles.next}>{next}</p>
          {elsewhere}
        </>
      )}
    </div>
  )
}
