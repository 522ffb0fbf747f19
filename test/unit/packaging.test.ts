import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { config } from '../../packaging/config.mjs'
import { checkFuses, fuses } from '../../packaging/fuses.mjs'
import { collectLicences, importedBy, licencesText, placesOf } from '../../packaging/licences.mjs'
import { tempFolder } from '../engine/ground.ts'

const root = join(import.meta.dirname, '../..')

test('the package holds what runs as one archive that vouches for itself, and beside it the licences', () => {
  expect(config).toMatchObject({
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node'],
    extraFiles: [{ from: 'LICENSE' }, { from: 'out/licences.txt' }],
    publish: null,
  })
})

const table: string[] = Object.values(fuses).map(on => (on ? '1' : '0'))
/** A program with one wire, or two as for two processors. */
const program = (...wires: [version: number, states: string][]) =>
  Buffer.concat(
    wires.flatMap(([version, states]) => [
      Buffer.alloc(64),
      Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
      Buffer.from([version, states.length]),
      Buffer.from(states, 'latin1'),
      Buffer.alloc(64),
    ]),
  )

test('all nine fuses are read back from the program; one that is set otherwise, new to us, taken away or missing fails the build', () => {
  expect(table).toHaveLength(9)
  const set = table.join('')
  checkFuses(program([1, set]))
  checkFuses(program([1, set], [1, set]))
  // Set the other way, taken away by Electron (r), left as the program had it (0x90).
  for (const [n, name] of Object.keys(fuses).entries())
    for (const state of [table[n] === '1' ? '0' : '1', 'r', '\u0090']) {
      const wire = table.with(n, state).join('')
      expect(() => checkFuses(program([1, wire])), name).toThrow(/did not hold|fuses/)
      expect(() => checkFuses(program([1, set], [1, wire])), `${name}, second processor`).toThrow(/did not hold|fuses/)
    }
  expect(() => checkFuses(program([1, `${set}1`]))).toThrow('10 fuses, and 9 are decided')
  expect(() => checkFuses(program([1, set.slice(1)]))).toThrow('8 fuses, and 9 are decided')
  expect(() => checkFuses(program([2, set]))).toThrow('version 2')
  expect(() => checkFuses(Buffer.alloc(200))).toThrow('no fuses')
})

test('everything that is shipped and not ours is named with a licence that was read, and its whole text', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const imported = importedBy(root)
  expect(imported).toEqual(expect.arrayContaining([...Object.keys(dependencies), 'react', 'react-dom', 'zustand']))
  for (const tool of ['electron', 'vite', 'vitest', 'typescript']) expect(imported).not.toContain(tool)
  const all = collectLicences(root)
  const named = all.map(({ name }) => name)
  // What others bring along, too.
  expect(named).toEqual(
    expect.arrayContaining([...imported, 'entities', 'scheduler', 'tldts-core', '@floating-ui/dom']),
  )
  const text = licencesText(all)
  for (const { name, version, texts } of all) {
    expect(text).toContain(`${name} ${version} (`)
    for (const one of texts) {
      expect(one, name).toMatch(/copyright|permission|licen[cs]e/i)
      expect(text).toContain(one)
    }
  }
  expect(text).toContain('MPL-2.0')
})

test('a nested version counts as well, and a licence nobody has read, or a missing text, fails', () => {
  const lock = {
    'node_modules/a': { dependencies: { b: '1' } },
    'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
    'node_modules/b': {},
    'node_modules/c': { dependencies: { a: '1' } },
  }
  expect(placesOf(lock, ['a'])).toEqual(['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c'])
  expect(() => placesOf(lock, ['d'])).toThrow('lacks d')
  using folder = tempFolder()
  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text)
  for (const place of ['src', 'node_modules/a', 'packaging']) mkdirSync(join(folder.path, place), { recursive: true })
  write('src/x.ts', "import { a } from 'a/deep'\nimport type { Element } from 'types'\n")
  write('package.json', JSON.stringify({ dependencies: { a: '1', unused: '1' }, devDependencies: { types: '1' } }))
  const lockAs = (license: string) =>
    write('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1', license } } }))
  lockAs('SSPL-1.0')
  expect(() => collectLicences(folder.path)).toThrow('a is under "SSPL-1.0"')
  lockAs('MIT')
  expect(() => collectLicences(folder.path)).toThrow('a brings no text')
  write('node_modules/a/LICENSE.md', 'Permission is granted.')
  expect(collectLicences(folder.path)).toMatchObject([{ name: 'a', texts: ['Permission is granted.'] }])
})
