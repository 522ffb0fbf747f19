import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openData } from '../../src/main/engine/db/open.ts'
import { type Lists, makeLists } from '../../src/main/engine/reports/lists.ts'
import { removeReport } from '../../src/main/engine/reports/table.ts'
import { ReportFilter, type ReportGrouping, type ReportSort } from '../../src/shared/contract/reports.ts'
import { NOON, tempFolder } from './ground.ts'
import { categories, type Desk, openDesk, plain, type Told } from './lists-ground.ts'
import { asModel, type Line, model, modelCounts } from './lists-model.ts'

const NOW = NOON + 20

const told = (id: number): fc.Arbitrary<Told> =>
  fc.record({
    id: fc.constant(String(id)),
    server: fc.constantFrom('s1', 's2'),
    severity: fc.integer({ min: 0, max: 3 }),
    created: fc.integer({ min: NOON, max: NOON + 9 }),
    resolved: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: NOON + 10, max: NOON + 15 }) },
    ),
    target: fc.integer({ min: 0, max: 7 }),
    from: fc.constantFrom(null, 'a.example', 'b.example'),
    assignee: fc.constantFrom(null, '1', '2'),
    reporter: fc.constantFrom('1', '2', '3'),
    rules: fc.subarray(['1', '2']),
    languages: fc.subarray(['de', 'ja']),
    keys: fc.uniqueArray(fc.constantFrom('link:a.example', 'link:b.example', 'text:c'), { maxLength: 3 }),
    words: fc.constantFrom('', 'amber', 'ambient', 'birch'),
    snoozed: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
/** Reports as they are told one after the other: the same id again is a change. */
const tellings = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 40, maxLength: 90 })
  .chain(ids => fc.tuple(...ids.map(told)))

const every = ReportFilter.parse({})
const remote = (ids: readonly string[]) =>
  fc.record({ server: fc.constantFrom('s1', 's2', 's3'), id: fc.constantFrom(...ids) })
/** Most parts of a filter are left out, or nothing would fit. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 1 })
const filters: fc.Arbitrary<ReportFilter> = fc.oneof(
  fc.constant(every),
  fc
    .record(
      {
        server: fc.constantFrom(null, 's1', 's2', 's3'),
        state: fc.constantFrom('open', 'resolved'),
        category: fc.constantFrom(...categories),
        claim: fc.constantFrom('any', 'mine', 'unclaimed'),
        assignee: fc.oneof(fc.constant('nobody' as const), remote(['1', '2'])),
        rule: remote(['1', '2', '3']),
        origin: fc.record({ domain: fc.constantFrom(null, 'd1.example', 'x.example') }),
        source: fc.record({ domain: fc.constantFrom(null, 'a.example', 'x.example') }),
        target: remote(['0', '3']),
        language: fc.constantFrom('de', 'fr'),
        age: fc.record({ least: maybe(fc.nat(20)), below: maybe(fc.nat(20)) }),
        campaign: fc.constantFrom('any', 'link:a.example', 'text:x'),
        snoozed: fc.constantFrom('out', 'only', 'in'),
        text: fc.constantFrom('amb', 'birch', 'cedar'),
      },
      { requiredKeys: [] },
    )
    .map(part => ReportFilter.parse(part)),
)
const groupings: readonly ReportGrouping[] = ['campaign', 'target', 'origin', 'none']
const sorts: readonly ReportSort[] = ['severest', 'oldest', 'newest', 'most']
const everyWay = groupings.flatMap(grouping => sorts.map(sort => ({ grouping, sort })))
/** The engine keeps 24 lists, and each way is opened twice. */
const someWays = fc.shuffledSubarray(everyWay, { minLength: 10, maxLength: 10 })

const read = (desk: Desk, list: ReturnType<Lists['open']>): Line[] => {
  const lines = desk.gate.read(db => desk.lists.lines(db, list.list, 0, Math.max(1, list.lines), NOW))
  expect(lines.map(line => line.index)).toEqual([...lines.keys()])
  return lines.map(asModel)
}
/** What was told last of each report. */
const latest = (all: readonly Told[]): Told[] => [...new Map(all.map(one => [`${one.server} ${one.id}`, one])).values()]

const one = plain

test('a list stands in the order that the contract words, whatever was told before and in whichever steps', () => {
  fc.assert(
    fc.property(tellings, tellings, filters, someWays, (first, second, filter, ways) => {
      using folder = tempFolder()
      using desk = openDesk(folder.path)
      const openAll = () =>
        ways.map(({ grouping, sort }) => desk.gate.read(db => desk.lists.open(db, filter, grouping, sort, NOW)))
      const expectAll = (told: readonly Told[]) =>
        ways.map(({ grouping, sort }) => model(latest(told), filter, grouping, sort, desk, NOW))
      const reports = (lines: readonly Line[]) => lines.filter(line => typeof line === 'string')
      desk.tellAll(first)
      const before = openAll()
      const expected = expectAll(first)
      expect(before.map(list => read(desk, list))).toEqual(expected)

      desk.tellAll(second)
      const now = expectAll([...first, ...second])
      const after = openAll()
      expect(after.map(list => read(desk, list))).toEqual(now)
      expect(after.map(list => list.reports)).toEqual(now.map(lines => reports(lines).length))
      for (const [way, list] of before.entries()) {
        // The earlier list has not moved, and knows how many it lacks.
        expect(reports(read(desk, list))).toEqual(reports(expected[way] ?? []))
        const held = new Set(reports(expected[way] ?? []))
        const added = reports(now[way] ?? []).filter(id => !held.has(id))
        expect(desk.gate.read(db => desk.lists.news(db, list.list, NOW).added)).toBe(added.length)
      }
      const all = latest([...first, ...second])
      for (const server of [null, 's1', 's2'])
        expect(desk.gate.read(db => desk.lists.counts(db, NOW, server))).toEqual(modelCounts(all, server))
    }),
    { numRuns: 25 },
  )
})

