import type { Severity } from '../../../../shared/contract/domains.ts'
import { say } from '../../../../shared/messages/say.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './Domains.module.css'

const icons = { noop: 'sev-noop', silence: 'sev-limit', suspend: 'sev-suspend' } as const

/** A block's severity: ring, half disc, full disc, and its word. */
export const SeverityMark = ({ severity }: { severity: Severity | null }) => (
  <span className={cx(styles.severity, styles[severity ?? 'noop'])}>
    <Icon name={icons[severity ?? 'noop']} small />
    <span>{say(`severity.${severity ?? 'none'}`)}</span>
  </span>
)
