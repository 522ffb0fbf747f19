import type { Handlers } from '../../../shared/contract/method.ts'
import { Settings, type settings } from '../../../shared/contract/settings.ts'
import type { Context } from '../context.ts'
import { readSettings, writeSetting } from './table.ts'

/** Reads and changes settings; each change is logged with what was before. */
export const settingsHandlers = ({ gate, log }: Context): Handlers<typeof settings, unknown> => ({
  'settings.get': () => gate.read(readSettings),
  'settings.set': wanted =>
    gate.write(['settings', 'log'], db => {
      const before = readSettings(db)
      for (const name of Settings.keyof().options) {
        const value = wanted[name]
        if (value === undefined || value === before[name]) continue
        writeSetting(db, name, value)
        log(db, {
          source: 'did',
          action: 'setting.changed',
          server: null,
          facts: { setting: name, before: before[name], after: value },
        })
      }
      return readSettings(db)
    }),
})
