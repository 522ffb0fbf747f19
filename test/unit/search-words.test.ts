import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexedText, indexedWords, searchExpression } from '../../src/main/engine/reports/words.ts'

const homes = ['town.example']

/** The texts that are found, in the very index that the mirror has. */
const openIndex = (texts: readonly string[]) => {
  const raw = new Database(':memory:')
  raw.exec(
    "CREATE VIRTUAL TABLE t USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3')",
  )
  const put = raw.prepare('INSERT INTO t (rowid, words) VALUES (?, ?)')
  for (const [at, text] of texts.entries()) put.run(at + 1, indexedText(text))
  return {
    find: (typed: string): string[] | null => {
      const expression = searchExpression(typed, homes)
      if (expression === null) return null
      const rows = raw
        .prepare<[string], { rowid: number }>('SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid')
        .all(expression)
      return rows.map(({ rowid }) => texts[rowid - 1] ?? '')
    },
    [Symbol.dispose]: () => void raw.close(),
  }
}

const texts = [
  'Sends the same shop link to everyone: https://prizes.example/win?r=17',
  '友人の写真を無断で使っているアカウントです。iPhone無料',
  'ينشر رابطا واحدا تحت كل منشور، والرابط مزيف',
  'Beleidigt Leute in der Straße, immer mit neuen Namen',
  'lucky.day_42 wheel.example Lucky day',
  'mira\nMira Sand',
  'हिन्दी में नमस्ते',
  'กดลิงก์นี้เพื่อรับรางวัล',
  '한국어 광고 계정입니다',
  '𝗜 lo\u200Bst 38,000 € to a fake investment',
  'Ελληνικός ΛΟΓΟΣ',
] as const

test.each([
  ['the beginning of a word', 'priz', [0]],
  ['all words, in any order', 'everyone shop', [0]],
  ['a quotation, as it stands', '"same shop link"', [0]],
  ['a quotation in another order', '"shop same link"', []],
  ['a quotation that is still being typed', '"same shop', [0]],
  ['an address', 'https://prizes.example/win', [0]],
  ['a part of an address', 'example/win', [0]],
  ['two letters of Japanese', '無断', [1]],
  ['one letter of Japanese', '真', [1]],
  ['the last letter of a text', '料', [1]],
  ['a word of Japanese across scripts', 'iPhone無', [1]],
  ['Japanese after Latin and the other way round', 'です iphone', [1]],
  ['letters that do not stand side by side', '友真', []],
  ['Arabic', 'رابط', [2]],
  ['Arabic with the article', 'الرابط', [2]],
  ['Arabic with vowel signs', 'رَابِط', [2]],
  ['Arabic, another word', 'منشور', [2]],
  ['without ß and umlaut', 'strasse', [3]],
  ['a handle', '@lucky.day_42@wheel.example', [4]],
  ['a handle being typed', '@lucky.day_4', [4]],
  ['a handle of our own server', '@mira@town.example', [5]],
  ['the same in capitals', 'mira@TOWN.example', [5]],
  ['Hindi', 'नमस्ते', [6]],
  ['Thai, in the middle of a run', 'รางวัล', [7]],
  ['Korean, in the middle of a word', '국어', [8]],
  ['letters in bold, and unseen ones', 'lost investment', [9]],
  ['a number with its signs', '38,000', [9]],
  ['Greek with its last sigma, in capitals', 'λόγος', [10]],
] as const)('%s', (_, typed, expected) => {
  using index = openIndex(texts)
  expect(index.find(typed)).toEqual(expected.map(at => texts[at]))
})

test.each(['', '   ', '"', '""', '…', '@@', '\u200B', '* - ^ : ( )'])('nothing to search for in %j', typed => {
  expect(searchExpression(typed)).toBeNull()
})

test('whatever is typed is an expression that the index takes', () => {
  using index = openIndex(texts)
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('"', '*', ' ', 'a', 'OR', '無', 'ل', '@', '-', ':', '^', '(') }),
      ),
      typed => {
        index.find(typed)
      },
    ),
    { numRuns: 3_000 },
  )
})

test('every word of a text, and the beginning of each, finds it', () => {
  const word = fc.oneof(
    fc.stringMatching(/^[a-z]{1,12}$/),
    fc.string({ unit: fc.constantFrom('無', '断', 'の', 'カ', 'ー', '々'), minLength: 1, maxLength: 6 }),
    fc.string({ unit: fc.constantFrom('ا', 'ل', 'ر', 'ب', 'ة', 'ى', 'أ'), minLength: 1, maxLength: 8 }),
    fc.string({ unit: fc.constantFrom('é', 'ß', 'Ö', 'n', 'й', 'İ', 'ﬁ'), minLength: 1, maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (words, which, length) => {
      using index = openIndex([words.join(' ')])
      const typed = words[which % words.length] ?? ''
      expect(index.find(typed)).toHaveLength(1)
      const letters = [...typed]
      const beginning = letters.slice(0, 1 + (length % letters.length)).join('')
      // Half of a letter that decomposes is another letter.
      if (searchExpression(beginning) !== null) expect(index.find(beginning)).toHaveLength(1)
    }),
    { numRuns: 800 },
  )
})

test('what the index takes of a text is its words, one for one', () => {
  const raw = new Database(':memory:')
  raw.exec(
    "CREATE VIRTUAL TABLE t USING fts5 (words, tokenize = 'ascii'); CREATE VIRTUAL TABLE v USING fts5vocab (t, instance)",
  )
  const put = raw.prepare('INSERT OR REPLACE INTO t (rowid, words) VALUES (1, ?)')
  const read = raw.prepare<[], { term: string }>('SELECT term FROM v ORDER BY offset')
  const inIndex = (text: string) => {
    put.run(text)
    return read.all().map(({ term }) => term)
  }
  const piece = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom('\n', ' ', 'a'.repeat(41), `${'B'.repeat(60)}ü`, '無断', 'é', "d'accord", 'A_b', 'x '.repeat(900)),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const text = pieces.join('')
      expect(inIndex(indexedText(text))).toEqual(inIndex(indexedWords(text)))
      expect(inIndex(indexedWords(text))).toEqual(
        indexedWords(text)
          .split(' ')
          .filter(word => word !== ''),
      )
    }),
    { numRuns: 2_000 },
  )
  raw.close()
})

test('an endless word and an endless text cost little', () => {
  expect(indexedText('a '.repeat(100_000)).length).toBeLessThan(8_000)
  expect(indexedText('a'.repeat(100_000)).length).toBe(40)
  expect(indexedWords('a'.repeat(100_000)).length).toBe(40)
  expect(indexedWords('無'.repeat(100_000)).split(' ').length).toBeLessThanOrEqual(4_000)
  expect(searchExpression('x '.repeat(5_000))?.split(' AND ')).toHaveLength(12)
})
