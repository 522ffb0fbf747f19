import type { Handlers } from '../../../shared/contract/method.ts'
import { Settings, type settings } from '../../../shared/contract/settings.ts'
import type { Context } from '../context.ts'
import { readSettings, writeSetting } from './table.ts'

/** How much someone can bear and when they rest concerns nobody else: the log, which is handed on, never hears of it. */
const ownHours: readonly (keyof Settings)[] = ['restAfter', 'notify', 'quietFrom', 'quietTo']

/** Reads and changes settings; each change is logged with what was before, but for those of a person's own hours. */
export const settingsHandlers = ({ gate, log }: Context): Handlers<typeof settings, unknown> => ({
  'settings.get': () => gate.read(readSettings),
  'settings.set': wanted =>
    gate.write(['settings'], (db, touch) => {
      const before = readSettings(db)
      for (const name of Settings.keyof().options) {
        const value = wanted[name]
        if (value === undefined || value === before[name]) continue
        writeSetting(db, name, value)
        if (ownHours.includes(name)) continue
        touch('log')
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
