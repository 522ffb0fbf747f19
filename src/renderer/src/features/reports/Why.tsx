import type { ReactNode } from 'react'
import type { GroupHead, ListLine } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { span } from '../../ui/format.ts'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import { canMark, useMarks } from './marks.ts'
import { useGroupAt } from './use-group.ts'
import type { OpenList } from './use-open-list.ts'
import styles from './Why.module.css'

/** Why a row stands where it does: its place in its group, the group in numbers, and how long it waits. */
const wordsOf = (line: ListLine | undefined, group: GroupHead | undefined, at: number, now: number): string => {
  if (line?.line !== 'report') return group && line ? say('fold.folded', { reports: group.reports }) : ''
  const { createdAt, resolvedAt } = line.row
  if (resolvedAt !== null)
    return say('why-here.closed', { closed: span(now - resolvedAt), waits: span(resolvedAt - createdAt) })
  return say(`why-here.${group?.kind ?? 'none'}`, {
    at,
    waits: span(now - createdAt),
    about: line.row.openOnTarget,
    reports: group?.reports ?? 0,
    accounts: group?.accounts ?? 0,
    reporters: group?.reporters ?? 0,
  })
}

type Shown = {
  list: OpenList
  current: number
  onMarkGroup(): void
  onUnmark(): void
  /** What can be done with the campaign that the row is part of. */
  campaign: ReactNode
}

/** Under the queue: what is marked, or else why the current row stands where it does. */
export const Why = ({ list, current, onMarkGroup, onUnmark, campaign }: Shown) => {
  const now = useNow(30_000)
  const marked = useMarks(({ marks }) => marks.size)
  const groupKey = useShortcut('mark-group')
  const group = useGroupAt(list, current)
  if (marked > 0)
    return (
      <div className={styles.why}>
        <span className={styles.words}>{say('marks.count', { count: marked })}</span>
        <span className={parts.push} />
        <Button look="bare" aria-keyshortcuts="Escape" onClick={onUnmark}>
          {say('marks.unmark')}
          <KeyOf command="back" />
        </Button>
      </div>
    )
  const head = list.of.headAbove(current)
  return (
    <div className={styles.why}>
      <span className={styles.words}>{wordsOf(list.of.at(current), group, current - (head ?? -1), now)}</span>
      <span className={parts.push} />
      {campaign}
      {group && canMark(group) && (
        <Button look="bare" className={styles.group} aria-keyshortcuts={groupKey} onClick={onMarkGroup}>
          {say('marks.group', { count: group.reports })}
        </Button>
      )}
    </div>
  )
}
