import type { AccountRow as Row } from '../../../../shared/contract/accounts.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { cx } from '../../ui/cx.ts'
import { age, list, moment, number } from '../../ui/format.ts'
import { Handle } from '../../ui/Handle.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { isVisible } from '../../ui/visible.ts'
import styles from './Accounts.module.css'

/** What is in force, in a word each, the severest first; else what else there is to say. */
const standing = ({ flags, pending, isStaff, role }: Row): { says: string; heavy: boolean } => {
  const inForce = [
    ...(flags.suspended ? [say('flag.suspended')] : []),
    ...(flags.limited ? [say('flag.limited')] : []),
    ...(flags.frozen === true ? [say('flag.frozen')] : []),
    ...(flags.sensitive ? [say('flag.sensitive')] : []),
  ]
  if (pending) return { says: say('accounts.waits'), heavy: false }
  if (inForce.length > 0) return { says: list(inForce), heavy: true }
  return { says: isStaff ? role : '', heavy: false }
}

/** One account: whose server, its handle and name, what is in force, open reports about it, since when it is there. */
export const AccountRow = ({ row, server, now }: { row: Row; server: Server | undefined; now: number }) => {
  const { account, open, joinedAt } = row
  const { says, heavy } = standing(row)
  return (
    <div className={styles.row}>
      {server ? <Mark server={server} /> : <span />}
      <span className={cx(parts.line, styles.who)}>
        <Handle who={account} />
        {isVisible(account.displayName) && (
          <bdi className={cx(parts.quiet, parts.cut, parts.theirs, styles.named)} dir="auto">
            {account.displayName}
          </bdi>
        )}
      </span>
      <span className={cx(heavy ? parts.strong : parts.soft, parts.cut)} dir="auto">
        {says}
      </span>
      {open > 0 ? (
        <span className={cx(styles.open, parts.soft)} title={say('accounts.open', { open })}>
          <Icon name="report" small />
          <span aria-hidden="true">{number(open)}</span>
          <span className={parts.unseen}>{say('accounts.open', { open })}</span>
        </span>
      ) : (
        <span />
      )}
      <span className={styles.age} title={joinedAt === null ? undefined : moment(joinedAt)}>
        {joinedAt === null ? '' : age(now - joinedAt)}
      </span>
    </div>
  )
}
