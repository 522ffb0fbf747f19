import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readContent } from '../../src/main/engine/posts/content.ts'
import { readSimple } from '../../src/main/engine/posts/simple-html.ts'
import { payloads, slots } from './content-corpus.ts'

// A comment shows nothing, and no short way knows one.
const expectAlike = (html: string) => {
  expect(readContent(html)).toEqual(readContent(`${html}<!---->`))
}
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    ...' |\n|\t \f|\u00a0 \v|>|</p|&amp;|&|&amp;lt;|&#39;|&#x27;|&nbsp;|&lt|\0|\r\n|"|<p|<br|<!-- x -->'.split('|'),
    '\ud83d',
    'e\u0301\u0301',
    '\u0301'.repeat(40),
    'a \u05d0',
    'a\u05d0'.repeat(400),
    '\u0627'.repeat(300),
    '1',
    'x'.repeat(2_500),
  ),
)
const value = fc.constantFrom(
  'https://weide.example/?a=1&amp;b=2',
  'javascript:alert(1)',
  'u-url mention',
  'mention hashtag',
  'invisible',
  'a>b',
  '&copy',
  '\0',
  'x\ry',
)
const attribute = fc
  .tuple(
    fc.constantFrom('href', 'class', 'rel', 'data-x', 'HREF', 'x:y'),
    value,
    fc.constantFrom('"', '"', '"', "'", ''),
  )
  .map(([name, one, quote]) => ` ${name}=${quote}${one}${quote}`)
const tag = fc
  .tuple(
    fc.constantFrom('<', '<', '<', '</', '</'),
    fc.constantFrom(...'p p br a a span b em li ul ol pre code blockquote del u P div script'.split(' ')),
    fc.array(attribute, { maxLength: 3 }),
    fc.constantFrom('>', '>', '>', ' />', '/>', ' >', ' disabled>'),
  )
  .map(([open, name, attributes, end]) => `${open}${name}${open === '<' ? attributes.join('') : ''}${end}`)
test('simple posts, which go a short way, read as they do on the long one: tags and texts as they come', () => {
  const all = fc.oneof({ weight: 2, arbitrary: tag }, { weight: 1, arbitrary: text })
  fc.assert(
    fc.property(fc.array(all, { maxLength: 12 }), pieces => expectAlike(pieces.join(''))),
    { numRuns: 3_000 },
  )
})
test('so does what servers were seen to send, or could', () => {
  for (const payload of payloads) for (const slot of slots) expectAlike(slot(payload))
})
test('posts as Mastodon writes them go the short way, and nothing else does', () => {
  const told: string[] = []
  const reader = {
    start: (one: { tagName: string; attrs: readonly { name: string; value: string }[] }) =>
      void told.push(`<${one.tagName}${one.attrs.map(({ name, value: given }) => ` ${name}=${given}`).join('')}>`),
    end: (name: string) => void told.push(`</${name}>`),
    put: (piece: string) => void told.push(piece),
  }
  const post =
    '<p>Tom &amp; <span class="h-card" translate="no"><a href="https://weide.example/@bob" class="u-url mention">@<span>bob</span></a></span>:<br />see <a href="https://a.example/?b=1&amp;c=2" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://</span><span class="ellipsis">a.example/?b</span></a></p>'
  expect(readSimple(post, reader)).toBe(true)
  expect(told.join('')).toBe(
    '<p>Tom & <span class=h-card translate=no><a href=https://weide.example/@bob class=u-url mention>@<span>bob</span></a></span>:<br>see <a href=https://a.example/?b=1&c=2 target=_blank rel=nofollow noopener translate=no><span class=invisible>https://</span><span class=ellipsis>a.example/?b</span></a></p>',
  )
  for (const other of ['<p>a<script>b</script>', '<p>&nbsp;', '<P>', '<p class=x>', '<!---->', '<p', 'a\0', 'a\r\n'])
    expect(readSimple(other, reader)).toBe(false)
})
