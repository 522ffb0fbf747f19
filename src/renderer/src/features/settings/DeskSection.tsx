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
const grace = Settings.shape.graceSeconds

/** Each by its own name, so that it is found by those who read it. */
const languageChoices = () =>
  (['system', ...languages] as const).map(value => ({
    value,
    says:
      value === 'system'
        ? say('settings.language.system')
        : (new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value),
  }))

const Grace = ({ value, onSave }: { value: number; onSave(seconds: number): void }) => {
  const id = useId()
  const [typed, setTyped] = useState(String(value))
  useEffect(() => setTyped(String(value)), [value])
  const read = grace.safeParse(Number(typed))
  return (
    <Row
      name={<label htmlFor={id}>{say('settings.grace')}</label>}
      says={<span id={`${id}-says`}>{say('settings.grace-says')}</span>}
    >
      <span className={parts.line}>
        <input
          id={id}
          type="number"
          min={2}
          max={120}
          className={styles.short}
          aria-describedby={`${id}-says`}
          aria-invalid={!read.success}
          value={typed}
          onChange={event => setTyped(event.target.value)}
          onBlur={() => (read.success ? read.data !== value && onSave(read.data) : setTyped(String(value)))}
          onKeyDown={event => event.key === 'Enter' && read.success && onSave(read.data)}
        />
        <span className={controls.label}>{say('settings.seconds')}</span>
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
        onPick={language => void save({ language })}
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
    <Grace value={settings.graceSeconds} onSave={graceSeconds => void save({ graceSeconds })} />
  </section>
)
