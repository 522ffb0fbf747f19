import { memo } from 'react'
import type { GroupHead, ReportRow as Row } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useServer } from '../../client/servers.tsx'
import { cx } from '../../ui/cx.ts'
import { age, number } from '../../ui/format.ts'
import { Handle } from '../../ui/Handle.tsx'
import { handleText } from '../../ui/handle-text.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { CategoryMark, DecisionLine } from '../../ui/State.tsx'
import styles from './ReportList.module.css'

type Shown = { row: Row; now: number; isCurrent: boolean; group: GroupHead | undefined }

/** Who it is about, or, under a head that says so already, who reported. */
const Who = ({ row, about }: { row: Row; about: boolean }) => {
  if (about) return <Handle who={row.target} className={styles.name} />
  const { domain } = row.reporter
  return (
    <span className={cx(styles.by, domain !== null && styles.host)}>
      <span className={parts.unseen}>{handleText(row.target)} </span>
      {domain === null ? say('reports.by-member') : <bdi>{domain}</bdi>}
    </span>
  )
}

const Said = ({ row, now }: { row: Row; now: number }) => {
  if (row.decision && row.decision.state !== 'cancelled' && row.decision.state !== 'superseded')
    return (
      <span className={styles.said}>
        <DecisionLine decision={row.decision} />
      </span>
    )
  if (row.resolvedAt !== null)
    return (
      <span className={styles.said}>
        {row.resolvedBy === null
          ? say('reports.closed-ago', { age: age(now - row.resolvedAt) })
          : say('reports.closed-by', { who: row.resolvedBy, age: age(now - row.resolvedAt) })}
      </span>
    )
  // What a report says is illegal stands nowhere until it is asked for.
  if (row.category === 'legal') return <span className={cx(styles.said, styles.none)}>{say('legal.hidden')}</span>
  return (
    <span className={cx(styles.said, row.comment === '' && styles.none)} dir="auto">
      {row.comment === '' ? say('reports.no-comment') : row.comment}
    </span>
  )
}

/** One report in the queue: 32 px, never more than a line. */
export const ReportRow = memo(({ row, now, isCurrent, group }: Shown) => {
  const server = useServer(row.server)
  const about = group?.kind !== 'target'
  const settled = row.resolvedAt !== null || row.decision !== null
  return (
    <div className={cx(styles.row, !about && styles.report, isCurrent && styles.current, settled && styles.settled)}>
      {server ? <Mark server={server} /> : <span />}
      <CategoryMark category={row.category} />
      <Who row={row} about={about} />
      <Said row={row} now={now} />
      <span className={styles.tail}>
        {row.assignedTo && (
          <span className={styles.whose}>
            {row.assignedTo.me ? say('reports.mine') : <bdi>{row.assignedTo.name}</bdi>}
          </span>
        )}
        {about && row.openOnTarget > 1 && (
          <span className={styles.times}>{say('reports.times', { count: number(row.openOnTarget) })}</span>
        )}
      </span>
      <span className={styles.age}>{age(now - row.createdAt)}</span>
    </div>
  )
})
