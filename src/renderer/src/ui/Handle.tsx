import { lettersOf } from '../../../shared/domain-name.ts'
import { visibleControls } from '../../../shared/visible-text.ts'
import { cx } from './cx.ts'
import { OddMark } from './Domain.tsx'
import styles from './Handle.module.css'
import { handleText, type Named } from './handle-text.ts'

/**
 * A handle in a row: the name shortens first, the host keeps up to two thirds. `home` is shown for members of the server itself. `whole`:
 * where one decides about it, since two may differ in one letter; it takes another line instead.
 */
export const Handle = ({
  who,
  home,
  whole = false,
  className,
}: {
  who: Named
  home?: string | undefined
  whole?: boolean
  className?: string | undefined
}) => {
  const host = who.domain ?? home
  return (
    <span className={cx(styles.handle, whole && styles.whole, className)}>
      <bdi className={styles.name}>@{visibleControls(who.username)}</bdi>
      {whole && <wbr />}
      {host !== undefined && (
        <bdi className={styles.host}>
          @{visibleControls(host)}
          {lettersOf(host)}
        </bdi>
      )}
      <OddMark domain={who.domain} />
    </span>
  )
}

/** A handle within a sentence. */
export const HandleInline = ({ who }: { who: Named }) => (
  <>
    <OddMark domain={who.domain} />
    <bdi>{handleText(who)}</bdi>
  </>
)
