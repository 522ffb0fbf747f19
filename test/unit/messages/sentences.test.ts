import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../../../src/main/doors/cli/commands.ts'
import { straySentences } from './sentences.ts'

/** Words that programs read, so that they are the same in every language. */
const KEPT: readonly string[] = [
  ...commands.map(({ name }) => name),
  'Howdah is open at',
  'Sample server at',
  'Application Support',
  'howdah key-file 1',
]

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(
    file =>
      /^src\/(?:renderer\/.*\.tsx?|main\/(?:doors\/.*|[^/]+)\.ts|preload\/.*\.ts)$/.test(file) && existsSync(file),
  )

test('no sentence stands outside the catalogues', () => {
  expect(files.length).toBeGreaterThan(100)
  const stray = files.flatMap(file => straySentences(file)).filter(({ text }) => !KEPT.includes(text))
  expect(stray).toEqual([])
})

test('the test sees what a person would read', () => {
  const textsIn = (source: string) => straySentences('page.tsx', source).map(({ text }) => text)
  expect(textsIn('const a = <p>Saved</p>')).toEqual(['Saved'])
  expect(textsIn('const a = <p aria-label="Saved">·</p>')).toEqual(['Saved'])
  expect(textsIn('const a = <input placeholder="Search" />')).toEqual(['Search'])
  expect(textsIn("const a = <p>{'Saved'}</p>")).toEqual(['Saved'])
  expect(textsIn("const a = <p>{done ? 'It was saved.' : say('x.y')}</p>")).toEqual(['It was saved.'])
  expect(textsIn('const tell = () => print.out(`The file $'.concat('{name} was written`)'))).toEqual(['The file'])
  expect(textsIn("announce('Taken back')")).toEqual(['Taken back'])
  expect(textsIn('const a = <p className="one two">{say(\'x.y\')} · 3</p>')).toEqual([])
  expect(textsIn("throw new Error('no run for it')")).toEqual([])
})
