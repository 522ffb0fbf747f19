import type { ReactNode } from 'react'
import type { Server } from '../../../shared/contract/servers.ts'
import { Handle } from './Handle.tsx'
import type { Named } from './handle-text.ts'
import { Mark } from './Mark.tsx'
import { isVisible } from './visible.ts'
import styles from './Who.module.css'

/**
 * Whose case or page it is, on which server: the first line of its head. The name that the account gave itself shortens, the handle never
 * does. `covered`: nothing that strangers wrote is shown.
 */
export const Who = ({
  id,
  account,
  server,
  covered,
  actions,
}: {
  id: string
  account: Named & { displayName: string }
  server: Server | undefined
  covered: boolean
  actions: ReactNode
}) => (
  <div className={styles.line}>
    {server && <Mark server={server} />}
    <div className={styles.who}>
      <h1 className={styles.name} id={id}>
        <bdi dir="auto">{!covered && isVisible(account.displayName) ? account.displayName : account.username}</bdi>
      </h1>
      <Handle who={account} home={server?.domain} whole />
    </div>
    <div className={styles.actions}>{actions}</div>
  </div>
)
