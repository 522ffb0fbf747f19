import { say } from '../../../../shared/messages/say.ts'
import parts from '../../ui/parts.module.css'
import styles from './Case.module.css'
import type { Case } from './CaseHead.tsx'

/** The whole text of every rule that the open reports name. */
export const Rules = ({ shown }: { shown: Case }) => {
  if (shown.rules.length === 0) return null
  return (
    <section aria-labelledby="rules-h" className={styles.before}>
      <div className={parts.partHead}>
        <h2 id="rules-h">{say('rules.title')}</h2>
      </div>
      <ul>
        {shown.rules.map(rule => (
          <li key={rule.id} className={styles.ruleText}>
            <p dir="auto">{rule.text}</p>
            {!rule.here && <p className={parts.quiet}>{say('rules.elsewhere')}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
