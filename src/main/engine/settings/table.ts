import type { Settings } from '../../../shared/contract/settings.ts'
import { Settings as Shape } from '../../../shared/contract/settings.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

const defaults: Settings = { graceSeconds: 10, theme: 'system' }

/** The settings as they stand; what is missing or no longer fits has its default. */
export const readSettings = (db: ReadDb): Settings => {
  const stored = db
    .all<{ name: string; value: string }>('SELECT name, value FROM setting')
    .map(({ name, value }): [string, unknown] => [name, JSON.parse(value)])
  const settings = Shape.safeParse({ ...defaults, ...Object.fromEntries(stored) })
  return settings.success ? settings.data : defaults
}

/** Stores one setting. */
export const writeSetting = (db: WriteDb, name: keyof Settings, value: string | number): void =>
  void db.run('INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [
    name,
    JSON.stringify(value),
  ])
