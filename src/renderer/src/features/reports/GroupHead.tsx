import type { GroupHead as Group } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useServer } from '../../client/servers.tsx'
import { cx } from '../../ui/cx.ts'
import { HandleInline } from '../../ui/Handle.tsx'
import { Words } from '../../ui/Words.tsx'
import styles from './ReportList.module.css'

const Title = ({ group }: { group: Group }) => {
  const server = useServer(group.server)
  const host = (domain: string) => <bdi className={styles.host}>{domain}</bdi>
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
    const { key, shows } = group.campaign
    return key.startsWith('link:') ? (
      <Words code="reports.group.link" values={{ link: host(shows) }} />
    ) : (
      <Words code="reports.group.text" values={{ text: <bdi dir="auto">{shows}</bdi> }} />
    )
  }
  if (group.kind === 'origin') return group.origin === null ? say('reports.group.home') : host(group.origin)
  return say(group.kind === 'legal' ? 'reports.group.legal' : 'reports.group.single')
}

const sums = {
  target: 'reports.group.sum-sources',
  campaign: 'reports.group.sum-accounts',
  origin: 'reports.group.sum-accounts',
  legal: 'reports.group.sum-accounts',
  single: 'reports.group.sum-accounts',
} as const

/** The head of a group: plain text that names the rows under it. */
export const GroupHead = ({ id, group, stuck }: { id: string; group: Group; stuck: boolean }) => (
  <div className={cx(styles.head, styles.line, stuck && styles.stuck)} role="presentation">
    <span className={styles.title} id={id}>
      <Title group={group} />
    </span>
    <span className={styles.sum}>
      {say(sums[group.kind], { reports: group.reports, accounts: group.accounts, sources: group.sources })}
    </span>
  </div>
)
