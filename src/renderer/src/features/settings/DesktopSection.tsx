import { say } from '../../../../shared/messages/say.ts'
import { useShell } from '../../client/engine.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Row } from './Row.tsx'
import type { Section } from './use-settings.ts'

/** What concerns the desktop alone: whether a key file may stand in for a keyring. */
export const DesktopSection = ({ settings, save }: Section) => {
  if (useShell().kind !== 'desktop') return null
  return (
    <section aria-labelledby="desktop-h">
      <h2 id="desktop-h">{say('settings.desktop')}</h2>
      <Row name={say('settings.key-file')} says={say('settings.key-file-says')}>
        <Choice
          label={say('settings.key-file')}
          value={settings.keyFile ? 'yes' : 'no'}
          options={[
            { value: 'no', says: say('settings.key-file.no') },
            { value: 'yes', says: say('settings.key-file.yes') },
          ]}
          onPick={value => void save({ keyFile: value === 'yes' })}
        />
      </Row>
    </section>
  )
}
