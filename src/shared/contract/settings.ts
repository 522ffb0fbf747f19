import { z } from 'zod'
import { languages } from '../messages/languages.ts'
import { command, query } from './method.ts'

/** A time of the day where the person sits: `22:00`. */
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** What a person can choose. */
export const Settings = z.object({
  /** Seconds in which a decision can be taken back before it is sent. */
  graceSeconds: z.int().min(2).max(120),
  /** The language of the sentences: that of the system, else one of those that Howdah speaks. */
  language: z.enum(['system', ...languages]),
  /** Keys that someone chose, by name of the command, as the desk writes them (`g r`, `Shift+t`). */
  keys: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/), z.string().min(1).max(40)),
  /** Whether keys that one types with ask for anything (WCAG 2.1.4): off for those who speak to their computer. */
  letterKeys: z.boolean(),
  /** More follows than this between a server and a domain: its suspension goes out alone, with the domain typed. */
  mostFollows: z.int().min(0).max(100_000),
  /** Tokens of the desktop are sealed with a key file where the system offers no real keyring. */
  keyFile: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  /** Nothing is read from servers by itself; what a person asks for is. */
  paused: z.boolean(),
  /** A connection that costs by what comes over it: no history, no list of peers, changes are looked for less often. */
  metered: z.boolean(),
  /** `veiled`: media can be asked for, piece by piece; `text`: only its descriptions stand there. */
  media: z.enum(['veiled', 'text']),
  /** What is asked for comes blurred first. */
  blur: z.boolean(),
  /** It stays grey until asked once more. */
  grey: z.boolean(),
  /** Videos and sounds begin without sound. */
  mute: z.boolean(),
  /** Where one answers to the law: ISO 3166-1 alpha-2, whose hotlines a legal case names; null while not chosen. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  /** A pause is suggested after so many pieces of media and legal cases in a day; 0: never. */
  restAfter: z.int().min(0).max(1000),
  /** A notification of the system when reports came and nobody looks at the desk. */
  notify: z.boolean(),
  /** No notification between these times of the day; both null: at any time. */
  quietFrom: TimeOfDay.nullable(),
  quietTo: TimeOfDay.nullable(),
})
export type Settings = z.infer<typeof Settings>

/** What may be asked and said about settings. */
export const settings = {
  'settings.get': query(z.object({}), Settings, ['settings'] as const),
  'settings.set': command(Settings.partial(), Settings),
}
