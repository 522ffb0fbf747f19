import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { campaignKeys, linksIn, plainLink, plainSaid, postKeys, textKey } from '../../src/main/engine/campaigns/keys.ts'
import { readContent } from '../../src/main/engine/posts/content.ts'

const keys = (...posts: string[]) => campaignKeys(posts.map(html => postKeys(readContent(html))))
const long = 'Everyone who writes to me this evening gets his money back'

describe('a link without its dress', () => {
  test.each([
    'https://prizes.example/start',
    'http://prizes.example/start',
    'https://prizes.example/start/',
    'https://www.prizes.example/start',
    'https://PRIZES.example/start#now',
    'https://prizes.example:443/start?utm_source=social&utm_campaign=x&fbclid=1',
    'https://prizes.example/start?ref=k41',
    'https://prizes.example./start',
  ])('%s', address => {
    expect(plainLink(address)).toBe('prizes.example/start')
  })
  test.each([
    ['another page', 'https://prizes.example/stop'],
    ['another host', 'https://prizes.example.net/start'],
    ['a subdomain', 'https://m.prizes.example/start'],
    ['another letter case of the path', 'https://prizes.example/Start'],
    ['a parameter that may be the page', 'https://prizes.example/start?v=2'],
    ['another port', 'https://prizes.example:8443/start'],
    ['a place within an application', 'https://prizes.example/start#/win'],
  ])('%s stays another link', (_, address) => {
    expect(plainLink(address)).not.toBe('prizes.example/start')
  })
  test('parameters in another order are the same page', () => {
    expect(plainLink('http://v.example/watch?list=b&v=7')).toBe(plainLink('https://v.example/watch?v=7&list=b'))
  })
  test('a script that looks like Latin is another host', () => {
    expect(plainLink('https://рrizes.example/start')).not.toBe(plainLink('https://prizes.example/start'))
  })
  test('never fails, and taken twice it is the same', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string({ unit: 'binary' })),
        address => {
          const once = plainLink(address)
          if (once === null || /^[^/]*:80(?=[/?#]|$)/.test(once)) return
          expect(plainLink(`https://${once}`)).toBe(once)
        },
      ),
      { numRuns: 3_000 },
    )
  })
})

describe('a text without its dress', () => {
  const bold = (text: string) =>
    text.replace(/[a-z]/g, letter => String.fromCodePoint(0x1d5ee + letter.charCodeAt(0) - 97))
  test.each([
    ['letters in bold that are none', bold(long)],
    ['shouting', long.toUpperCase()],
    ['unseen characters', [...long].join('\u200B')],
    ['other unseen ones', long.replaceAll('e', 'e\u2060\uFE0F\u00AD')],
    ['wide blanks and stars', `✨ ${long.replaceAll(' ', '\u3000')} !!! 💯`],
    ['heaped accents', long.replaceAll('a', 'a\u0335\u0336\u0337')],
    ['full width', long.replace(/[a-z]/g, letter => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))],
  ])('%s make no other campaign', (_, dressed) => {
    expect(keys(`<p>${dressed}</p>`)).toEqual(keys(`<p>${long}</p>`))
  })
  test('who is called, hashtags and links are no part of the text', () => {
    const called =
      '<p><span class="h-card"><a href="https://town.example/@mira" class="u-url mention">@<span>mira</span></a></span> '
    const tag = '<a href="https://town.example/tags/win" class="mention hashtag" rel="tag">#<span>win</span></a>'
    expect(keys(`${called}${long} ${tag}</p>`)).toEqual(keys(`<p>${long}</p>`))
    expect(keys(`<p>${long} <a href="https://a.example/1">a.example/1</a></p>`)[1]).toBe(keys(`<p>${long}</p>`)[0])
  })
  test('letters that only look alike stay what they are', () => {
    expect(keys(`<p>${long.replaceAll('o', 'о')}</p>`)).not.toEqual(keys(`<p>${long}</p>`))
    expect(keys(`<p>${long.replaceAll('e', 'é')}</p>`)).not.toEqual(keys(`<p>${long}</p>`))
  })
  test('one word more or less is another text', () => {
    expect(keys(`<p>${long} now</p>`)).not.toEqual(keys(`<p>${long}</p>`))
  })
  test.each([
    'Kill yourself',
    'Buy followers now!!!',
    '今すぐ登録',
    '👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍',
    '',
    '\u200B'.repeat(500),
  ])('a short text is no campaign: %j', text => {
    expect(keys(`<p>${text}</p>`)).toEqual([])
  })
  test('a sentence of Japanese is long enough', () => {
    expect(keys('<p>今だけ無料、登録するだけで必ず当たります</p>')).toHaveLength(1)
  })
  test('never fails, and taken twice it is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        expect(plainSaid(plainSaid(text))).toBe(plainSaid(text))
      }),
      { numRuns: 5_000 },
    )
  })
  test('unseen characters anywhere change nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'ß', 'é', 'ち', 'ر', '가', '1', ' ', 'İ'), { minLength: 1 }),
        fc.constantFrom('\u200B', '\u200D', '\uFEFF', '\u202E', '\u00AD', '\uFE0F', '\u{E0041}'),
        fc.nat(),
        (letters, unseen, seed) => {
          const dressed = letters
            .map((letter, at) => ((seed >> (at % 24)) & 1 ? `${letter}${unseen}` : letter))
            .join('')
          expect(plainSaid(dressed)).toBe(plainSaid(letters.join('')))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('keys of a report', () => {
  test('links of all posts, then texts, each once', () => {
    const post = (n: number) => `<p>${long} <a href="https://p.example/${n}">here</a></p>`
    const [first, second, text, ...more] = keys(post(1), post(2), post(1))
    expect([first, second]).toEqual(['link:p.example/1', 'link:p.example/2'])
    expect(text).toMatch(/^text:[0-9a-f]{20}$/)
    expect(more).toEqual([])
  })
  test('a heap of links does not push the text out, nor the other way round', () => {
    const links = Array.from({ length: 40 }, (_, n) => `<a href="https://decoy-${n}.example/">x</a>`).join(' ')
    const found = keys(`<p>${long} ${links}</p>`)
    expect(found).toHaveLength(8)
    expect(found.at(-1)).toMatch(/^text:/)
    const texts = Array.from({ length: 20 }, (_, n) => `<p>${long} ${'x'.repeat(n)}</p>`)
    expect(keys(...texts, '<p><a href="https://p.example/">x</a></p>')[0]).toBe('link:p.example')
  })
  test('an address of a thousand characters has a short key of its own', () => {
    const [one] = keys(`<a href="https://p.example/${'a'.repeat(1000)}">x</a>`)
    const [other] = keys(`<a href="https://p.example/${'a'.repeat(999)}b">x</a>`)
    expect(one?.length).toBeLessThan(300)
    expect(one).not.toBe(other)
  })
  test('mentions, hashtags and what may not be opened are no links', () => {
    const { nodes } = readContent(
      '<a class="mention" href="https://a.example/@b">@b</a> <a class="mention hashtag" href="https://a.example/tags/c">#c</a> <a href="javascript:alert(1)">x</a> <a href="https://d.example/">d</a>',
    )
    expect(linksIn(nodes)).toEqual(['https://d.example/'])
  })
  test('no content at all', () => {
    expect(campaignKeys([])).toEqual([])
    expect(textKey([])).toBeNull()
  })
})
