import { en, type Messages } from './en.ts'
import type { Language, Spoken } from './languages.ts'
import { PSEUDO } from './pseudo.ts'

/** Each is read when it is first spoken: a page in one language does not wait for another. */
const catalogues: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Messages>>> = {
  fr: async () => (await import('./fr.ts')).fr(),
}

const read = new Map<Spoken, Messages>([
  ['en', en],
  [PSEUDO, en],
])

/** The sentences of a language that was read before, in ICU message syntax. The pseudo-locale has those of English. */
export const knownMessages = (spoken: Spoken): Messages | undefined => read.get(spoken)

/** The sentences of a language. Rejects where its file cannot be had. */
export const messagesOf = async (spoken: Spoken): Promise<Messages> => {
  if (spoken === 'en' || spoken === PSEUDO) return en
  const messages = read.get(spoken) ?? (await catalogues[spoken]())
  read.set(spoken, messages)
  return messages
}
