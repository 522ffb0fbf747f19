import { say } from '../../../../shared/messages/say.ts'
import { shortDate } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { CategoryMark, DecisionLine } from '../../ui/State.tsx'
import styles from './Case.module.css'
import type { Case } from './CaseHead.tsx'

/** What was before: closed reports about the target, and our own decisions with how they ended. */
export const Before = ({ shown }: { shown: Case }) => {
  const { past, decisions } = shown
  return (
    <section aria-labelledby="before-h" className={styles.before}>
      <div className={parts.partHead}>
        <h2 id="before-h">{say('before.title')}</h2>
        <span className={parts.sum}>{say('before.sum', { reports: past.length, decisions: decisions.length })}</span>
      </div>
      {past.length + decisions.length === 0 && <p className={parts.quiet}>{say('before.none')}</p>}
      <table className={styles.past}>
        <tbody>
          {decisions.map(decision => (
            <tr key={decision.id}>
              <td>{shortDate(decision.armedAt)}</td>
              <td>
                <DecisionLine decision={decision} />
              </td>
            </tr>
          ))}
          {past.map(report => (
            <tr key={report.id}>
              <td>{shortDate(report.resolvedAt)}</td>
              <td>
                <span className={parts.line}>
                  <CategoryMark category={report.category} />
                  <span>
                    {report.resolvedBy === null
                      ? say('before.closed')
                      : say('before.closed-by', { who: report.resolvedBy })}
                  </span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
