import type { Handlers } from '../../../shared/contract/method.ts'
import type { settings } from '../../../shared/contract/settings.ts'
import type { Context } from '../context.ts'
import { changeSettings } from './change.ts'
import { readSettings } from './table.ts'

/** Reads and changes settings. */
export const settingsHandlers = (context: Context): Handlers<typeof settings, unknown> => ({
  'settings.get': () => context.gate.read(readSettings),
  'settings.set': wanted => changeSettings(context, wanted),
})
