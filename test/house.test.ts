import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { contract } from '../src/shared/contract/index.ts'
import { en } from '../src/shared/messages/en.ts'

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
const files = listed
  .split('\n')
  .filter(file => /^(src|test|bench|bin)\/.*\.(ts|tsx|mts|mjs|css)$/.test(file) && existsSync(file))
const read = (file: string) => readFileSync(file, 'utf8')
const linesOf = (file: string) => read(file).split('\n').length - 1
const linesIn = (folder: string) =>
  files.filter(file => file.startsWith(folder)).reduce((sum, file) => sum + linesOf(file), 0)

test('there is a house to measure', () => {
  expect(files.length).toBeGreaterThan(150)
})

test('every hand-written file has at most 300 lines, but for catalogues and scenario texts', () => {
  const long = files.filter(
    file => !/^src\/(shared\/messages|main\/sample\/scenario)\//.test(file) && linesOf(file) > 300,
  )
  expect(long).toEqual([])
})

test('the kernel has at most 150 lines, the preload script 40, the shell 400', () => {
  expect(linesOf('src/shared/contract/rpc.ts')).toBeLessThanOrEqual(150)
  expect(linesIn('src/preload/')).toBeLessThanOrEqual(40)
  expect(linesIn('src/main/doors/electron/')).toBeLessThanOrEqual(400)
})

test('no file or folder has a name that says nothing', () => {
  expect(files.filter(file => /(^|\/)(utils?|helpers?|common|manager|misc|service)s?(\/|\.)/.test(file))).toEqual([])
})

/** Names that a file exports without a word on what they are; a type may be told of where its schema of the same name is. */
const untold = (file: string): string[] => {
  const lines = read(file).split('\n')
  const made = lines.flatMap((line, at) => {
    const [, exported, name] = /^(export )?(?:async )?(?:const|function|type|class) (\w+)/.exec(line) ?? []
    return name === undefined ? [] : [{ name, exported, told: lines[at - 1]?.trim().endsWith('*/') ?? false }]
  })
  return made
    .filter(({ name, exported }) => exported && !made.some(one => one.name === name && one.told))
    .map(({ name }) => `${file}: ${name}`)
}

test('whatever the contract, the engine and the sample export has a word on what it is', () => {
  const told = files.filter(file =>
    /^src\/(?:shared\/contract|main\/engine(?!\/db\/migrations)|main\/sample)\//.test(file),
  )
  expect(told.length).toBeGreaterThan(200)
  expect(told.flatMap(untold)).toEqual([])
})

test('no import leads in a circle, types counted', () => {
  const graph = new Map(
    files.map(file => [
      file,
      [...read(file).matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"?]+)/g)].flatMap(match => {
        const to = normalize(join(dirname(file), match[1] ?? ''))
        return files.includes(to) ? [to] : []
      }),
    ]),
  )
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (file: string, path: string[]) => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') return void circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    state.set(file, 'open')
    for (const to of graph.get(file) ?? []) visit(to, [...path, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('every query says what makes it stale, and no command does', () => {
  for (const [name, method] of Object.entries(contract)) {
    expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
    expect([name, method.topics.length > 0]).toEqual([name, method.kind === 'query'])
  }
})

test('one noun, one name: each part of the contract has its folder in the engine', () => {
  const nouns = new Set(Object.keys(contract).map(name => name.split('.')[0] ?? ''))
  expect([...nouns].filter(noun => !files.some(file => file.startsWith(`src/main/engine/${noun}/`)))).toEqual([])
})

/** Electron's calls that seal and open while everything waits (gone in 46), and the one that makes a seal of no key count as one. */
const syncSeals = (text: string) =>
  [...text.matchAll(/\b(?:encryptString|decryptString|isEncryptionAvailable|setUsePlainTextEncryption)\b/g)].map(
    ([name]) => name,
  )

test('no secret is sealed or opened by a call that all else waits for', () => {
  expect(
    syncSeals("keyring.encryptString(x); keyring['decryptString'](y); safeStorage?.isEncryptionAvailable()"),
  ).toEqual(['encryptString', 'decryptString', 'isEncryptionAvailable'])
  expect(syncSeals('await keyring.encryptStringAsync(x), keyring.isAsyncEncryptionAvailable()')).toEqual([])
  const calls = files
    .filter(file => file !== 'test/house.test.ts')
    .flatMap(file => syncSeals(read(file)).map(name => `${file}: ${name}`))
  expect(calls).toEqual([])
})

test('every sentence has words', () => {
  const blank = Object.entries<string>(en).filter(([code, text]) => text.trim() === '' && !code.endsWith('.back'))
  expect(blank).toEqual([])
})

test('nothing outside this repository is needed', () => {
  const reaching = files.filter(
    file =>
      file !== 'test/house.test.ts' &&
      /\.\.\/shared\/(contract\/recorded|tools|data|reference|desk)|\/work\//.test(read(file)),
  )
  expect(reaching).toEqual([])
})

test('no class is asked for that its sheet does not have', () => {
  const missing = files
    .filter(file => file.startsWith('src/renderer/') && file.endsWith('.tsx'))
    .flatMap(file => {
      const text = read(file)
      return [...text.matchAll(/^import (\w+) from '(.+\.module\.css)'/gm)].flatMap(([, name = '', path = '']) => {
        const sheet = read(join(dirname(file), path))
        // Not within quotes: messages have codes that read like that.
        const asked = [...text.matchAll(new RegExp(`(?<![\\w.'"\`])${name}\\.(\\w+)`, 'g'))].map(each => each[1])
        return asked
          .filter(each => each !== 'module' && !new RegExp(`\\.${each}(?![\\w-])`).test(sheet))
          .map(each => `${file}: ${name}.${each}`)
      })
    })
  expect(missing).toEqual([])
})
