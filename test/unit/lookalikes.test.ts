import { domainToASCII, domainToUnicode } from 'node:url'
import { expect, test } from 'vitest'
import { mixedScripts, prototypes, skeletonOf } from '../../src/main/engine/lookalikes/skeleton.ts'

const own = 'quick-fox.jumps-over.lazy-dogs.bwvm10.example'

/** Every text that the table has for one letter: what looks like it, what it looks like, and what looks like that. */
const likenesses = (letter: string): string[] => [
  ...[...prototypes()].flatMap(([char, prototype]) => (prototype.toLowerCase() === skeletonOf(letter) ? char : [])),
  skeletonOf(letter),
]

test('every confusable of every letter of a name, put in its place, has the skeleton of the name', () => {
  const found = { another: 0, theSame: 0, otherLetters: 0 }
  for (const [at, letter] of [...own].entries()) {
    if (letter === '.') continue
    for (const like of likenesses(letter)) {
      const made = `${own.slice(0, at)}${like}${own.slice(at + 1)}`
      const ascii = domainToASCII(made)
      if (ascii === '' || ascii === own) found.theSame += 1
      // Domains hold another letter in its place (ϲ becomes σ), and that one is what everybody is shown.
      else if (!domainToUnicode(ascii).normalize('NFD').includes(like.normalize('NFD'))) found.otherLetters += 1
      else {
        found.another += 1
        expect([ascii, skeletonOf(ascii)]).toEqual([ascii, skeletonOf(own)])
      }
    }
  }
  // Of Unicode 18.0.0 there are 778: should the table go missing or shrink, this says so.
  expect(found.another).toBeGreaterThanOrEqual(778)
  expect(found.theSame).toBeGreaterThan(1_000)
})

test('names that differ for the eye have skeletons that differ', () => {
  for (const [one, two] of [
    ['weide.example', 'weiden.example'],
    ['bücher.example', 'bucher.example'],
    ['mastodon.example', 'mastodont.example'],
    ['a-b.example', 'ab.example'],
    ['kumo.example', 'кино.example'],
  ] as const)
    expect(skeletonOf(one)).not.toBe(skeletonOf(two))
})

test('an A-label looks like the letters that it stands for; case and unseen characters change nothing', () => {
  expect(skeletonOf('xn--bcher-kva.example')).toBe(skeletonOf('bücher.example'))
  expect(skeletonOf('WEIDE.example')).toBe(skeletonOf('weide.example'))
  expect(skeletonOf('we\u200bi\u00adde.example')).toBe(skeletonOf('weide.example'))
  expect(skeletonOf('rnastodon.examp1e')).toBe(skeletonOf('mastodon.example'))
})

test('scripts that no language mixes in a word are named; those that one does are not', () => {
  expect(mixedScripts('раypal.example')).toEqual(['Cyrl', 'Latn'])
  expect(mixedScripts(domainToASCII('раypal.example'))).toEqual(['Cyrl', 'Latn'])
  expect(mixedScripts('αθήναnews.example')).toEqual(['Grek', 'Latn'])
  for (const plain of [
    'weide.example',
    'привет.example',
    'привет-2.пример',
    '東京タワーとnet.example',
    '서울tv漢字.example',
    'ελλάδα.example',
    'שלום.example',
    'مرحبا.example',
    'नमस्ते.example',
    'xn--a.example',
  ])
    expect([plain, mixedScripts(plain)]).toEqual([plain, []])
})
