import { type ComponentProps, useId } from 'react'
import controls from './controls.module.css'

type Shown = Omit<ComponentProps<'input'>, 'id' | 'className' | 'onChange'> & {
  label: string
  onType(text: string): void
}

/** One line to type into, with the name of the field above it. The browser proposes nothing for it. */
export const LineField = ({ label, onType, ...input }: Shown) => {
  const id = useId()
  return (
    <div>
      <label className={controls.label} htmlFor={id}>
        {label}
      </label>
      <input
        autoComplete="off"
        {...input}
        id={id}
        className={controls.field}
        onChange={event => onType(event.target.value)}
      />
    </div>
  )
}
