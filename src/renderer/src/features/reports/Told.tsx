import { say } from '../../../../shared/messages/say.ts'
import { cx } from '../../ui/cx.ts'
import { age } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { CategoryMark } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Case.module.css'
import type { Case } from './CaseHead.tsx'

/** What reporters wrote: their server or "a member", never their name. */
export const Told = ({ shown }: { shown: Case }) => {
  const now = useNow(30_000)
  const { report, comment } = shown
  const isAmong = shown.told.some(each => each.id === report.id)
  const told = isAmong ? shown.told : [{ ...report, comment, forwarded: null }, ...shown.told]
  return (
    <section aria-labelledby="told-h">
      <div className={parts.partHead}>
        <h2 id="told-h">{say('told.title')}</h2>
        <span className={parts.sum}>{say('told.sum', { count: told.length })}</span>
      </div>
      <ul>
        {told.map(each => (
          <li key={each.id} className={styles.told} aria-current={each.id === report.id ? 'true' : undefined}>
            <CategoryMark category={each.category} />
            <span className={cx(styles.by, each.reporter.domain !== null && styles.host)}>
              {each.reporter.domain === null ? say('reports.by-member') : <bdi>{each.reporter.domain}</bdi>}
            </span>
            <p dir="auto" className={each.comment === '' ? parts.quiet : undefined}>
              {each.comment === '' ? say('reports.no-comment') : each.comment}
            </p>
            <span className={parts.quiet}>{age(now - each.createdAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
