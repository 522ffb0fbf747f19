import type { DomainRow as Row } from '../../../../shared/contract/domains.ts'
import { say } from '../../../../shared/messages/say.ts'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { age, moment } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { DecisionLine } from '../../ui/State.tsx'
import styles from './Domains.module.css'
import { SeverityMark } from './SeverityMark.tsx'

/** What a block does besides, in a word each. */
export const alsoOf = ({ rejectMedia, rejectReports, obfuscate }: Row['block']) => [
  ...(rejectMedia ? [say('domains.also.media')] : []),
  ...(rejectReports ? [say('domains.also.reports')] : []),
  ...(obfuscate ? [say('domains.also.obfuscate')] : []),
]

/** One block in the table: domain, severity, what else and whether from here, since when; or what is being decided about it. */
export const DomainRow = ({ row, now }: { row: Row; now: number }) => {
  const { block, decision, ours } = row
  return (
    <div className={styles.row}>
      <span className={parts.line}>
        <Domain name={block.domain} className={cx(styles.domain, parts.cut)} />
      </span>
      <SeverityMark severity={block.severity} />
      {decision ? (
        <span className={parts.cut}>
          <DecisionLine decision={decision} />
        </span>
      ) : (
        <span className={cx(parts.quiet, parts.cut)}>
          {[...alsoOf(block), ...(ours ? [say('domains.by-howdah')] : [])].join(', ')}
        </span>
      )}
      <span className={styles.age} title={moment(block.createdAt)}>
        {age(now - block.createdAt)}
      </span>
    </div>
  )
}
