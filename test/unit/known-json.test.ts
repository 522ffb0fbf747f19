import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from '../../src/main/engine/mastodon/json.ts'
import { makeKnown } from '../../src/main/engine/mastodon/known.ts'

const headers = new Headers({ 'content-type': 'application/json' })
const plainly = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** An account as a server tells it, long enough to be worth finding again. */
const account = (id: string, note = '') => ({
  id,
  username: `name${id}`,
  note: note.padEnd(300, '…'),
  role: { id: '1' },
})

test('what is told again is the same object, what was changed is read anew', () => {
  const known = makeKnown()
  const read = (body: unknown) => parseJson(headers, Buffer.from(JSON.stringify(body)), known)
  const first = read([
    { id: '9', target: account('1'), by: account('2') },
    { id: '8', target: account('1'), by: null },
  ])
  expect(first).toEqual([
    { id: '9', target: account('1'), by: account('2') },
    { id: '8', target: account('1'), by: null },
  ])
  const list = (told: unknown): { target: unknown; by: unknown }[] => (Array.isArray(told) ? told : [])
  const [nine, eight] = list(first)
  expect(eight?.target).toBe(nine?.target)
  const later = list(read([{ id: '7', target: account('2'), by: account('1', 'edited') }]))
  expect(later).toEqual([{ id: '7', target: account('2'), by: account('1', 'edited') }])
  expect(later[0]?.target).toBe(nine?.by)
  // A name that begins alike is nobody else's.
  const [other] = list(read([{ id: '6', target: { ...account('1'), role: { id: '2' } }, by: account('1') }]))
  expect(other?.target).toEqual({ ...account('1'), role: { id: '2' } })
  expect(other?.by).toEqual(account('1'))
})

test('only so much is kept', () => {
  const known = makeKnown()
  const read = (id: string) =>
    parseJson(headers, Buffer.from(JSON.stringify([{ who: account(id, 'x'.repeat(9_000)) }])), known)
  const whoOf = (told: unknown): unknown => (Array.isArray(told) ? told[0].who : undefined)
  const first = whoOf(read('first'))
  expect(whoOf(read('first'))).toBe(first)
  for (let id = 0; id < 400; id++) read(`${id}`)
  expect(whoOf(read('first'))).toEqual(first)
  expect(whoOf(read('first'))).not.toBe(first)
})

test('any body is read as it would be without what is known, whatever stands in it and wherever it is cut', () => {
  const big = fc
    .record({
      id: fc.constantFrom('1', '2'),
      text: fc.string({ unit: 'binary', maxLength: 8 }),
      more: fc.jsonValue({ maxDepth: 2 }),
    })
    .map(({ id, text, more }) => JSON.stringify({ id, text, pad: '"}]\\'.repeat(80), more }))
  const name = fc.constantFrom('"target"', '"by"', '"__proto__"', '"t\\u0061rget"', '"length"', '{"a":1}')
  const blank = fc.constantFrom('', '', '', ' ', '\n')
  const item = fc
    .array(
      fc.tuple(
        name,
        blank,
        fc.oneof(
          big,
          fc.json({ maxDepth: 3 }),
          big.map(told => `[${told}]`),
        ),
      ),
      { maxLength: 4 },
    )
    .map(pairs => `{${pairs.map(([key, space, value]) => `${key}:${space}${value}`).join(',')}}`)
  const list = fc.array(fc.oneof({ weight: 5, arbitrary: item }, { weight: 1, arbitrary: big }), { maxLength: 4 })
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 3 }), fc.nat(), fc.boolean(), (pages, cutAt, isCut) => {
      const known = makeKnown()
      for (const page of pages) {
        const whole = `[${page.join(',')}]`
        const body = isCut ? whole.slice(0, cutAt % whole.length) : whole
        expect(parseJson(headers, Buffer.from(body), known)).toEqual(plainly(Buffer.from(body).toString()))
      }
    }),
    { numRuns: 2_000, seed: 1 },
  )
  const known = makeKnown()
  const told = JSON.stringify(account('1'))
  for (const body of [
    `[{"a":${told}}]`,
    `[{${told}:1}]`,
    `[{"a":${told}`,
    `[{"a":${told}x}]`,
    `{"a":{"b":${told}}}`,
    `[[${told}]]`,
  ])
    expect(parseJson(headers, Buffer.from(body), known)).toEqual(plainly(body))
})

test('a text of more than 1 MB ends there, between two characters, and the rest of the body is as it was', () => {
  const most = 1 << 20
  const cut = (text: string): string => {
    const head = JSON.stringify(text).slice(1)
    const body = Buffer.from(`[{"note":"${head},"id":"7","by":${JSON.stringify(account('1'))}},{"id":"6"}]`)
    const told = parseJson(headers, body, makeKnown())
    const [item, other] = Array.isArray(told) ? told : []
    expect([item?.id, item?.by, other]).toEqual(['7', account('1'), { id: '6' }])
    return item.note
  }
  expect(cut('a'.repeat(most))).toHaveLength(most)
  expect(cut('a'.repeat(5 * most))).toBe('a'.repeat(most))
  // Characters of one to four bytes, and escapes, wherever the end falls into them.
  for (const piece of ['é', '…', '😀', '\n', '\\', '"', '\u0001'])
    for (let before = 0; before < 7; before++) {
      const text = 'a'.repeat(before) + piece.repeat(most)
      const kept = cut(text)
      expect(text.startsWith(kept)).toBe(true)
      const bytes = Buffer.byteLength(JSON.stringify(kept)) - 2
      expect(bytes).toBeGreaterThan(most - 7)
      expect(bytes).toBeLessThanOrEqual(most)
    }
  // One that never ends, and one that is all of the answer.
  expect(parseJson(headers, Buffer.from(`["${'a'.repeat(2 * most)}`))).toBeUndefined()
  expect(parseJson(headers, Buffer.from(`"${'a'.repeat(2 * most)}"`))).toBe('a'.repeat(most))
})
