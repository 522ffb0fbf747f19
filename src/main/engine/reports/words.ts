/**
 * Words of a text in any script, for the search. The index and what is searched for go through the same rules, so that both meet:
 * compatibility forms, case, accents and unseen characters make no difference. Scripts without spaces between words stand as pairs of
 * neighbouring characters, so that two letters of Japanese are found wherever they are. Not the words of the log (`log/search-words.ts`):
 * those cut Arabic and Hebrew into pairs too, here people look for words and get forms of them.
 */

/** Kept of one word: longer ones are noise, such as encoded data. */
const LONGEST = 40
/** Words of one text that are indexed. */
const MOST_WORDS = 4_000
/** Parts of one search. */
const MOST_PARTS = 12

const UNSPACED = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}`
const RUNS = /[\p{L}\p{N}\p{M}]+/gu
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u')
const PIECES = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, 'gu')
/** Accents, Hebrew points, Arabic vowel signs and the stroke that only stretches; and whatever is not seen. */
const UNHEARD =
  /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED]|\p{Cf}|[\uFE00-\uFE0F]/gu
/** Letters that no decomposition makes plain, and Arabic ones that people write one for the other. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ς: 'σ',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
}
const TO_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu')
const ASCII = /^[\0-\x7F]*$/

const folded = (text: string): string => {
  // Most of Latin is plain without its accents: then nothing else of it can be folded.
  const bare = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036F]+/g, '')
  return ASCII.test(bare) ? bare : foldedWhole(bare)
}
const foldedWhole = (bare: string): string =>
  bare
    .replace(UNHEARD, '')
    .replace(TO_PLAIN, letter => PLAIN[letter] ?? letter)
    .normalize('NFC')

/** `last`: the text ends with this piece, and someone may still be typing it. */
const pairs = (piece: string, last: boolean): string[] => {
  const letters = [...piece]
  const found = letters.slice(1).map((letter, at) => `${letters[at]}${letter}`)
  // The last letter stands alone too, so that each letter begins a word.
  if (letters.length === 1 || !last) found.push(letters.at(-1) ?? '')
  return found
}
const cut = (word: string): string => (word.length <= LONGEST ? word : [...word].slice(0, LONGEST).join(''))

const split = (text: string, searched: boolean): string[] => {
  const plain = folded(text)
  if (ASCII.test(plain)) return (plain.match(/[a-z0-9]+/g) ?? []).map(cut)
  const runs = plain.match(RUNS) ?? []
  if (!HAS_UNSPACED.test(plain)) return runs.map(cut)
  return runs.flatMap((run, at) => {
    if (!HAS_UNSPACED.test(run)) return [cut(run)]
    const pieces = run.match(PIECES) ?? []
    const isLast = (index: number) => searched && at === runs.length - 1 && index === pieces.length - 1
    return pieces.flatMap((piece, index) => (HAS_UNSPACED.test(piece) ? pairs(piece, isLast(index)) : [cut(piece)]))
  })
}

const LONG = new RegExp(`[A-Za-z0-9]{${LONGEST + 1}}`)
/** A plain line, in which nothing has to be cut: most are. */
const isPlain = (line: string): boolean => ASCII.test(line) && !(line.length > LONGEST && LONG.test(line))

/** The words of one line. */
const lineWords = (line: string): string =>
  isPlain(line)
    ? line
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, ' ')
        .trim()
    : split(line, false).join(' ')

/** The words of a text as they are in the index, one blank between two. */
export const indexedWords = (text: string): string => {
  const words = text
    .split('\n')
    .map(lineWords)
    .filter(line => line !== '')
    .join(' ')
  return words.length < 2 * MOST_WORDS ? words : words.split(' ').slice(0, MOST_WORDS).join(' ')
}

/** A text as the index takes it: what is plain may stay as it stands, since it finds the same words there itself. */
export const indexedText = (text: string): string => {
  if (text.length >= 2 * MOST_WORDS) return indexedWords(text)
  if (isPlain(text)) return text
  const lines = text.split('\n').map(line => (isPlain(line) ? line : split(line, false).join(' ')))
  const taken = lines.join('\n')
  return taken.length < 2 * MOST_WORDS ? taken : indexedWords(text)
}

const ARABIC = /^\p{Script=Arabic}+$/u
const ARTICLE = /^[وفبك]?ال(?=...)|^لل(?=...)/u
/** What is written together with an Arabic word, before it. */
const CLITICS = ['', 'ال', 'و', 'ب', 'ل', 'وال', 'بال', 'لل', 'فال', 'كال']

const quoted = (words: readonly string[]) => `"${words.join(' ')}"`
/** A word matches from its beginning; an Arabic one also behind the article and the small words written with it. */
const beginsWith = (words: readonly string[]): string => {
  const [only = '', ...more] = words
  if (more.length > 0 || !ARABIC.test(only)) return `${quoted(words)} *`
  const bare = only.replace(ARTICLE, '')
  const forms = new Set([only, ...(bare.length > 1 ? CLITICS.map(clitic => `${clitic}${bare}`) : [])])
  return `(${[...forms].map(form => `"${form}" *`).join(' OR ')})`
}

/** `"a b" c` as its parts; an open quotation goes to the end. */
const PARTS = /["“”„«»]([^"“”„«»]*)["“”„«»]?|[^\s"“”„«»]+/gu

/** The name alone of a handle on one of these servers: their members are held without it. */
const withoutHome = (part: string, homes: readonly string[]): string => {
  const [, name, host] = /^@?([^@\s]+)@([^@\s]+)$/.exec(part) ?? []
  return name !== undefined && homes.includes(host?.toLowerCase() ?? '') ? name : part
}

/**
 * What someone typed, as an expression of FTS5: all of its parts must be there. A quotation is words in this order, everything else
 * matches from the beginning of its last word. Null where there is nothing to search for. `homes`: the domains of our servers.
 */
export const searchExpression = (typed: string, homes: readonly string[] = []): string | null => {
  const parts = [...typed.matchAll(PARTS)].slice(0, MOST_PARTS).flatMap(([all, inside]) => {
    const words = split(inside ?? withoutHome(all, homes), true)
    if (words.length === 0) return []
    const pairAtEnd = HAS_UNSPACED.test(words.at(-1) ?? '') && [...(words.at(-1) ?? '')].length > 1
    return [inside !== undefined || pairAtEnd ? quoted(words) : beginsWith(words)]
  })
  return parts.length === 0 ? null : parts.join(' AND ')
}
