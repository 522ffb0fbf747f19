import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { age } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { LongList } from '../../ui/Late.tsx'
import { LongText } from '../../ui/LongText.tsx'
import parts from '../../ui/parts.module.css'
import { CategoryMark } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Case.module.css'
import type { Case } from './CaseHead.tsx'

/** Reports that a screen may show beneath a post. */
const AT_ONCE = 12

/** What reporters wrote: their server or "a member", never their name. `veil`: nothing of it until asked for. */
export const Told = ({ shown, veil }: { shown: Case; veil: { isOpen: boolean; onToggle(): void } | null }) => {
  const now = useNow(30_000)
  const hidden = veil !== null && !veil.isOpen
  const { report, comment } = shown
  const isAmong = shown.told.some(each => each.id === report.id)
  const told = isAmong ? shown.told : [{ ...report, comment, forwarded: null }, ...shown.told]
  return (
    <section aria-labelledby="told-h">
      <div className={parts.partHead}>
        <h2 id="told-h">{say('told.title')}</h2>
        <span className={parts.sum}>{say('told.sum', { count: told.length })}</span>
      </div>
      {veil && (
        <Button aria-expanded={veil.isOpen} onClick={veil.onToggle}>
          <Icon name="eye-off" small />
          {say(veil.isOpen ? 'legal.hide-told' : 'legal.show-told')}
        </Button>
      )}
      <ul>
        <LongList items={told} atOnce={AT_ONCE}>
          {each => (
            <li key={each.id} className={styles.told} aria-current={each.id === report.id ? 'true' : undefined}>
              <CategoryMark category={each.category} />
              <span className={cx(styles.by, each.reporter.domain !== null && styles.host)}>
                {each.reporter.domain === null ? say('reports.by-member') : <Domain name={each.reporter.domain} />}
              </span>
              {hidden ? (
                <p className={parts.quiet}>{say('legal.hidden')}</p>
              ) : (
                <p dir="auto" className={each.comment === '' ? parts.quiet : undefined}>
                  {each.comment === '' ? say('reports.no-comment') : <LongText text={each.comment} />}
                </p>
              )}
              <span className={parts.quiet}>{age(now - each.createdAt)}</span>
            </li>
          )}
        </LongList>
      </ul>
    </section>
  )
}
