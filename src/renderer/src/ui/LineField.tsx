import { type ComponentProps, useId } from 'react'
import controls from './controls.module.css'

type Shown = Omit<ComponentProps<'input'>, 'id' | 'className' | 'onChange'> & {
  label: string
  onType(text: string): void
}

/**
 * A secret does not outlive its field: React remembers the field that had the focus last, also one that is gone, and with it what stood there.
 */
const forget = (around: HTMLDivElement) => () => {
  for (const field of around.querySelectorAll('input')) {
    field.value = ''
    // React writes there too what is typed.
    field.removeAttribute('value')
  }
}

/** One line to type into, with the name of the field above it. The browser proposes nothing for it. */
export const LineField = ({ label, onType, ...input }: Shown) => {
  const id = useId()
  return (
    <div ref={input.type === 'password' ? forget : undefined}>
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
