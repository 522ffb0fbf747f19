import { domainToASCII, domainToUnicode } from 'node:url'
import { CONFUSABLES } from './confusables.ts'

let table: ReadonlyMap<string, string> | undefined

const charOf = (hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16))

const readTable = (): ReadonlyMap<string, string> => {
  const prototypes = new Map<string, string>()
  for (const entry of CONFUSABLES.trim().split(/\s/)) {
    const [prototype = '', sources = ''] = entry.split('=')
    const text = prototype.split('+').map(charOf).join('')
    for (const source of sources.split(',')) prototypes.set(charOf(source), text)
  }
  return prototypes
}

/** Every character that looks like others, with its prototype: the table of UTS #39, read when it is first needed. */
export const prototypes = (): ReadonlyMap<string, string> => {
  table ??= readTable()
  return table
}

/**
 * What a domain looks like (UTS #39, section 4): two with the same skeleton are read the same. Upper and lower case are one, since
 * names are; it is for comparing only, never for showing.
 */
export const skeletonOf = (domain: string): string => {
  const known = prototypes()
  return [...readable(domain).normalize('NFD')]
    .map(char => (/\p{Default_Ignorable_Code_Point}/u.test(char) ? '' : (known.get(char) ?? char)))
    .join('')
    .normalize('NFD')
    .toLowerCase()
}

const isPlain = (text: string): boolean => /^[\u0020-\u007e]*$/.test(text)

/** A domain in the letters that people read: what is no domain stays as it is. */
const readable = (domain: string): string => {
  const lower = domain.toLowerCase()
  const ascii = isPlain(lower) ? lower : domainToASCII(lower)
  return ascii.includes('xn--') ? domainToUnicode(ascii) || ascii : ascii || lower
}

/** Scripts that domains are written in, as ISO 15924 codes. */
const SCRIPTS =
  'Latn Cyrl Grek Armn Geor Hebr Arab Syrc Thaa Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Tibt Mymr Ethi Khmr Mong Hang Hira Kana Bopo Hani Cher Cans Copt Lisu Tfng Yiii Vaii Java Bali Adlm Cakm Goth Runr'
const readScripts = () => SCRIPTS.split(' ').map(code => ({ code, has: new RegExp(`^\\p{scx=${code}}$`, 'u') }))

let patterns: ReturnType<typeof readScripts> | undefined
/** The scripts, each with what tells its letters. Made when they are first needed: every start would wait for their tables. */
const scripts = () => {
  patterns ??= readScripts()
  return patterns
}

/** Scripts that belong together in one word: Japanese, Chinese with its letters, Korean. */
const together = ['Hani Hira Kana Latn', 'Hani Bopo Latn', 'Hani Hang Latn'].map(codes => codes.split(' '))

const mixedIn = (label: string): string[] => {
  const letters = [...label].filter(char => !/^(\p{scx=Zyyy}|\p{scx=Zinh})$/u.test(char))
  const known = scripts()
  const of = letters.map(char => known.filter(({ has }) => has.test(char)).map(({ code }) => code))
  const fits = (codes: readonly string[]) => of.every(each => each.some(code => codes.includes(code)))
  if (of.length === 0 || known.some(({ code }) => fits([code])) || together.some(fits)) return []
  return [...new Set(of.map(each => each[0] ?? 'Zzzz'))]
}

/** The scripts that a label of a domain mixes as no language does (UTS #39, highly restrictive); empty where none does. */
export const mixedScripts = (domain: string): string[] => {
  const text = readable(domain)
  if (isPlain(text)) return []
  return (
    text
      .split('.')
      .map(mixedIn)
      .find(mixed => mixed.length > 0) ?? []
  )
}

/**
 * Whether a label of a domain is read as plain Latin letters and is not: it mixes scripts, or every one of its letters looks like a
 * Latin one. For hosts of which nothing else is known.
 */
export const isDisguised = (domain: string): boolean => {
  const text = readable(domain)
  if (isPlain(text)) return false
  return mixedScripts(domain).length > 0 || text.split('.').some(label => !isPlain(label) && isPlain(skeletonOf(label)))
}
