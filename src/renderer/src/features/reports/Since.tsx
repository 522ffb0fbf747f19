import { say } from '../../../../shared/messages/say.ts'
import { sayEntry } from '../../../../shared/messages/say-log.ts'
import { moment, timeOrDate } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import styles from './Case.module.css'
import type { Case } from './CaseHead.tsx'

/** What colleagues did to this report, as seen between two looks. */
export const Since = ({ shown }: { shown: Case }) => {
  const now = useNow(60_000)
  const { since } = shown
  if (since.length === 0) return null
  return (
    <section aria-labelledby="since-h" className={styles.before}>
      <div className={parts.partHead}>
        <h2 id="since-h">{say('since.title')}</h2>
      </div>
      <table className={styles.past}>
        <tbody>
          {since.map(entry => (
            <tr key={entry.seq}>
              <td title={moment(entry.at)}>{timeOrDate(entry.at, now)}</td>
              <td>{sayEntry(entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
