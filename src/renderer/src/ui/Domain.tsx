import type { Lookalike } from '../../../shared/contract/lookalikes.ts'
import { domainText, lettersOf } from '../../../shared/domain-name.ts'
import { visibleControls } from '../../../shared/visible-text.ts'
import { cx } from './cx.ts'
import styles from './Domain.module.css'
import { Icon } from './Icon.tsx'
import { oddWords, useOdd } from './odd.ts'

/** A sign before a domain that is not what it seems, where no ellipsis takes it away; its name says what is odd. */
export const OddMark = ({ domain }: { domain: string | null | undefined }) => {
  const odd = useOdd(domain)
  if (!odd) return null
  const words = oddWords(odd)
  return (
    <span className={styles.mark} title={words}>
      <Icon name="warn" small label={words} />
    </span>
  )
}

/** What is odd about a domain, in words: where something is decided about it. */
export const OddSays = ({
  domain,
  odd: known,
  className,
}: {
  domain: string | null | undefined
  /** Where that was told with the domain itself, since nobody here is from there. */
  odd?: Lookalike | null
  className?: string | undefined
}) => {
  const here = useOdd(domain)
  const odd = known ?? here
  if (!odd) return null
  return (
    <p className={cx(styles.says, className)}>
      <Icon name="warn" small />
      <span>{oddWords(odd)}</span>
    </p>
  )
}

/**
 * A domain that came from outside: as its A-labels, which are what is sent, with its own letters beside them, isolated, with nothing
 * unseen in it, and a sign where it looks like another.
 */
export const Domain = ({
  name,
  sign = true,
  className,
}: {
  name: string
  /** False where the sentence itself stands beside it. */
  sign?: boolean
  className?: string | undefined
}) => {
  const letters = lettersOf(name)
  return (
    <>
      {sign && <OddMark domain={name} />}
      <bdi className={cx(styles.name, className)} title={domainText(name)}>
        {visibleControls(name)}
        {letters !== '' && <span className={styles.letters}>{letters}</span>}
      </bdi>
    </>
  )
}
