import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readContent, readUnjudged } from '../../src/main/engine/posts/content.ts'
import { Content, type ContentNode, ContentTag } from '../../src/shared/contract/posts.ts'
import { plainText } from '../../src/shared/plain-text.ts'
import { payloads, slots } from './content-corpus.ts'

const walk = (nodes: readonly ContentNode[], see: (node: ContentNode, depth: number) => void, depth = 1): void => {
  for (const node of nodes) {
    see(node, depth)
    if (typeof node !== 'string') walk(node.kids, see, depth + 1)
  }
}
const allText = (nodes: readonly ContentNode[]): string => {
  let text = ''
  walk(nodes, node => {
    if (typeof node === 'string') text += node
  })
  return text
}
const tags = new Set<string>([...ContentTag.options, 'a'])

/** Everything that may be in a tree, checked by hand: keys, tags, addresses, sizes. */
const expectTame = (content: Content): void => {
  let [nodes, deepest, text] = [0, 0, 0]
  walk(content.nodes, (node, depth) => {
    nodes += 1
    deepest = Math.max(deepest, depth - (typeof node === 'string' ? 1 : 0))
    if (typeof node === 'string') {
      text += node.length
      return
    }
    expect(tags.has(node.tag)).toBe(true)
    expect(Object.keys(node).sort()).toEqual(node.tag === 'a' ? ['href', 'kids', 'misleads', 'tag'] : ['kids', 'tag'])
    if (node.tag !== 'a' || node.href === null) return
    const url = new URL(node.href)
    expect(['http:', 'https:']).toContain(url.protocol)
    expect(url.hostname).toMatch(/^[a-z0-9.:[\]_-]+$/)
    expect([url.username, url.password, url.href]).toEqual(['', '', node.href])
    expect(node.href.length).toBeLessThanOrEqual(2048)
  })
  expect(nodes).toBeLessThanOrEqual(5000)
  expect(deepest).toBeLessThanOrEqual(50)
  expect(text).toBeLessThanOrEqual(100_000)
  expect(Content.safeParse(content).success).toBe(true)
}

describe('normal posts', () => {
  test('paragraphs, mentions, hashtags and a shortened address', () => {
    const { nodes, cut } = readContent(
      '<p>Hi <span class="h-card" translate="no"><a href="https://weide.example/@bob" class="u-url mention">@<span>bob</span></a></span>, see <a href="https://lindenhof.example/some/long/path" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://</span><span class="ellipsis">lindenhof.example/some/lo</span><span class="invisible">ng/path</span></a></p><p><a href="https://weide.example/tags/cats" class="mention hashtag" rel="tag">#<span>cats</span></a> :blobcat:<br />two &amp; three</p>',
    )
    expect(cut).toBe(false)
    expect(nodes).toEqual([
      {
        tag: 'p',
        kids: [
          'Hi ',
          {
            tag: 'span',
            kids: [
              {
                tag: 'a',
                href: 'https://weide.example/@bob',
                misleads: false,
                kids: [{ tag: 'mention', kids: ['@', { tag: 'span', kids: ['bob'] }] }],
              },
            ],
          },
          ', see ',
          {
            tag: 'a',
            href: 'https://lindenhof.example/some/long/path',
            misleads: false,
            kids: ['https://', 'lindenhof.example/some/lo', 'ng/path'].map(text => ({ tag: 'span', kids: [text] })),
          },
        ],
      },
      {
        tag: 'p',
        kids: [
          {
            tag: 'a',
            href: 'https://weide.example/tags/cats',
            misleads: false,
            kids: [{ tag: 'hashtag', kids: ['#', { tag: 'span', kids: ['cats'] }] }],
          },
          ' :blobcat:',
          { tag: 'br', kids: [] },
          'two & three',
        ],
      },
    ])
    expect(plainText({ nodes, cut })).toBe(
      'Hi @bob, see https://lindenhof.example/some/long/path\n#cats :blobcat:\ntwo & three',
    )
  })
  test.each([
    ['<ul><li>one<li>two</ul><ol><li><p>three</p></li></ol>', 'one\ntwo\nthree'],
    ['<blockquote><p>said</p></blockquote><p>answer', 'said\nanswer'],
    ['<h1>Title</h1><h5>small</h5><pre><code>a &lt; b</code></pre>', 'Title\nsmall\na < b'],
    ['<div>one</div><div>two</div><section>three</section>', 'one\ntwo\nthree'],
    ['<b>a</b><strong>b</strong><i>c</i><em>d</em><del>e</del><s>f</s><u>g</u>', 'abcdefg'],
    ['<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>', '漢(かん)'],
    ['plain text only', 'plain text only'],
    ['', ''],
  ])('%s', (html, text) => expect(plainText(readContent(html))).toBe(text))
  test('other names of the same part become one', () => {
    expect(readContent('<b>a</b><i>b</i><strike>c</strike><h3>d</h3>').nodes).toEqual([
      { tag: 'strong', kids: ['a'] },
      { tag: 'em', kids: ['b'] },
      { tag: 'del', kids: ['c'] },
      { tag: 'h', kids: ['d'] },
    ])
  })
  test('unclosed and crossed parts end where they must', () => {
    expect(readContent('<p>a<p>b').nodes).toEqual([
      { tag: 'p', kids: ['a'] },
      { tag: 'p', kids: ['b'] },
    ])
    expect(readContent('<a href="https://a.example">x<a href="https://b.example">y</a>z').nodes).toMatchObject([
      { href: 'https://a.example/', kids: ['x'] },
      { href: 'https://b.example/', kids: ['y'] },
      'z',
    ])
    expect(readContent('<b>x<i>y</b>z</i>').nodes).toEqual([
      { tag: 'strong', kids: ['x', { tag: 'em', kids: ['y'] }] },
      'z',
    ])
  })
})

