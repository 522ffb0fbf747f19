import type { ReactNode, Ref } from 'react'
import type { Decision } from '../../../shared/contract/decisions.ts'
import styles from './DecisionRows.module.css'
import parts from './parts.module.css'
import { DecisionLine } from './State.tsx'
import { Whom } from './Whom.tsx'

/** Decisions in two lines each. */
export const DecisionRows = ({
  label,
  ref,
  children,
}: {
  label: string
  ref?: Ref<HTMLUListElement>
  children: ReactNode
}) => (
  <ul ref={ref} className={styles.list} aria-label={label}>
    {children}
  </ul>
)

/** Whom it is about, and under that how it stands. `mark`: of its server, where several may stand in one list; beside it what can be done.
 * `until`: when its server may be asked again. */
export const DecisionRow = ({
  decision,
  mark,
  until = null,
  children,
}: {
  decision: Decision
  mark?: ReactNode
  until?: number | null
  children: ReactNode
}) => (
  <li className={styles.row}>
    {mark}
    <span className={styles.says}>
      <span className={parts.cut}>
        <Whom decision={decision} />
      </span>
      <DecisionLine decision={decision} until={until} />
    </span>
    {children}
  </li>
)
