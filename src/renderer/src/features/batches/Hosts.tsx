import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { useServers } from '../../client/servers.tsx'
import { Domain } from '../../ui/Domain.tsx'
import { number } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Batches.module.css'

/** On which servers a batch acts: mark and name of each, and how much of it where that is told. */
export const Hosts = ({ of, counts }: { of: readonly ServerKey[]; counts?: ReadonlyMap<ServerKey, number> }) => (
  <ul className={styles.hosts}>
    {useServers()
      .filter(({ key }) => of.includes(key))
      .map(server => (
        <li key={server.key} className={parts.line}>
          <Mark server={server} />
          <Domain name={server.domain} className={parts.cut} />
          {counts && of.length > 1 && <span className={parts.quiet}>{number(counts.get(server.key) ?? 0)}</span>}
        </li>
      ))}
  </ul>
)
