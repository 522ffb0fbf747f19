import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openData } from '../../src/main/engine/db/open.ts'
import { type Lists, makeLists } from '../../src/main/engine/reports/lists.ts'
import { removeReport } from '../../src/main/engine/reports/table.ts'
import type {
  GroupHead,
  ListLine,
  ReportFilter,
  ReportGrouping,
  ReportSort,
} from '../../src/shared/contract/reports.ts'
import { NOON, tempFolder } from './ground.ts'
import { categories, type Desk, domainOf, openDesk, type Told } from './lists-ground.ts'

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
  })
/** Reports as they are told one after the other: the same id again is a change. */
const tellings = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 40, maxLength: 90 })
  .chain(ids => fc.tuple(...ids.map(told)))

const every: ReportFilter = { server: null, state: 'open', category: null, claim: 'any' }
const filters: fc.Arbitrary<ReportFilter> = fc.oneof(
  fc.constant(every),
  fc.record({
    server: fc.constantFrom(null, 's1', 's2', 's3'),
    state: fc.constantFrom('open', 'resolved'),
    category: fc.option(fc.constantFrom(...categories)),
    claim: fc.constantFrom('any', 'mine', 'unclaimed'),
  }),
)
const groupings: readonly ReportGrouping[] = ['target', 'origin', 'none']
const sorts: readonly ReportSort[] = ['severest', 'oldest', 'newest']
const ways = groupings.flatMap(grouping => sorts.map(sort => ({ grouping, sort })))

/** What of a line the model can say. */
type Line =
  | string
  | (Pick<GroupHead, 'kind' | 'server' | 'origin' | 'reports' | 'accounts' | 'sources'> & { account: string | null })

/** The order as the contract words it, with no thought of speed. */
const model = (
  all: readonly Told[],
  filter: ReportFilter,
  grouping: ReportGrouping,
  sort: ReportSort,
  desk: Desk,
): Line[] => {
  const chosen = all.filter(
    one =>
      (one.resolved === null) === (filter.state === 'open') &&
      (filter.server === null || one.server === filter.server) &&
      (filter.category === null || categories[one.severity] === filter.category) &&
      (filter.claim === 'any' || one.assignee === (filter.claim === 'mine' ? '1' : null)),
  )
  const timeOf = (one: Told) => one.resolved ?? one.created
  const byTime = (a: Told, b: Told) => timeOf(a) - timeOf(b) || desk.numberOf(a) - desk.numberOf(b)
  const by = filter.state === 'resolved' ? 'newest' : sort
  const within = {
    oldest: byTime,
    newest: (a: Told, b: Told) => byTime(b, a),
    severest: (a: Told, b: Told) => a.severity - b.severity || byTime(a, b),
  }[by]
  const oldest = (group: Told[]) => group.toSorted(byTime)[0] ?? group[0]
  const compare = (of: (group: Told[]) => Told | undefined) => (a: Told[], b: Told[]) => {
    const [first, second] = [of(a), of(b)]
    return first && second ? byTime(first, second) : 0
  }
  const severest = (group: Told[]) => Math.min(...group.map(one => one.severity))
  const between = {
    oldest: compare(oldest),
    newest: (a: Told[], b: Told[]) => compare(group => group.toSorted(byTime).at(-1))(b, a),
    severest: (a: Told[], b: Told[]) => severest(a) - severest(b) || b.length - a.length || compare(oldest)(a, b),
  }[by]
  const ids = (group: readonly Told[]): string[] => group.toSorted(within).map(one => `${one.server} ${one.id}`)
  const head = (kind: GroupHead['kind'], group: readonly Told[]): Line => ({
    kind,
    server: kind === 'target' ? (group[0]?.server ?? null) : null,
    account: kind === 'target' ? String(group[0]?.target) : null,
    origin: kind === 'origin' ? domainOf(group[0]?.target ?? 0) : null,
    reports: group.length,
    accounts: new Set(group.map(one => `${one.server} ${one.target}`)).size,
    sources: new Set(group.map(one => one.from)).size,
  })
  if (grouping === 'none' || filter.state === 'resolved') return ids(chosen)
  const gather = (from: readonly Told[], keyOf: (one: Told) => string): Told[][] =>
    [...new Set(from.map(keyOf))].map(key => from.filter(one => keyOf(one) === key))
  if (grouping === 'origin')
    return gather(chosen, one => String(domainOf(one.target)))
      .toSorted((a, b) => b.length - a.length || between(a, b))
      .flatMap(group => [head('origin', group), ...ids(group)])
  const legal = chosen.filter(one => one.severity === 0)
  const targets = gather(
    chosen.filter(one => one.severity > 0),
    one => `${one.server} ${one.target}`,
  )
  const alone = targets.filter(group => group.length === 1).flat()
  return [
    ...(legal.length > 0 ? [head('legal', legal), ...ids(legal)] : []),
    ...targets
      .filter(group => group.length > 1)
      .toSorted(between)
      .flatMap(group => [head('target', group), ...ids(group)]),
    ...(alone.length > 0 ? [head('single', alone), ...ids(alone)] : []),
  ]
}

