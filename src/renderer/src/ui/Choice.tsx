import { useId } from 'react'
import controls from './controls.module.css'
import parts from './parts.module.css'

type Choices<T extends string> = {
  label: string
  value: T
  options: readonly { value: T; says: string }[]
  onPick(value: T): void
}

/**
 * What is picked shows when it holds, which may take the engine a moment. Who goes back meanwhile picks what is still ticked: no change to
 * the browser, but a click, by mouse, Space and arrows alike. So it is clicks that pick, and the last one counts.
 */
const isShownWhenItHolds = () => {}

/** One of a few, side by side: radio buttons in one frame. */
export const Choice = <T extends string>({ label, value, options, onPick }: Choices<T>) => {
  const name = useId()
  return (
    <fieldset>
      <legend className={parts.unseen}>{label}</legend>
      <span className={controls.choice}>
        {options.map(option => (
          <label key={option.value} className={controls.option}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={isShownWhenItHolds}
              onClick={() => onPick(option.value)}
            />
            {option.says}
          </label>
        ))}
      </span>
    </fieldset>
  )
}

/** One of several, in a small menu of the system. */
export const Chip = <T extends string>({
  label,
  explains,
  value,
  options,
  onPick,
}: Choices<T> & { explains?: string | undefined }) => (
  <select
    className={controls.chip}
    aria-label={label}
    aria-description={explains}
    title={explains}
    value={value}
    onChange={event => {
      const picked = options.find(option => option.value === event.target.value)
      if (picked) onPick(picked.value)
    }}
  >
    {options.map(option => (
      <option key={option.value} value={option.value}>
        {option.says}
      </option>
    ))}
  </select>
)
