import type { ComponentProps } from 'react'
import styles from './Button.module.css'
import { cx } from './cx.ts'

type Look = 'plain' | 'primary' | 'danger' | 'bare'

/** The class of a button's look, for links that look like one. */
export const buttonClass = (look: Look = 'plain', className?: string) =>
  cx(styles.button, look !== 'plain' && styles[look], className)

/**
 * A button of 26 px. One that can't be pressed now keeps the focus, and is still found by who goes from one to the next: a button that
 * is disabled while it works would drop whoever pressed it back to the top of the page.
 */
export const Button = ({ look, className, disabled, onClick, ...rest }: ComponentProps<'button'> & { look?: Look }) => (
  <button
    type="button"
    className={buttonClass(look, className)}
    aria-disabled={disabled}
    {...rest}
    onClick={event => {
      // This also keeps a form from being sent.
      if (disabled) event.preventDefault()
      else onClick?.(event)
    }}
  />
)
