import type { RefObject } from 'react'
import type { GroupHead as Group } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useServer } from '../../client/servers.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { age } from '../../ui/format.ts'
import { HandleInline } from '../../ui/Handle.tsx'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import rows from '../../ui/rows.module.css'
import { still } from '../../ui/still.ts'
import { Words } from '../../ui/Words.tsx'
import { canMark, countMarked, useMarks } from './marks.ts'
import styles from './ReportList.module.css'

/** What a group is called. */
export const GroupTitle = ({ group }: { group: Group }) => {
  const server = useServer(group.server)
  const host = (domain: string) => <Domain name={domain} className={styles.host} />
  if (group.kind === 'target' && group.account)
    return server ? (
      <Words
        code="reports.group.target"
        values={{ who: <HandleInline who={group.account} />, server: host(server.domain) }}
      />
    ) : (
      <HandleInline who={group.account} />
    )
  if (group.campaign) {
    const { key, shows, said } = group.campaign
    const isLink = key.startsWith('link:')
    // What it is called here comes first; there is hardly room for more.
    if (said !== null)
      return (
        <>
          <bdi dir="auto">{said}</bdi> · {isLink ? host(shows) : <bdi dir="auto">{shows}</bdi>}
        </>
      )
    return isLink ? (
      <Words code="reports.group.link" values={{ link: host(shows) }} />
    ) : (
      <Words code="reports.group.text" values={{ text: <bdi dir="auto">{shows}</bdi> }} />
    )
  }
  if (group.kind === 'origin') return group.origin === null ? say('reports.group.home') : host(group.origin)
  return say(group.kind === 'legal' ? 'reports.group.legal' : 'reports.group.single')
}

/** `61 reports` in any width, and `· 38 accounts`, `· 44 reporters in 3h` where there is room. */
const sumOf = (group: Group): readonly string[] => {
  const { kind, reports, accounts, sources, reporters, oldestAt, newestAt, brigade } = group
  // A hint in numbers, never a verdict: many honest people may have had enough of one account, too.
  if (brigade)
    return [
      say('reports.group.brigade', { reporters: brigade.reporters, span: age(brigade.withinMs) }),
      say('reports.group.brigade-more', { reports }),
    ]
  if (kind === 'target') return [say('reports.group.sum-sources', { reports, sources })]
  const weight = [say('reports.group.reports', { reports }), say('reports.group.accounts', { accounts })]
  if (kind !== 'campaign') return weight
  return [...weight, say('reports.group.campaign-more', { reporters, span: age(newestAt - oldestAt) })]
}

type Acts = { onFold(head: number, folded: boolean): void; onMarkGroup(head: number): void }

export const headId = (index: number) => `head-${index}`

/** `index`: the line where it stands. */
type Shown = { index: number; group: Group; folded: boolean; acts: RefObject<Acts>; stuck?: boolean }

/**
 * The head of a group: plain text that names the rows under it, or, folded, stands for them. A click folds or unfolds it, one on its box marks
 * them all; keys have ways of their own.
 */
export const GroupHead = still(({ index, group, folded, acts, stuck = false }: Shown) => {
  const marked = useMarks(({ marks }) => countMarked(marks, group.name))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shorter way for the mouse; keys have one of their own
    <div
      className={cx(styles.head, !folded && rows.line, stuck && styles.stuck, folded && styles.folded)}
      role="presentation"
      title={say('fold.toggle', { folded: String(folded) })}
      onClick={event => {
        if (event.target instanceof Element && event.target.closest('[data-tick]')) acts.current.onMarkGroup(index)
        else acts.current.onFold(index, !folded)
      }}
    >
      <Icon name="chevron" small className={styles.chevron} />
      <span className={styles.title} id={headId(index)}>
        <GroupTitle group={group} />
      </span>
      <span className={cx(styles.sum, group.brigade !== null && styles.brigade, group.campaign && styles.named)}>
        {sumOf(group).map(part => (
          <span key={part}>{part}</span>
        ))}
      </span>
      {folded && <span className={parts.unseen}>{say('fold.folded', { reports: group.reports })}</span>}
      {marked > 0 && <span className={styles.marked}>{say('marks.in-group', { count: marked })}</span>}
      {canMark(group) && (
        <span
          className={cx(styles.tick, marked === group.reports && styles.on)}
          aria-hidden="true"
          title={say('reports.group.mark')}
          data-tick
        >
          <Icon name="check" small />
        </span>
      )}
    </div>
  )
})
