import { expect, test } from 'vitest'
import { levelled } from '../../src/main/engine/mastodon/entities/level.ts'
import { readContent } from '../../src/main/engine/posts/content.ts'
import { plainText } from '../../src/shared/plain-text.ts'

const marksIn = (text: string) => Math.max(0, ...(text.match(/\p{M}+/gu) ?? []).map(run => run.length))

test('of marks heaped on one letter so many are kept that every writing has its own, in names, notes and posts', () => {
  const heap = `z${'\u0301\u0316'.repeat(50_000)}!`
  expect(marksIn(levelled(heap))).toBe(30)
  expect(levelled(heap).endsWith('!')).toBe(true)
  expect(marksIn(plainText(readContent(`<p>${heap}</p>`)))).toBe(30)
  expect(marksIn(plainText(readContent(`<p>z${'\u0301'.repeat(900)}</p>`)))).toBe(30)
  // Parts of a text are drawn together, so they are counted together.
  const split = readContent(`<p>z${'<b>\u0301\u0301\u0301</b>'.repeat(500)}</p>`)
  expect(marksIn(plainText(split).replaceAll('\n', ''))).toBe(30)
  expect(split.cut).toBe(false)
})

test('after two thousand turns between right and left the rest is left out, and that is said', () => {
  for (const turns of ['aא', 'א1', '\u202ea\u202c', '\u2067a\u2069'].map(pair => pair.repeat(30_000))) {
    expect(levelled(turns).length).toBeLessThan(6_100)
    expect(levelled(turns).endsWith('…')).toBe(true)
    const content = readContent(`<p>${turns}</p>`)
    expect(content.cut).toBe(true)
    expect(plainText(content).length).toBeLessThan(6_100)
  }
  const apart = readContent(`<p>${'<i>a</i><b>א</b>'.repeat(2_400)}</p>`)
  expect(apart.cut).toBe(true)
  expect(plainText(apart).length).toBeLessThan(2_100)
})

test('a word without end gets a blank here and there, in every writing that a browser is slow to break, and keeps its letters', () => {
  for (const letter of ['ب', 'بَ', 'ก', 'ก้', 'က', 'ཀྐ', 'ב', 'ब्', '\u{10F30}', 'ᠠ']) {
    const word = letter.repeat(Math.ceil(60_000 / letter.length))
    const read = plainText(readContent(`<p>${word}</p>`))
    for (const [text, whole] of [
      [levelled(word), word],
      [read, word],
    ] as const) {
      expect(Math.max(...text.split(' ').map(part => part.length))).toBeLessThanOrEqual(600)
      expect(text.replaceAll(' ', '')).toBe(whole)
    }
    // It is counted over all parts that are drawn together, and begins anew on a new line.
    const parts = plainText(readContent(`<p>${`<b>${letter.repeat(20)}</b>`.repeat(90)}</p>`))
    expect(Math.max(...parts.split(' ').map(part => part.length))).toBeLessThanOrEqual(600)
    const lines = readContent(`<p>${letter.repeat(30)}</p>`.repeat(40))
    expect(plainText(lines).replaceAll('\n', ' ').split(/ +/)).toEqual(Array(40).fill(letter.repeat(30)))
  }
})

test('what people write stays as it was, however long', () => {
  for (const text of [
    'בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים '.repeat(900),
    'السلام عليكم, hello يا world '.repeat(90),
    'Tie\u0302\u0301ng Vie\u0323\u0302t '.repeat(3_000),
    'ཧྐྵྨླྺྼྻྂ ན་མོ '.repeat(2_000),
    '👩\u200d👩\u200d👧 ❤\ufe0f '.repeat(2_000),
    '❤\ufe0f'.repeat(2_000),
    'がぎぐ、か\u3099き。'.repeat(2_000),
    'ཀྲ་'.repeat(2_000),
    `${'ภาษาไทยเขียนติดกันโดยไม่เว้นวรรค'.repeat(5)} `.repeat(90),
    'plain text, and then some. '.repeat(3_500),
    'z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308',
    '',
  ]) {
    expect(levelled(text)).toBe(text)
    const content = readContent(`<p>${text}</p>`)
    expect(content.cut).toBe(false)
    expect(plainText(content)).toBe(text.trim().replace(/\s+/gu, ' '))
  }
})
