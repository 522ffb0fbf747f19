import { expect, test } from 'vitest'
import { shared } from '../../../src/renderer/src/client/shared.ts'

test('an answer that says the same is the same; what changed in it is new, and nothing else', () => {
  const older = {
    rows: [
      { id: 1, tags: ['a'] },
      { id: 2, tags: [] },
    ],
    total: 2,
    at: null,
  }
  expect(shared(older, structuredClone(older))).toBe(older)
  const newer = shared(older, {
    rows: [
      { id: 1, tags: ['a'] },
      { id: 2, tags: ['b'] },
    ],
    total: 2,
    at: null,
  })
  expect(newer).toEqual({
    rows: [
      { id: 1, tags: ['a'] },
      { id: 2, tags: ['b'] },
    ],
    total: 2,
    at: null,
  })
  expect(newer).not.toBe(older)
  expect(newer.rows[0]).toBe(older.rows[0])
  expect(newer.rows[1]).not.toBe(older.rows[1])
})

test('more, fewer and other parts are changes', () => {
  const different: [unknown, unknown][] = [
    [[1, 2], [1]],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [
      { a: 1, b: 1 },
      { a: 1, c: 1 },
    ],
    [[], {}],
    [{}, []],
    [null, {}],
    [{}, null],
    [undefined, []],
    [[undefined], []],
    ['1', 1],
  ]
  for (const [older, newer] of different) {
    const found = shared(older, newer)
    expect(found).toStrictEqual(newer)
    expect(found).not.toBe(older)
  }
})
