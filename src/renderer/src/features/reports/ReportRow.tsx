import type { GroupHead, ReportRow as Row } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useServer } from '../../client/servers.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { age, ago, number, span } from '../../ui/format.ts'
import { Handle } from '../../ui/Handle.tsx'
import { handleText } from '../../ui/handle-text.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { CategoryMark, DecisionLine } from '../../ui/State.tsx'
import styles from './ReportList.module.css'
import { isAway, snoozeWords } from './snooze-words.ts'

type Shown = { row: Row; now: number; isMarked: boolean; group: GroupHead | undefined }

/** Who it is about, or, under a head that says so already, who reported. */
const Who = ({ row, about }: { row: Row; about: boolean }) => {
  if (about) return <Handle who={row.target} className={styles.name} />
  const { domain } = row.reporter
  return (
    <span className={cx(styles.by, domain !== null && styles.host)}>
      <span className={parts.unseen}>{handleText(row.target)} </span>
      {domain === null ? say('reports.by-member') : <Domain name={domain} />}
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
  if (row.snooze)
    return (
      <span className={styles.said} dir="auto">
        <Icon name="due" small />
        {snoozeWords(row.snooze, now)}
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
export const ReportRow = ({ row, now, isMarked, group }: Shown) => {
  const server = useServer(row.server)
  const about = group?.kind !== 'target'
  const settled = row.resolvedAt !== null || row.decision !== null || isAway(row.snooze)
  const waits = now - row.createdAt
  return (
    <div className={cx(styles.row, !about && styles.report, isMarked && styles.isMarked, settled && styles.settled)}>
      <span className={cx(styles.tick, isMarked && styles.on)} aria-hidden="true" data-tick>
        <Icon name="check" small />
      </span>
      {server ? <Mark server={server} /> : <span />}
      <CategoryMark category={row.category} />
      <Who row={row} about={about} />
      <Said row={row} now={now} />
      <span className={styles.tail}>
        {row.interest && (
          <span className={styles.interest}>
            <span aria-hidden="true">{say(`interest.short.${row.interest}`)}</span>
            <span className={parts.unseen}>{say(`interest.${row.interest}`)}</span>
          </span>
        )}
        {row.assignedTo && (
          <span className={styles.whose}>
            {row.assignedTo.me ? say('reports.mine') : <bdi>{row.assignedTo.name}</bdi>}
          </span>
        )}
        {about && row.openOnTarget > 1 && (
          <span className={styles.times}>
            <span aria-hidden="true">{say('reports.times', { count: number(row.openOnTarget) })}</span>
            <span className={parts.unseen}>{say('reports.about', { count: row.openOnTarget })}</span>
          </span>
        )}
      </span>
      <span className={styles.age}>
        <span aria-hidden="true">{age(waits)}</span>
        <span className={parts.unseen}>
          {row.resolvedAt === null
            ? say('reports.waiting', { span: span(waits) })
            : say('reports.filed', { ago: ago(waits) })}
        </span>
      </span>
    </div>
  )
}
