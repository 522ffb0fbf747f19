import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { faultText } from '../../src/shared/fault-text.ts'

const mark = 'Mirabella'
const fault = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}
const db = new Database(':memory:')
db.exec(
  `CREATE VIRTUAL TABLE words USING fts5(word); CREATE TABLE held (a TEXT PRIMARY KEY, b INT CHECK (b > 0)) STRICT`,
)

test.each<[string, () => unknown]>([
  ['JSON', () => JSON.parse(`${mark} {`)],
  ['a search', () => db.prepare('SELECT * FROM words WHERE words MATCH ?').all(`${mark}: x`)],
  ['an expression', () => new RegExp(`(${mark}`)],
  ['an address', () => new Request(mark)],
  ['a header', () => new Headers({ authorization: `Bearer ${mark}\n\u0000` })],
  ['a number', () => BigInt(mark)],
  ['a zone', () => new Intl.DateTimeFormat('en', { timeZone: mark })],
  ['a file', () => readFileSync(`/nowhere/${mark}`)],
  ['a schema', () => z.strictObject({}).parse({ [mark]: 1 })],
])('of what was read, nothing is in it: %s', (_, run) => {
  const met = fault(run)
  expect(met instanceof Error && met.stack, 'it would have been there').toContain(mark)
  const text = faultText(met)
  expect(text).not.toContain(mark)
  expect(text.split('\n').length).toBeGreaterThan(1)
  expect(text).toContain('fault-text.test.ts')
})

test('words of several lines that look like places are cut off; our own words stay, and codes', () => {
  const wide = new TypeError(`one\n    at ${mark}\n    at two`)
  expect(faultText(wide)).not.toContain(mark)
  expect(faultText(new Error('no way from held to done'))).toMatch(/^Error: no way from held to done\n {4}at /)
  const coded = Object.assign(new Error(`open '${mark}'`), { code: 'ENOENT' })
  expect(faultText(coded)).toMatch(/^Error \(ENOENT\)\n {4}at /)
  const odd = Object.assign(new Error(mark), { code: mark, name: `${mark} x` })
  expect(faultText(odd)).not.toContain(mark)
  expect(faultText({ mark })).toBe('object')
  const held = fault(() => db.prepare('INSERT INTO held VALUES (?, 0)').run(mark))
  expect(faultText(held)).toMatch(/^SqliteError \(SQLITE_CONSTRAINT_CHECK\)\n/)
})
