import { visibleControls } from '../../../shared/visible-text.ts'
import { cx } from './cx.ts'
import styles from './Handle.module.css'
import { handleText, type Named } from './handle-text.ts'

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
      <bdi className={styles.name}>@{visibleControls(who.username)}</bdi>
      {host !== undefined && <bdi className={styles.host}>@{visibleControls(host)}</bdi>}
    </span>
  )
}

/** A handle within a sentence. */
export const HandleInline = ({ who }: { who: Named }) => <bdi>{handleText(who)}</bdi>
