import type { RefObject } from 'react'
import type { Cluster } from '../../../../shared/contract/signups.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useServer } from '../../client/servers.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { age, number, time } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import rows from '../../ui/rows.module.css'
import { useNow } from '../../ui/use-now.ts'
import { Words } from '../../ui/Words.tsx'
import styles from './Signups.module.css'
import { clusterKey, sameCluster } from './store.ts'
import { patternIcon } from './words.ts'

/** What its people share, with the name of it isolated. */
export const ClusterName = ({ cluster }: { cluster: Pick<Cluster, 'pattern' | 'says' | 'firstAt' | 'lastAt'> }) => {
  const what = cluster.pattern === 'burst' ? time(cluster.firstAt) : cluster.says
  return <Words code={`signups.cluster.${cluster.pattern}`} values={{ what: <Domain name={what} /> }} />
}

const Line = ({ cluster, now }: { cluster: Cluster; now: number }) => {
  const server = useServer(cluster.server)
  return (
    <>
      {server ? <Mark server={server} /> : <span />}
      <Icon name={patternIcon[cluster.pattern]} small />
      <span className={parts.cut}>
        <ClusterName cluster={cluster} />
      </span>
      <span className={cx(styles.num, parts.strong)}>{number(cluster.count)}</span>
      <span className={styles.age}>{age(now - cluster.firstAt)}</span>
    </>
  )
}

type Shown = {
  clusters: readonly Cluster[]
  current: Cluster
  onPick(cluster: Cluster): void
  box: RefObject<HTMLDivElement | null>
}

/** What those who wait share: a short listbox above the people. */
export const ClusterList = ({ clusters, current, onPick, box }: Shown) => {
  const now = useNow(30_000)
  const idOf = (cluster: Cluster) => `cluster-${clusterKey(cluster)}`.replace(/[^\w-]/g, '_')
  return (
    <div
      ref={box}
      className={cx(rows.rows, styles.clusters)}
      role="listbox"
      aria-label={say('signups.clusters')}
      aria-activedescendant={idOf(current)}
      tabIndex={0}
    >
      {clusters.map(cluster => {
        const isCurrent = sameCluster(cluster, current)
        const option = {
          id: idOf(cluster),
          role: 'option',
          'aria-selected': isCurrent,
          'aria-current': isCurrent,
          className: cx(rows.row, styles.cluster),
          onClick: () => onPick(cluster),
        }
        return (
          <div key={clusterKey(cluster)} {...option}>
            <Line cluster={cluster} now={now} />
          </div>
        )
      })}
    </div>
  )
}
