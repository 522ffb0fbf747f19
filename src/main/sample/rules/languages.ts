/**
 * Error texts in other languages: validation and existing-block messages follow `lang`, then the user's locale, then Accept-Language
 * (contract A.7). A client that branches on the text fails here as it does on a real server. The wording is our own.
 */

type Words = {
  readonly failed: string
  readonly stricter: string
  readonly parts: readonly (readonly [string, string])[]
}

const languages: Readonly<Record<string, Words>> = {
  de: {
    failed: 'Prüfung nicht bestanden: ',
    stricter: 'Für %s gilt schon eine strengere Einschränkung.',
    parts: [
      ["can't be blank", 'muss ausgefüllt sein'],
      ['is invalid', 'ist ungültig'],
      ['has already been taken', 'gibt es schon'],
      ['is not included in the list', 'ist kein gültiger Wert'],
      ['does not reference valid rules', 'nennt keine gültigen Regeln'],
    ],
  },
  fr: {
    failed: 'Vérification échouée : ',
    stricter: 'Des limites plus strictes valent déjà pour %s.',
    parts: [
      ["can't be blank", 'doit être rempli'],
      ['is invalid', 'est incorrect'],
      ['has already been taken', 'existe déjà'],
      ['is not included in the list', "n'est pas une valeur connue"],
      ['does not reference valid rules', 'ne renvoie à aucune règle connue'],
    ],
  },
  es: {
    failed: 'Comprobación fallida: ',
    stricter: 'Ya rigen límites más estrictos para %s.',
    parts: [
      ["can't be blank", 'debe rellenarse'],
      ['is invalid', 'no es correcto'],
      ['has already been taken', 'ya existe'],
      ['is not included in the list', 'no es un valor conocido'],
      ['does not reference valid rules', 'no remite a reglas conocidas'],
    ],
  },
  ja: {
    failed: '確認できませんでした: ',
    stricter: '%s にはすでにより厳しい制限があります。',
    parts: [
      ["can't be blank", 'を入力してください'],
      ['is invalid', 'は正しくありません'],
      ['has already been taken', 'はすでにあります'],
      ['is not included in the list', 'は選べない値です'],
      ['does not reference valid rules', 'は存在するルールではありません'],
    ],
  },
}

const failed = 'Validation failed: '
const stricter = /^You have already imposed stricter limits on (.+)\.$/

/** The language of an answer: null for English and for languages that are not known here. */
export function languageOf(lang: unknown, locale: string | null, accepted: string | undefined): string | null {
  const wanted = typeof lang === 'string' && lang !== '' ? lang : (locale ?? accepted ?? 'en')
  const code = wanted.trim().slice(0, 2).toLowerCase()
  return languages[code] === undefined ? null : code
}

/** An error text in that language; what has no translation stays English. */
export function translated(text: string, language: string | null): string {
  const words = language === null ? undefined : languages[language]
  if (words === undefined) return text
  const domain = stricter.exec(text)?.[1]
  if (domain !== undefined) return words.stricter.replace('%s', domain)
  if (!text.startsWith(failed)) return text
  return words.parts.reduce(
    (all, [english, own]) => all.replaceAll(english, own),
    words.failed + text.slice(failed.length),
  )
}