const plain = (line: ListLine): Line => {
  if (line.line === 'report') return `${line.row.server} ${line.row.id}`
  const { account, ...head } = line.group
  return { ...head, account: account?.id ?? null }
}
const read = (desk: Desk, list: ReturnType<Lists['open']>): Line[] => {
  const lines = desk.gate.read(db => desk.lists.lines(db, list.list, 0, Math.max(1, list.lines), NOON))
  expect(lines.map(line => line.index)).toEqual([...lines.keys()])
  return lines.map(plain)
}
/** What was told last of each report. */
const latest = (all: readonly Told[]): Told[] => [...new Map(all.map(one => [`${one.server} ${one.id}`, one])).values()]

const one: Told = {
  id: '1',
  server: 's1',
  severity: 1,
  created: NOON,
  resolved: null,
  target: 1,
  from: null,
  assignee: null,
}

test('a list stands in the order that the contract words, whatever was told before and in whichever steps', () => {
  fc.assert(
    fc.property(tellings, tellings, filters, (first, second, filter) => {
      using folder = tempFolder()
      using desk = openDesk(folder.path)
      const openAll = () =>
        ways.map(({ grouping, sort }) => desk.gate.read(db => desk.lists.open(db, filter, grouping, sort)))
      const expectAll = (told: readonly Told[]) =>
        ways.map(({ grouping, sort }) => model(latest(told), filter, grouping, sort, desk))
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
        expect(desk.gate.read(db => desk.lists.news(db, list.list))).toBe(added.length)
      }
      const open = latest([...first, ...second]).filter(one => one.resolved === null)
      const count = (fits: (one: Told) => boolean) => open.filter(fits).length
      expect(desk.gate.read(db => desk.lists.counts(db))).toEqual({
        open: open.length,
        mine: count(one => one.assignee === '1'),
        unclaimed: count(one => one.assignee === null),
        legal: count(one => one.severity === 0),
        byServer: ['s1', 's2'].map(server => ({ server, open: count(one => one.server === server) })),
      })
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
      id: String(i + 1),
      server: 's1',
      severity: 1 + (i % 3),
      created: NOON + i,
      resolved: null,
      target: i % 8,
      from: null,
      assignee: null,
    }),
  )
  desk.tellAll(all)
  const list = desk.gate.read(db => desk.lists.open(db, every, 'target', 'oldest'))
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
  const list = desk.gate.read(db => desk.lists.open(db, every, 'target', 'oldest'))
  desk.gate.write(['reports'], db => removeReport(db, 's1', '1'))
  const lines = desk.gate.read(db => desk.lists.lines(db, list.list, 0, 10, NOON))
  expect(lines.map(line => line.index)).toEqual([0, 2, 3])
  expect(lines[0]).toMatchObject({ line: 'group', group: { kind: 'target', account: { id: '1' }, reports: 3 } })
  expect(desk.gate.read(db => desk.lists.counts(db)).open).toBe(2)
})

test('who fell far behind reads all anew', () => {
  using folder = tempFolder()
  using desk = openDesk(folder.path)
  const open = () => desk.gate.read(db => desk.lists.open(db, every, 'none', 'newest'))
  desk.tellAll([one, { ...one, id: '2' }])
  expect(open().reports).toBe(2)
  desk.tellAll([{ ...one, resolved: NOON + 1 }])
  desk.tellAll(Array.from({ length: 13_000 }, (_, i) => ({ ...one, id: '2', assignee: i % 2 === 0 ? '1' : '2' })))
  const kept = desk.gate.read(db => db.get<{ rows: number }>('SELECT count(*) AS rows FROM mirror.report_moved')?.rows)
  expect(kept).toBeLessThan(12_000)
  expect(read(desk, open())).toEqual(['s1 2'])
})

test('another mirror forgets the lists of the one before', () => {
  using folder = tempFolder()
  const data = openData(folder.path, NOON)
  const lists = makeLists()
  const { list } = data.gate.read(db => lists.open(db, every, 'none', 'newest'))
  data.renewMirror(NOON)
  expect(() => data.gate.read(db => lists.lines(db, list, 0, 10, NOON))).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  )
  data.close()
})
