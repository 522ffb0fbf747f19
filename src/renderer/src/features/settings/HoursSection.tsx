import { useId, useState } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { Choice } from '../../ui/Choice.tsx'
import parts from '../../ui/parts.module.css'
import { Row } from './Row.tsx'
import styles from './Settings.module.css'
import type { Section } from './use-settings.ts'

/** Notifications need the system's word too; a page may ask for it only when a person presses something. */
const granted = async () =>
  typeof Notification !== 'undefined' && (await Notification.requestPermission()) === 'granted'

const Hour = ({ label, value, onPick }: { label: string; value: string; onPick(value: string): void }) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id} className={parts.quiet}>
        {label}
      </label>
      <input
        id={id}
        type="time"
        className={styles.hour}
        value={value}
        onChange={event => event.target.value !== '' && onPick(event.target.value)}
      />
    </>
  )
}

/** When one wants to hear of new reports: a number and nothing else, and never in the quiet hours. */
export const HoursSection = ({ settings, save }: Section) => {
  const [refused, setRefused] = useState(false)
  const quiet = settings.quietFrom !== null && settings.quietTo !== null
  const setNotify = async (on: boolean) => {
    const may = !on || (await granted())
    setRefused(!may)
    if (may) void save({ notify: on })
  }
  return (
    <section aria-labelledby="hours-h">
      <h2 id="hours-h">{say('settings.hours')}</h2>
      <Row name={say('settings.notify')} says={say('settings.notify-says')}>
        <Choice
          label={say('settings.notify')}
          value={settings.notify ? 'on' : 'off'}
          options={(['on', 'off'] as const).map(value => ({ value, says: say(`settings.${value}`) }))}
          onPick={value => void setNotify(value === 'on')}
        />
      </Row>
      {refused && (
        <p className={parts.error} role="alert">
          {say('settings.notify-refused')}
        </p>
      )}
      <Row name={say('settings.quiet')} says={say('settings.quiet-says')}>
        <span className={parts.line}>
          {quiet && (
            <>
              <Hour
                label={say('settings.quiet-from')}
                value={settings.quietFrom ?? ''}
                onPick={quietFrom => void save({ quietFrom })}
              />
              <Hour
                label={say('settings.quiet-to')}
                value={settings.quietTo ?? ''}
                onPick={quietTo => void save({ quietTo })}
              />
            </>
          )}
          <Choice
            label={say('settings.quiet')}
            value={quiet ? 'on' : 'off'}
            options={(['on', 'off'] as const).map(value => ({ value, says: say(`settings.${value}`) }))}
            onPick={value =>
              void save(value === 'on' ? { quietFrom: '22:00', quietTo: '07:00' } : { quietFrom: null, quietTo: null })
            }
          />
        </span>
      </Row>
    </section>
  )
}
