import { PSEUDO } from './pseudo.ts'

/** The languages that one can choose, English first: BCP 47 tags. `catalogues.ts` asks for the file of each. */
export const languages = ['en', 'fr'] as const

/** A language that Howdah speaks, by its BCP 47 tag. */
export type Language = (typeof languages)[number]
/** Such a language, or the pseudo-locale: nobody is offered that one, but a system that asks for `en-XA` gets it. */
export type Spoken = Language | typeof PSEUDO

const isLanguage = (tag: string): tag is Language => languages.some(language => language === tag)

/** All that are written from right to left, so that a new one needs no second thought. */
const RIGHT_TO_LEFT = ['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'ug', 'ur', 'yi', PSEUDO]

/** The direction that a language is written in. */
export const directionOf = (spoken: Spoken): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.includes(spoken) ? 'rtl' : 'ltr')

const languageOf = (tag: string): Spoken | undefined => {
  if (tag === PSEUDO) return PSEUDO
  const language = tag.split('-')[0]?.toLowerCase() ?? ''
  return isLanguage(language) ? language : undefined
}

/** The first of the tags (such as `fr-CA`) whose language is spoken here, with its language. */
export const findLanguage = (wanted: readonly string[]): { spoken: Spoken; locale: string } | undefined => {
  for (const locale of wanted) {
    const spoken = languageOf(locale)
    if (spoken) return { spoken, locale }
  }
  return undefined
}

/** The locale of dates and numbers in a language: the person's own variety where the system names one. */
export const localeOf = (spoken: Spoken, wanted: readonly string[]): string =>
  wanted.find(tag => languageOf(tag) === spoken) ?? spoken
