import { say } from '../../../../shared/messages/say.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Row } from './Row.tsx'
import type { Section } from './use-settings.ts'

/** How much is read from servers by itself. */
export const SyncSection = ({ settings, save }: Section) => {
  const onOff = (name: 'metered' | 'paused', yes: string, no: string) => (
    <Choice
      label={say(`settings.${name}`)}
      value={settings[name] ? 'yes' : 'no'}
      options={[
        { value: 'no', says: no },
        { value: 'yes', says: yes },
      ]}
      onPick={value => void save({ [name]: value === 'yes' })}
    />
  )
  return (
    <section aria-labelledby="sync-settings-h">
      <h2 id="sync-settings-h">{say('settings.sync')}</h2>
      <Row name={say('settings.paused')} says={say('settings.paused-says')}>
        {onOff('paused', say('settings.paused.yes'), say('settings.paused.no'))}
      </Row>
      <Row name={say('settings.metered')} says={say('settings.metered-says')}>
        {onOff('metered', say('settings.metered.yes'), say('settings.metered.no'))}
      </Row>
    </section>
  )
}
