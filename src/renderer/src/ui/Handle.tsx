import type { AccountName } from '../../../shared/contract/accounts.ts'
import { cx } from './cx.ts'
import styles from './Handle.module.css'

type Named = Pick<AccountName, 'username' | 'domain'>

/** A handle as plain text, for names that a screen reader speaks. */
export const handleText = ({ username, domain }: Named) => (domain === null ? `@${username}` : `@${username}@${domain}`)

/** A handle in a row: the name shortens first, the host keeps up to two thirds. `home` is shown for members of the server itself. */
export const Handle = ({
  who,
  home,
  className,
}: {
  who: Named
  home?: string | undefined
  className?: string | undefined
}) => {
  const host = who.domain ?? home
  return (
    <span className={cx(styles.handle, className)}>
      <bdi className={styles.name}>@{who.username}</bdi>
      {host !== undefined && <bdi className={styles.host}>@{host}</bdi>}
    </span>
  )
}

/** A handle within a sentence. */
export const HandleInline = ({ who }: { who: Named }) => <bdi>{handleText(who)}</bdi>
