import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { shortDate } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { CategoryMark, DecisionLine } from '../../ui/State.tsx'
import styles from './Case.module.css'
import type { Case } from './CaseHead.tsx'

type Shown = {
  shown: Case
  /** Shows a closed report. */
  onReport(id: string): void
  onDecision(id: string): void
}

/** What was before: closed reports about the target, and our own decisions with how they ended; each can be opened. */
export const Before = ({ shown, onReport, onDecision }: Shown) => {
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
              <td>
                <Button look="bare" onClick={() => onDecision(decision.id)}>
                  {shortDate(decision.armedAt)}
                </Button>
              </td>
              <td>
                <DecisionLine decision={decision} />
              </td>
            </tr>
          ))}
          {past.map(report => (
            <tr key={report.id}>
              <td>
                <Button
                  look="bare"
                  title={say('accounts.report', { id: report.id })}
                  onClick={() => onReport(report.id)}
                >
                  {shortDate(report.resolvedAt)}
                </Button>
              </td>
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
