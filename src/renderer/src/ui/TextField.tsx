import { type ReactNode, useId } from 'react'
import controls from './controls.module.css'

type Shown = {
  label: string
  value: string
  rows?: number
  onChange(text: string): void
  /** What helps to write it, between its name and the field. */
  children?: ReactNode
}

/** Some sentences of a person's own, with the name of the field above it. */
export const TextField = ({ label, value, rows = 2, onChange, children }: Shown) => {
  const id = useId()
  return (
    <div>
      <label className={controls.label} htmlFor={id}>
        {label}
      </label>
      {children}
      <textarea
        id={id}
        className={controls.field}
        rows={rows}
        maxLength={2000}
        dir="auto"
        value={value}
        onChange={event => onChange(event.target.value)}
      />
    </div>
  )
}
