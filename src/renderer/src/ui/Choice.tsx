import { useId, useState } from 'react'
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

type Menu<T extends string> = Omit<Choices<T>, 'onPick'> & {
  explains?: string | undefined
  /** A promise where it takes a moment until it holds: of false where it was not taken. */
  onPick(value: T): unknown
}

/**
 * One of several, in a small menu of the system. What is picked holds when the engine says so, which may take a moment. Who goes back
 * meanwhile picks what still holds, which a menu that still shows it would not tell: so it shows the last pick until something else holds,
 * or it was not taken.
 */
export const Chip = <T extends string>({ label, explains, value, options, onPick }: Menu<T>) => {
  const [last, setLast] = useState<{ picked: T; over: T }>()
  if (last && last.over !== value) setLast(undefined)
  const pick = async (picked: T) => {
    const taken = onPick(picked)
    if (!(taken instanceof Promise)) return
    const mine = { picked, over: value }
    setLast(mine)
    if ((await taken) === false) setLast(now => (now === mine ? undefined : now))
  }
  return (
    <select
      className={controls.chip}
      aria-label={label}
      aria-description={explains}
      title={explains}
      value={last?.picked ?? value}
      onChange={event => {
        const picked = options.find(option => option.value === event.target.value)
        if (picked) void pick(picked.value)
      }}
    >
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.says}
        </option>
      ))}
    </select>
  )
}
