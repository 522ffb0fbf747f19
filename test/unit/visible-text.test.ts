import fc from 'fast-check'
import { expect, test } from 'vitest'
import { say } from '../../src/shared/messages/say.ts'
import { calm, visibleControls } from '../../src/shared/visible-text.ts'

test('what turns or hides words around it stands as its number, in a sentence and in a name', () => {
  for (const [text, shown] of [
    ['evil\u202etxt.exe', 'evil[U+202E]txt.exe'],
    ['a\u200bb\u2066c', 'a[U+200B]b[U+2066]c'],
    ['open\u2068', 'open[U+2068]'],
    ['\u2069\u2068', '[U+2069][U+2068]'],
    ['\u{e0041}', '[U+E0041]'],
    ['bell\u0007', 'bell[U+0007]'],
  ]) {
    expect(calm(text ?? '')).toBe(shown)
    expect(visibleControls(text ?? '')).toBe(shown)
    expect(say('domains.covered-by', { domain: text ?? '' })).toContain(shown)
  }
})

test('prose stays as it was written', () => {
  for (const text of [
    'لم يصل\u200fإلى',
    'क्\u200dष',
    '👩\u200d👧 ok',
    'deux\u00a0mots\u202f: oui',
    '\u2068@ada\u2069 and \u2068@bob\u2069',
    'two\nlines',
    '❤\ufe0f',
  ])
    expect(calm(text)).toBe(text)
})

test('no text can open what it does not close', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab\u2068\u2069\u202a-\u202e\u2066\u2067]{0,12}$/u), text => {
      const put = calm(text)
      expect(put).not.toMatch(/[\u202a-\u202e\u2066\u2067]/)
      let depth = 0
      for (const char of put) {
        depth += char === '\u2068' ? 1 : char === '\u2069' ? -1 : 0
        expect(depth).toBeGreaterThanOrEqual(0)
      }
      expect(depth).toBe(0)
    }),
  )
})
