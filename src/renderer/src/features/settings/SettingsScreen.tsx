import { type ReactNode, useEffect, useId, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { Settings } from '../../../../shared/contract/settings.ts'
import { languages } from '../../../../shared/messages/languages.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure, type Input, useLive } from '../../client/use-live.ts'
import { Chip, Choice } from '../../ui/Choice.tsx'
import controls from '../../ui/controls.module.css'
import parts from '../../ui/parts.module.css'
import styles from './Settings.module.css'

const themes: readonly Settings['theme'][] = ['system', 'light', 'dark']
/** Each by its own name, so that it is found by those who read it. */
const languageChoices = () =>
  (['system', ...languages] as const).map(value => ({
    value,
    says:
      value === 'system'
        ? say('settings.language.system')
        : (new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value),
  }))
const grace = Settings.shape.graceSeconds

const Grace = ({ value, onSave }: { value: number; onSave(seconds: number): void }) => {
  const id = useId()
  const [typed, setTyped] = useState(String(value))
  useEffect(() => setTyped(String(value)), [value])
  const read = grace.safeParse(Number(typed))
  return (
    <div className={styles.row}>
      <div>
        <label htmlFor={id} className={styles.name}>
          {say('settings.grace')}
        </label>
        <p className={parts.soft} id={`${id}-says`}>
          {say('settings.grace-says')}
        </p>
      </div>
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
    </div>
  )
}

/** What one can choose at first: how long a decision waits, and how the desk looks. `servers` comes from outside. */
export const SettingsScreen = ({ servers }: { servers: ReactNode }) => {
  const engine = useEngine()
  const { data } = useLive('settings.get', {})
  const [failure, setFailure] = useState<Failure>()
  const save = (change: Input<'settings.set'>) =>
    void engine.call('settings.set', change).then(
      () => setFailure(undefined),
      error => setFailure(asFailure(error)),
    )
  return (
    <main className={styles.page} aria-labelledby="settings-h">
      <div className={styles.column}>
        <h1 id="settings-h">{say('settings.title')}</h1>
        {failure && (
          <p className={parts.error} role="alert">
            {sayFailure(failure)}
          </p>
        )}
        {data && (
          <section aria-labelledby="desk-h">
            <h2 id="desk-h">{say('settings.desk')}</h2>
            <Grace value={data.graceSeconds} onSave={graceSeconds => save({ graceSeconds })} />
            <div className={styles.row}>
              <div>
                <p className={styles.name}>{say('settings.language')}</p>
                <p className={parts.soft}>{say('settings.language-says')}</p>
              </div>
              <Chip
                label={say('settings.language')}
                value={data.language}
                options={languageChoices()}
                onPick={language => save({ language })}
              />
            </div>
            <div className={styles.row}>
              <div>
                <p className={styles.name}>{say('settings.theme')}</p>
                <p className={parts.soft}>{say('settings.theme-says')}</p>
              </div>
              <Choice
                label={say('settings.theme')}
                value={data.theme}
                options={themes.map(value => ({ value, says: say(`settings.theme.${value}`) }))}
                onPick={theme => save({ theme })}
              />
            </div>
          </section>
        )}
        {servers}
      </div>
    </main>
  )
}
