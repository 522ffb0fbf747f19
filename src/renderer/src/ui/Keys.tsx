import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Keys.module.css'

/** A key cap. */
export const Key = ({ children, className }: { children: string; className?: string | undefined }) => (
  <kbd className={cx(styles.key, className)}>{children}</kbd>
)

/** Keys and what they do, beside the thing itself: for eyes; screen readers get `aria-keyshortcuts`. */
export const Hint = ({ keys, children }: { keys: readonly string[]; children: ReactNode }) => (
  <span className={styles.hint} aria-hidden="true">
    {keys.map(key => (
      <Key key={key}>{key}</Key>
    ))}
    <span>{children}</span>
  </span>
)
