import { z } from 'zod'
import { languages } from '../messages/languages.ts'
import { command, query } from './method.ts'

export const Settings = z.object({
  /** Seconds in which a decision can be taken back before it is sent. */
  graceSeconds: z.number().int().min(2).max(120),
  /** The language of the sentences: that of the system, else one of those that Howdah speaks. */
  language: z.enum(['system', ...languages]),
  theme: z.enum(['system', 'light', 'dark']),
})
export type Settings = z.infer<typeof Settings>

export const settings = {
  'settings.get': query(z.object({}), Settings, ['settings'] as const),
  'settings.set': command(Settings.partial(), Settings),
}
