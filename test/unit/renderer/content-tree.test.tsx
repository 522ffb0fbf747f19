import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ContentTree, hostOf } from '../../../src/renderer/src/ui/ContentTree.tsx'
import { LongText } from '../../../src/renderer/src/ui/LongText.tsx'
import { Words } from '../../../src/renderer/src/ui/Words.tsx'
import type { ContentNode } from '../../../src/shared/contract/posts.ts'

const html = (nodes: ContentNode[], cut = false) =>
  renderToStaticMarkup(<ContentTree content={{ nodes, cut }} lang="ar" onLink={() => {}} />).replaceAll(
    / class="[^"]*"/g,
    '',
  )

test('text that looks like HTML stays text', () => {
  expect(html(['<img src=x onerror=alert(1)>'])).toContain('&lt;img src=x onerror=alert(1)&gt;')
})

test('a text has its language, and each part its own direction', () => {
  expect(html([{ tag: 'p', kids: ['مرحبا'] }])).toBe('<div dir="auto" lang="ar"><p dir="auto">مرحبا</p></div>')
})

test('a link is a button that shows its text, isolated, and carries no address', () => {
  const shown = html([{ tag: 'a', href: 'https://maren.example/x', misleads: false, kids: ['maren.example'] }])
  expect(shown).toContain('<button type="button"><bdi>maren.example</bdi></button>')
  expect(shown).not.toContain('href')
})

test('a link that misleads names the host that it truly leads to, as A-labels', () => {
  const shown = html([{ tag: 'a', href: 'https://bücher.example/x', misleads: true, kids: ['paypal.example'] }])
  expect(shown).toContain('xn--bcher-kva.example')
})

test('a link that may not be opened is plain text', () => {
  expect(html([{ tag: 'a', href: null, misleads: false, kids: ['javascript:alert(1)'] }])).toBe(
    '<div dir="auto" lang="ar"><bdi>javascript:alert(1)</bdi></div>',
  )
})

test('a very long comment is drawn as far as anyone reads at once, and says how much is left', () => {
  const shown = renderToStaticMarkup(<LongText text={'x'.repeat(65_536)} />)
  expect(shown).toMatch(/^x{1999}</)
  expect(shown).toContain('Show the rest: 63,537 letters')
  expect(renderToStaticMarkup(<LongText text={'x'.repeat(2_000)} />)).toBe('x'.repeat(2_000))
})

test('headings of a post are no headings of the desk', () => {
  expect(html([{ tag: 'h', kids: ['Big'] }])).toContain('<p dir="auto"><strong>Big</strong></p>')
})

test('a text that was cut says so', () => {
  expect(html(['a'], true)).toContain('The text goes on')
  expect(html(['a'])).not.toContain('The text goes on')
})

test('of a very long text the beginning is drawn, to a whole letter, and the rest is a press away', () => {
  const long = `${'a'.repeat(19_998)}e\u0301e\u0301\u{1F600}z`
  const shown = html([{ tag: 'p', kids: [long] }])
  expect(shown).toContain(`${'a'.repeat(19_998)}</p>`)
  expect(shown).toContain('<button type="button" aria-expanded="false">Show the rest: 7 letters</button>')
  const parts = html(Array<ContentNode>(30).fill({ tag: 'p', kids: ['b'.repeat(1_000)] }))
  expect(parts.match(/<p dir="auto">b{1000}<\/p>/g)).toHaveLength(20)
  expect(html([{ tag: 'p', kids: ['c'.repeat(20_000)] }])).not.toContain('<button')
})

test('the host of what is no address is the text itself', () => {
  expect(hostOf('not an address')).toBe('not an address')
})

test('a sentence takes nodes in its places, in the order of its language', () => {
  const shown = renderToStaticMarkup(
    <Words code="reports.group.target" values={{ server: <b>s</b>, who: <bdi>@a</bdi> }} />,
  )
  expect(shown).toBe('<bdi>@a</bdi> on <b>s</b>')
})
