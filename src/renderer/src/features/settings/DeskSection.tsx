import { useEffect, useId, useState } from 'react'
import { Settings } from '../../../../shared/contract/settings.ts'
import { languages } from '../../../../shared/messages/languages.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Chip, Choice } from '../../ui/Choice.tsx'
import controls from '../../ui/controls.module.css'
import parts from '../../ui/parts.module.css'
import { Row } from './Row.tsx'
import styles from './Settings.module.css'
import type { Section } from './use-settings.ts'

const themes: readonly Settings['theme'][] = ['system', 'light', 'dark']
const { graceSeconds: grace, mostFollows } = Settings.shape

/** Each by its own name, so that it is found by those who read it. */
const languageChoices = () =>
  (['system', ...languages] as const).map(value => ({
    value,
    says:
      value === 'system'
        ? say('settings.language.system')
        : (new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value),
  }))

type Whole = {
  name: string
  says: string
  unit: string
  value: number
  shape: typeof grace
  least: number
  most: number
  onSave(value: number): void
}

/** A whole number, kept when the field is left. */
const WholeNumber = ({ name, says, unit, value, shape, least, most, onSave }: Whole) => {
  const id = useId()
  const [typed, setTyped] = useState(String(value))
  useEffect(() => setTyped(String(value)), [value])
  const read = shape.safeParse(Number(typed))
  return (
    <Row name={<label htmlFor={id}>{name}</label>} says={<span id={`${id}-says`}>{says}</span>}>
      <span className={parts.line}>
        <input
          id={id}
          type="number"
          min={least}
          max={most}
          className={styles.short}
          aria-describedby={`${id}-says`}
          aria-invalid={!read.success}
          value={typed}
          onChange={event => setTyped(event.target.value)}
          onBlur={() => (read.success ? read.data !== value && onSave(read.data) : setTyped(String(value)))}
          onKeyDown={event => event.key === 'Enter' && read.success && onSave(read.data)}
        />
        <span className={controls.label}>{unit}</span>
      </span>
    </Row>
  )
}

/** How the desk speaks and looks, and how long a decision waits. */
export const DeskSection = ({ settings, save }: Section) => (
  <section aria-labelledby="desk-h">
    <h2 id="desk-h">{say('settings.desk')}</h2>
    <Row name={say('settings.language')} says={say('settings.language-says')}>
      <Chip
        label={say('settings.language')}
        value={settings.language}
        options={languageChoices()}
        onPick={language => save({ language })}
      />
    </Row>
    <Row name={say('settings.theme')} says={say('settings.theme-says')}>
      <Choice
        label={say('settings.theme')}
        value={settings.theme}
        options={themes.map(value => ({ value, says: say(`settings.theme.${value}`) }))}
        onPick={theme => void save({ theme })}
      />
    </Row>
    <WholeNumber
      name={say('settings.grace')}
      says={say('settings.grace-says')}
      unit={say('settings.seconds')}
      value={settings.graceSeconds}
      shape={grace}
      least={2}
      most={120}
      onSave={graceSeconds => void save({ graceSeconds })}
    />
    <WholeNumber
      name={say('settings.most-follows')}
      says={say('settings.most-follows-says')}
      unit={say('settings.follows')}
      value={settings.mostFollows}
      shape={mostFollows}
      least={0}
      most={100_000}
      onSave={count => void save({ mostFollows: count })}
    />
  </section>
)
