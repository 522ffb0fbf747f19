import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countBursts, makeBursts } from '../../src/main/engine/reports/bursts.ts'
import { makeColumns } from '../../src/main/engine/reports/columns.ts'
import { BUCKETS, cutKeys } from '../../src/main/engine/reports/key-cuts.ts'

// Texts that break a cut at the quotes: quotes, backslashes, commas, brackets, nothing at all.
const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', '\\', ',', '[', ']', 'a', '\u0000', 'é') }))

describe('keys cut out of a JSON array', () => {
  it('are the texts that were put in, and the same text has one bucket wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), fc.array(text, { maxLength: 8 }), (some, others) => {
        const buckets = new Map<string, number>()
        for (const texts of [some, [...others, ...some]]) {
          const json = JSON.stringify(texts)
          const cuts = [...cutKeys(json)]
          const cut = texts.map((_, at) => json.slice(cuts[at * 3 + 1], cuts[at * 3 + 2]))
          expect(cut.map(key => JSON.parse(`"${key}"`))).toEqual(texts)
          expect(cuts.length).toBe(texts.length * 3)
          for (const [at, said] of texts.entries()) {
            const bucket = cuts[at * 3] ?? -1
            expect(bucket).toBe(buckets.get(said) ?? bucket)
            expect(bucket).toBeGreaterThanOrEqual(0)
            expect(bucket).toBeLessThan(BUCKETS)
            buckets.set(said, bucket)
          }
        }
      }),
    )
  })
  it('stand in buckets of their own, but for a few', () => {
    const buckets = Array.from({ length: 30_000 }, (_, at) => cutKeys(JSON.stringify([`text:${at * 7919}`]))[0])
    // Thrown at random, some 1,600 of 30,000 would share one.
    expect(new Set(buckets).size).toBeGreaterThan(28_000)
  })
})

type Known = { n: number; target: number; severity: number; keys: string[] }

/** What `find` says, in plain words: by key the reports that have it, at least five about three accounts; each report in its largest. */
const plainBursts = (reports: readonly Known[]): (string | null)[] => {
  const able = reports.filter(({ severity }) => severity !== 0)
  const isBurst = (some: readonly Known[]) => some.length >= 5 && new Set(some.map(({ target }) => target)).size >= 3
  const having = (key: string) => able.filter(({ keys }) => keys.includes(key))
  const best = new Map<Known, string>()
  for (const report of able) {
    const wide = report.keys.filter(key => isBurst(having(key)))
    const most = wide.reduce<string | null>(
      (found, key) => (found === null || having(key).length > having(found).length ? key : found),
      null,
    )
    if (most !== null) best.set(report, most)
  }
  const left = (key: string) => able.filter(report => best.get(report) === key)
  return reports.map(report => {
    const key = best.get(report)
    return key !== undefined && isBurst(left(key)) ? key : null
  })
}

const report = fc.record({
  target: fc.integer({ min: 1, max: 4 }),
  severity: fc.constantFrom(0, 1, 1, 2, 2),
  keys: fc.uniqueArray(fc.constantFrom('link:a.example/"', 'link:b\\c', 'text:1', 'é'), {
    maxLength: 3,
  }),
})

describe('campaigns', () => {
  it('are those that a plain count finds, however the reports came and changed, also among some of them', () => {
    const place = fc.integer({ min: 1, max: 60 })
    const arrivals = fc.array(fc.tuple(place, report), { minLength: 10, maxLength: 60 })
    fc.assert(
      fc.property(
        arrivals,
        fc.integer({ min: 1, max: 4 }),
        fc.uniqueArray(place, { maxLength: 20 }),
        (came, parts, left) => {
          const columns = makeColumns()
          const bursts = makeBursts(columns)
          const held = new Map<number, Known>()
          for (let part = 0; part < parts; part++) {
            for (const [n, { target, severity, keys }] of came.filter((_, at) => at % parts === part)) {
              held.set(n, { n, target, severity, keys })
              const ids = {
                server: 's1',
                target_id: `${target}`,
                target_domain: null,
                reporter_id: '9',
                reporter_domain: null,
              }
              const rest = {
                assigned_id: null,
                assigned_to: null,
                rules: '[]',
                languages: '[]',
                keys: JSON.stringify(keys),
              }
              columns.note({ n, severity, time: n, ...ids, ...rest })
              bursts.note(n, JSON.stringify(keys))
            }
            const open = [...held.values()].sort((a, b) => a.n - b.n)
            const chosen = open.filter(({ n }) => !left.includes(n))
            const numbers = (some: readonly Known[]) => Int32Array.from(some, ({ n }) => n)
            const found = bursts.find(numbers(chosen), numbers(open))
            const names = chosen.map((_, at) => ((found[at] ?? 0) === 0 ? null : bursts.keyOf(found[at] ?? 0)))
            expect(names).toEqual(plainBursts(chosen))
            expect(countBursts(found)).toBe(new Set(names.filter(name => name !== null)).size)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
