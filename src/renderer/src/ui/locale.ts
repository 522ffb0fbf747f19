/** The language of the sentences. */
const LANGUAGE = 'en'

/** The locale of dates and numbers: the person's own variety of the language of the sentences, else that language. */
export const formatLocale = (wanted: readonly string[]) =>
  wanted.find(tag => tag.split('-')[0] === LANGUAGE) ?? LANGUAGE
