import type { Settings } from '../../../shared/contract/settings.ts'
import { Settings as Shape } from '../../../shared/contract/settings.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

const defaults: Settings = {
  graceSeconds: 10,
  language: 'system',
  keys: {},
  letterKeys: true,
  keyFile: false,
  theme: 'system',
  paused: false,
  metered: false,
  media: 'veiled',
  blur: true,
  grey: true,
  mute: true,
  country: null,
  restAfter: 40,
  notify: false,
  quietFrom: null,
  quietTo: null,
  mostFollows: 100,
}

const each = Shape.partial()

/** The settings as they stand; one that is missing or no longer fits has its default. */
export const readSettings = (db: ReadDb): Settings => {
  const stored = db
    .all<{ name: string; value: string }>('SELECT name, value FROM setting')
    .flatMap(({ name, value }) => {
      const one = each.safeParse({ [name]: JSON.parse(value) })
      return one.success ? Object.entries(one.data) : []
    })
  return { ...defaults, ...Object.fromEntries(stored) }
}

/** Stores one setting. */
export const writeSetting = (db: WriteDb, name: keyof Settings, value: Settings[keyof Settings]): void =>
  void db.run('INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [
    name,
    JSON.stringify(value),
  ])
