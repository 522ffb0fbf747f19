import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRemotes, makeSets } from '../../src/main/engine/reports/columns.ts'

// Texts that break a cut at the quotes: quotes, backslashes, commas, brackets, nothing at all.
const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', '\\', ',', '[', ']', 'a', '\u0000', 'é') }))

describe('sets of texts', () => {
  it('say the texts that were put in, whatever stands in them, and have one number for one set', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 40 }), all => {
        const sets = makeSets()
        const numbers = all.map(texts => sets.of(JSON.stringify(texts)))
        const said = numbers.map(number => [...sets.in(number)].map(sets.items.text))
        expect(said).toEqual(all)
        expect(all.map(texts => sets.of(JSON.stringify(texts)))).toEqual(numbers)
        expect(new Set(numbers).size).toBe(new Set(all.map(texts => JSON.stringify(texts))).size)
        for (const item of new Set(all.flat()))
          expect(numbers.map(number => sets.having(item)[number] === 1)).toEqual(all.map(texts => texts.includes(item)))
      }),
    )
  })
  it('hold tens of thousands of keys that stand alone', () => {
    const sets = makeSets()
    const keys = Array.from({ length: 30_000 }, (_, at) => `link ${at}`)
    const numbers = keys.map(key => sets.of(JSON.stringify([key])))
    expect(new Set(numbers).size).toBe(keys.length)
    expect(numbers.map(number => [...sets.in(number)].map(sets.items.text))).toEqual(keys.map(key => [key]))
  })
})

describe('ids of servers', () => {
  it('are told apart by their server, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', ''), fc.string())), all => {
        const remotes = makeRemotes()
        const numbers = all.map(([server, id]) => remotes.of(server, id))
        expect(numbers.map(remotes.remote)).toEqual(all.map(([server, id]) => ({ server, id })))
        expect(all.map(([server, id]) => remotes.find({ server, id }))).toEqual(numbers)
        expect(new Set(numbers).size).toBe(new Set(all.map(one => JSON.stringify(one))).size)
      }),
    )
  })
})
