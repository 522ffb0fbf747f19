import type { ReactNode } from 'react'
import type { DecisionKind, DecisionState } from '../../../shared/contract/decisions.ts'
import type { Category } from '../../../shared/contract/reports.ts'
import { say } from '../../../shared/messages/say.ts'
import { cx } from './cx.ts'
import { decisionWords, drawnAs, lookOf, type ToldDecision } from './decision-words.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './State.module.css'
import { useNow } from './use-now.ts'

const stateIcon = (state: DecisionState): IconName =>
  (({ held: 'held', sending: 'sending', unknown: 'unknown', done: 'done', failed: 'failed', ended: 'undo' }) as const)[
    lookOf(state)
  ]

/** A state's glyph and, beside it, words: never colour alone. */
export const StateMark = ({ state, children }: { state: DecisionState; children?: ReactNode }) => (
  <span className={cx(styles.state, styles[lookOf(state)])}>
    <Icon name={stateIcon(state)} small />
    {children !== undefined && <span>{children}</span>}
  </span>
)

/** The state of a decision as a row says it, counting down by itself. */
export const DecisionLine = ({ decision, until = null }: { decision: ToldDecision; until?: number | null }) => {
  const now = useNow(decision.state === 'held' ? 500 : 30_000)
  return <StateMark state={drawnAs(decision)}>{decisionWords(decision, now, until)}</StateMark>
}

/** The glyph of a category, named for those who do not see it. */
export const CategoryMark = ({ category }: { category: Category }) => (
  <Icon name={category} small label={say(`category.${category}`)} className={styles[category]} />
)

/** The glyph of what a decision does: ring, half disc, full disc … */
export const kindIcon = (kind: DecisionKind): IconName =>
  (
    ({
      'report.close': 'sev-close',
      'report.reopen': 'undo',
      'report.assign': 'report',
      'report.unassign': 'undo',
      'report.categorise': 'report',
      'report.forward': 'out',
      'account.warn': 'sev-warn',
      'account.sensitive': 'sev-sensitive',
      'account.limit': 'sev-limit',
      'account.freeze': 'sev-freeze',
      'account.suspend': 'sev-suspend',
      'account.unsensitive': 'undo',
      'account.unlimit': 'undo',
      'account.unfreeze': 'undo',
      'account.unsuspend': 'undo',
      'email-domain.block': 'sev-limit',
      'email-domain.lift': 'undo',
      'address.block': 'sev-limit',
      'address.change': 'sev-limit',
      'address.lift': 'undo',
      'canonical-email.block': 'sev-limit',
      'canonical-email.lift': 'undo',
      'trend.approve': 'check',
      'trend.reject': 'failed',
      'account.delete': 'sev-suspend',
      'signup.approve': 'check',
      'signup.reject': 'failed',
      'domain.block': 'domain',
      'domain.change': 'domain',
      'domain.lift': 'undo',
      'domain.allow': 'sev-close',
      'domain.disallow': 'undo',
    }) as const
  )[kind]
