import type { ComponentProps } from 'react'
import styles from './Button.module.css'
import { cx } from './cx.ts'

type Look = 'plain' | 'primary' | 'danger' | 'bare'

/** The class of a button's look, for links that look like one. */
export const buttonClass = (look: Look = 'plain', className?: string) =>
  cx(styles.button, look !== 'plain' && styles[look], className)

/** A button of 26 px. */
export const Button = ({ look, className, ...rest }: ComponentProps<'button'> & { look?: Look }) => (
  <button type="button" className={buttonClass(look, className)} {...rest} />
)
