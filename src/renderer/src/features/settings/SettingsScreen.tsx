import type { ReactNode } from 'react'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import parts from '../../ui/parts.module.css'
import { DeskSection } from './DeskSection.tsx'
import { DesktopSection } from './DesktopSection.tsx'
import { EyesSection } from './EyesSection.tsx'
import { HoursSection } from './HoursSection.tsx'
import { KeysSection } from './KeysSection.tsx'
import styles from './Settings.module.css'
import { SyncSection } from './SyncSection.tsx'
import { type Section, useSettings } from './use-settings.ts'

/** The settings in their order, each a section and a file of its own. */
const Sections = (section: Section) => (
  <>
    <DeskSection {...section} />
    <EyesSection {...section} />
    <HoursSection {...section} />
    <SyncSection {...section} />
    <KeysSection {...section} />
    <DesktopSection {...section} />
  </>
)

type Shown = Record<'servers' | 'templates' | 'backup' | 'lock', ReactNode>

/** What one can choose. The sections that are no settings come from outside. */
export const SettingsScreen = ({ servers, templates, backup, lock }: Shown) => {
  const { settings, save, failure } = useSettings()
  return (
    <main className={styles.page} aria-labelledby="settings-h">
      <div className={styles.column}>
        <h1 id="settings-h">{say('settings.title')}</h1>
        {failure && (
          <p className={parts.error} role="alert">
            {sayFailure(failure)}
          </p>
        )}
        {servers}
        {settings && <Sections settings={settings} save={save} />}
        {/* Not before what would push them aside when it comes. */}
        {(settings || failure) && (
          <>
            {lock}
            {templates}
            {backup}
          </>
        )}
      </div>
    </main>
  )
}
