import type { Language } from './languages.ts'

const en = {
  'app.not-loaded': 'This page could not be read',
  'app.not-loaded-says': 'Howdah does not answer. Look whether it still runs, then try again. Nothing is lost.',
  'app.try-again': 'Try again',
} as const

/**
 * What a start says that cannot have the file with all other sentences: read with the first lines of the page, so in every language and
 * few. The catalogues have them from here.
 */
export const startWords: Readonly<Record<Language, Readonly<Record<keyof typeof en, string>>>> = {
  en,
  fr: {
    'app.not-loaded': 'Cette page n’a pas pu être lue',
    'app.not-loaded-says': 'Howdah ne répond pas. Regardez s’il tourne encore, puis réessayez. Rien n’est perdu.',
    'app.try-again': 'Réessayer',
  },
}
