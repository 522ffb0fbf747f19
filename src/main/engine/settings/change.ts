import { Settings } from '../../../shared/contract/settings.ts'
import type { Context } from '../context.ts'
import { readSettings, writeSetting } from './table.ts'

/** How much someone can bear, when they rest and how their hands work concerns nobody else: the log, which is handed on, never hears of it. */
const own: readonly (keyof Settings)[] = ['restAfter', 'notify', 'quietFrom', 'quietTo', 'keys', 'letterKeys']

/** Some of the settings, as they are wanted. */
type Wanted = { [Name in keyof Settings]?: Settings[Name] | undefined }

/** Changes settings; each change is logged with what was before, but for what is a person's own. Answers how they stand then. */
export const changeSettings = ({ gate, log }: Pick<Context, 'gate' | 'log'>, wanted: Wanted): Settings =>
  gate.write(['settings'], (db, touch) => {
    const before = readSettings(db)
    for (const name of Settings.keyof().options) {
      const value = wanted[name]
      if (value === undefined || JSON.stringify(value) === JSON.stringify(before[name])) continue
      writeSetting(db, name, value)
      if (own.includes(name)) continue
      touch('log')
      log(db, {
        source: 'did',
        action: 'setting.changed',
        server: null,
        facts: { setting: name, before: before[name], after: value },
      })
    }
    return readSettings(db)
  })