test('the next open report is found from any place, around the end', () => {
  using folder = tempFolder()
  using desk = openDesk(folder.path)
  const all = Array.from(
    { length: 90 },
    (_, i): Told => ({
      ...one,
      id: String(i + 1),
      severity: 1 + (i % 3),
      created: NOON + i,
      target: i % 8,
    }),
  )
  desk.tellAll(all)
  const list = desk.gate.read(db => desk.lists.open(db, every, 'target', 'oldest', NOW))
  const order = read(desk, list)
  const left = ['s1 3', 's1 77']
  desk.tellAll(all.filter(one => !left.includes(`s1 ${one.id}`)).map(one => ({ ...one, resolved: NOON + 200 })))
  const next = (from: number) =>
    desk.gate.read(db => desk.lists.next(db, list.list, from, NOON, ({ row }) => row.resolvedAt === null))
  const places = left.map(id => order.indexOf(id)).toSorted((a, b) => a - b)
  const [low, high] = [places[0] ?? -1, places[1] ?? -1]
  expect(next(-1)?.index).toBe(low)
  expect(next(low)?.index).toBe(high)
  expect(next(high)?.index).toBe(low)
  expect(next(order.length - 1)?.index).toBe(low)
  desk.tellAll(all.map(one => ({ ...one, resolved: NOON + 300 })))
  expect(next(low)).toBeUndefined()
})

test('a group keeps its name when its first report was deleted on the server', () => {
  using folder = tempFolder()
  using desk = openDesk(folder.path)
  desk.tellAll([one, { ...one, id: '2' }, { ...one, id: '3' }])
  const list = desk.gate.read(db => desk.lists.open(db, every, 'target', 'oldest', NOW))
  desk.gate.write(['reports'], db => removeReport(db, 's1', '1'))
  const lines = desk.gate.read(db => desk.lists.lines(db, list.list, 0, 10, NOON))
  expect(lines.map(line => line.index)).toEqual([0, 2, 3])
  expect(lines[0]).toMatchObject({ line: 'group', group: { kind: 'target', account: { id: '1' }, reports: 3 } })
  expect(desk.gate.read(db => desk.lists.counts(db, NOW)).open).toBe(2)
})

test('who fell far behind reads all anew', () => {
  using folder = tempFolder()
  using desk = openDesk(folder.path)
  const open = () => desk.gate.read(db => desk.lists.open(db, every, 'none', 'newest', NOW))
  desk.tellAll([one, { ...one, id: '2' }])
  expect(open().reports).toBe(2)
  desk.tellAll([{ ...one, resolved: NOON + 1 }])
  desk.tellAll(Array.from({ length: 13_000 }, (_, i) => ({ ...one, id: '2', assignee: i % 2 === 0 ? '1' : '2' })))
  const kept = desk.gate.read(db => db.get<{ rows: number }>('SELECT count(*) AS rows FROM mirror.report_moved')?.rows)
  expect(kept).toBeLessThan(12_000)
  expect(read(desk, open())).toEqual(['s1 2'])
})

test('a group, and the rows between two, by what they are about; heads left out', () => {
  using folder = tempFolder()
  using desk = openDesk(folder.path)
  desk.tellAll(Array.from({ length: 9 }, (_, i) => ({ ...one, id: String(i + 1), target: i % 2, created: NOON + i })))
  const { list } = desk.gate.read(db => desk.lists.open(db, every, 'target', 'oldest', NOW))
  const between = (from: number, to: number) => desk.gate.read(db => desk.lists.targets(db, list, from, to))
  expect(between(0, 5).targets.map(({ id }) => id)).toEqual(['1', '3', '5', '7', '9'])
  expect(between(4, 8).targets.map(({ id }) => id)).toEqual(['7', '9', '2', '4'])
  expect(between(0, 900)).toMatchObject({ left: 0, targets: { length: 9 } })
})

test('of a very large group 5,000 are named, and how many more there are', () => {
  using folder = tempFolder()
  using desk = openDesk(folder.path)
  desk.tellAll(Array.from({ length: 5_020 }, (_, i) => ({ ...one, id: String(i + 1) })))
  const { list, lines } = desk.gate.read(db => desk.lists.open(db, every, 'target', 'oldest', NOW))
  const { targets, left } = desk.gate.read(db => desk.lists.targets(db, list, 0, lines - 1))
  expect([targets.length, left]).toEqual([5_000, 20])
})

test('another mirror forgets the lists of the one before', () => {
  using folder = tempFolder()
  const data = openData(folder.path, NOON)
  const lists = makeLists()
  const { list } = data.gate.read(db => lists.open(db, every, 'none', 'newest', NOW))
  data.renewMirror()
  expect(() => data.gate.read(db => lists.lines(db, list, 0, 10, NOON))).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  )
  data.close()
})
