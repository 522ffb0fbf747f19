/**
 * Texts as the words that the log's search knows. Most scripts are cut into words; those that put no blanks between words, or
 * write articles and pronouns onto them, are cut into every two letters that stand side by side, so that two letters are enough to
 * find something anywhere in a text. The search of reports has rules of its own (`reports/words.ts`): it keeps Arabic words whole
 * and looks for their forms. This one must miss nothing of a person who is to be erased, and the vault's index stands on it as it is.
 */

/** Scripts that are cut into pairs. */
const DENSE =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Bopomofo}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}\\p{scx=Tibetan}\\p{scx=Arabic}\\p{scx=Hebrew}'
const SEGMENTS = new RegExp(
  `(?<dense>(?:(?=[${DENSE}])[\\p{L}\\p{N}\\p{M}])+)|(?<word>(?:(?![${DENSE}])[\\p{L}\\p{N}\\p{M}])+)|(?<sign>\\p{Extended_Pictographic})`,
  'gu',
)
/** Accents of Latin, Greek and Cyrillic, and the vowel signs of Arabic and Hebrew: typed or not, the word is the same. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g
/** Letters that are typed without their stroke or as two, and have no accent that could be taken off. */
const LIKE: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
}
const STROKED = /[łøđħŧıßæœþð]/g
const PLAIN = /^[ -~]*$/
const PLAIN_WORDS = /[a-z0-9]+/g

/** Longer words are cut: nobody types them, and the index need not hold them. */
const LONGEST = 64
/** No value of the log comes near this. */
const MOST = 5_000

type Segment = { text: string; dense: boolean }

/** The parts of a text, in one form whatever way it was typed. */
const segmentsOf = (text: string): Segment[] => {
  if (PLAIN.test(text)) return (text.toLowerCase().match(PLAIN_WORDS) ?? []).map(word => ({ text: word, dense: false }))
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(STROKED, letter => LIKE[letter] ?? letter)
  return [...folded.matchAll(SEGMENTS)].map(({ 0: all, groups }) => ({ text: all, dense: groups?.dense !== undefined }))
}

const pairs = (text: string): string[] => {
  const letters = [...text]
  return letters.map((letter, at) => letter + (letters[at + 1] ?? ''))
}

/** The words of a text, in their order. The last letter of a run of pairs stands alone. */
export const wordsOf = (text: string): string[] => {
  const words: string[] = []
  for (const { text: one, dense } of segmentsOf(text)) {
    if (dense) words.push(...pairs(one))
    else words.push(one.slice(0, LONGEST))
    if (words.length > MOST) break
  }
  return words.slice(0, MOST)
}

/** What a person typed without a blank: words that stand side by side; `open`: the last of them may go on. */
export type Sought = { words: string[]; open: boolean }

/** How a piece of typed text is looked for. Nothing when no letter, digit or sign is in it. */
export const soughtIn = (piece: string): Sought | undefined => {
  const segments = segmentsOf(piece)
  const last = segments.at(-1)
  if (!last) return undefined
  const before = segments.slice(0, -1).flatMap(({ text, dense }) => (dense ? pairs(text) : [text.slice(0, LONGEST)]))
  if (!last.dense) return { words: [...before, last.text.slice(0, LONGEST)], open: true }
  const own = pairs(last.text)
  // The last pair covers the last letter, unless there is only one.
  return own.length === 1
    ? { words: [...before, ...own], open: true }
    : { words: [...before, ...own.slice(0, -1)], open: false }
}