describe('hostile posts', () => {
  test('who only wants what is said gets the same tree, whose links are not judged', () => {
    const unjudged = ({ nodes, cut }: Content): Content => {
      walk(nodes, node => {
        if (typeof node !== 'string' && node.tag === 'a') node.misleads = false
      })
      return { nodes, cut }
    }
    const bad = '<p>one <a href="https://evil.example/">bank.example</a> two</p>'
    expect(unjudged(readContent(bad))).not.toEqual(readContent(bad))
    for (const payload of [bad, ...payloads])
      for (const slot of slots) expect(readUnjudged(slot(payload))).toEqual(unjudged(readContent(slot(payload))))
  })
  test(`${payloads.length * slots.length} payloads in slots give nothing but known parts`, () => {
    for (const payload of payloads) for (const slot of slots) expectTame(readContent(slot(payload)))
  })
  test('a grammar of broken markup gives nothing but known parts', () => {
    const word = fc.constantFrom(
      'x',
      ' ',
      '&lt;',
      '&#60;',
      '&amp;lt;',
      '\0',
      '"',
      "'",
      '>',
      '<',
      '/',
      '=',
      '--',
      '\u202e',
      ...payloads,
    )
    const name = fc.constantFrom(
      ...'a b p br i u s em del code pre ul ol li h1 h6 span div svg math script style template iframe object table td select option textarea title noscript plaintext form x-y'.split(
        ' ',
      ),
    )
    const attr = fc
      .tuple(fc.constantFrom('href', 'class', 'style', 'onclick', 'src', 'id'), word)
      .map(([key, value]) => ` ${key}="${value}"`)
    const tag = fc.tuple(
      fc.constantFrom('<', '</', '<!', '<?'),
      name,
      fc.array(attr, { maxLength: 3 }),
      fc.constantFrom('>', '/>', '', ' '),
    )
    const piece = fc.oneof(
      word,
      tag.map(([open, one, attrs, end]) => open + one + attrs.join('') + end),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => expectTame(readContent(pieces.join('')))),
      { numRuns: 1500 },
    )
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => expectTame(readContent(text))))
  })
  test('scripts, styles and foreign parts are gone with their text; the rest keeps its text', () => {
    for (const name of ['script', 'style', 'svg', 'math', 'template', 'iframe', 'object']) {
      expect(allText(readContent(`a<${name}>secret<b>secret</b></${name}>b`).nodes)).toBe('ab')
      expect(allText(readContent(`a<${name} x="</${name}>">secret</${name}>b`).nodes)).toBe('ab')
    }
    expect(allText(readContent('a<svg/>b<svg><svg>x</svg>y</svg>c<svg><script></svg>d').nodes)).toBe('abcd')
    for (const name of ['article', 'font', 'marquee', 'x-y', 'constructor', 'proto', 'form', 'button']) {
      expect(plainText(readContent(`<${name} onclick=alert(1)>kept</${name}>`))).toBe('kept')
    }
  })
  test('text is decoded once and never parsed again', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    for (const payload of payloads.filter(one => !one.includes('\0'))) {
      const once = readContent(escaped(payload)).nodes
      expect(once).toEqual([payload])
      expect(readContent(escaped(escaped(payload))).nodes).toEqual([escaped(payload)])
      expect(plainText({ nodes: [...once], cut: false })).toBe(payload.replace(/\s+/gu, ' ').trim())
    }
  })
  test('depth, parts and length are limited, the text goes on, and it is said', () => {
    const deep = readContent(`${'<b>'.repeat(200)}end${'</b>'.repeat(200)}after`)
    expectTame(deep)
    expect([deep.cut, allText(deep.nodes)]).toEqual([true, 'endafter'])
    expect(deep.nodes.at(-1)).toBe('after')
    const many = readContent(`${'<b>x</b>'.repeat(9000)}<p>end`)
    expectTame(many)
    expect([many.cut, allText(many.nodes)]).toEqual([true, `${'x'.repeat(9000)}end`])
    const empty = readContent(`${'<b></b>'.repeat(20_000)}${'<div></div>'.repeat(20_000)}<p>end</p>`)
    expect(empty).toEqual({ nodes: [{ tag: 'p', kids: ['end'] }], cut: false })
    const long = readContent('🌿'.repeat(60_000))
    expectTame(long)
    expect([long.cut, allText(long.nodes)]).toEqual([true, '🌿'.repeat(50_000)])
    expect(readContent('x').cut).toBe(false)
  })
  test('a megabyte of anything is read in one go (times are printed)', () => {
    const units = [
      '<b>',
      '<b><p>',
      '<a href="https://x.example">',
      '<li>',
      '<b><i></b>',
      '</b></p>',
      '<b></i>',
      '<svg>',
      '<script>',
      '&amp',
      '<',
      '<a b=c ',
      '<b x>y</b>',
      '<a href=https://x.example>.!.!.!',
      'e\u0301\u0302',
      '<a href=https://x.example>a.b.c.d.',
    ]
    const times = units.map(unit => {
      const html = unit.repeat(Math.floor((1 << 20) / unit.length))
      const begun = performance.now()
      const content = readContent(html)
      plainText(content)
      const ms = performance.now() - begun
      expectTame(content)
      return `${unit} ${Math.round(ms)} ms`
    })
    console.log(times.join(' · '))
  })
})
