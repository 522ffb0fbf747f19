import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WriteDb } from '../../src/main/engine/db/handle.ts'
import { openData } from '../../src/main/engine/db/open.ts'
import { type Lists, makeLists } from '../../src/main/engine/reports/lists.ts'
import { ordOf } from '../../src/main/engine/reports/table.ts'
import type {
  GroupHead,
  ListLine,
  ReportFilter,
  ReportGrouping,
  ReportSort,
} from '../../src/shared/contract/reports.ts'
import { NOON, tempFolder } from './ground.ts'

/** A report as the model knows it. Few different values, so that groups and ties are common. */
type Told = {
  id: string
  server: 's1' | 's2'
  severity: number
  created: number
  resolved: number | null
  target: number
  from: string | null
  assignee: '1' | '2' | null
}
const categories = ['legal', 'violation', 'spam', 'other'] as const
const domainOf = (target: number) => (target % 3 === 0 ? null : `d${target % 3}.example`)

const told = (id: number): fc.Arbitrary<Told> =>
  fc.record({
    id: fc.constant(String(id)),
    server: fc.constantFrom('s1', 's2'),
    severity: fc.integer({ min: 0, max: 3 }),
    created: fc.integer({ min: NOON, max: NOON + 9 }),
    resolved: fc.option(fc.integer({ min: NOON + 10, max: NOON + 15 })),
    target: fc.integer({ min: 0, max: 7 }),
    from: fc.constantFrom(null, 'a.example', 'b.example'),
    assignee: fc.constantFrom(null, '1', '2'),
  })
/** Reports as they are told one after the other: the same id again is a change. */
const tellings = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }).chain(ids => fc.tuple(...ids.map(told)))

const filters: fc.Arbitrary<ReportFilter> = fc.record({
  server: fc.constantFrom(null, 's1', 's2', 's3'),
  state: fc.constantFrom('open', 'open', 'resolved'),
  category: fc.option(fc.constantFrom(...categories)),
  claim: fc.constantFrom('any', 'mine', 'unclaimed'),
})
const groupings = fc.constantFrom<ReportGrouping[]>('target', 'origin', 'none')
const sorts = fc.constantFrom<ReportSort[]>('severest', 'oldest', 'newest')

const openDesk = (path: string) => {
  const { gate, close } = openData(path, NOON)
  const lists = makeLists()
  // Numbers are given in the order of first telling.
  const numbers = new Map<string, number>()
  gate.write([], db => {
    for (const [key, letters] of [
      ['s1', 'aa'],
      ['s2', 'bb'],
    ] as const)
      db.run(`INSERT INTO server VALUES (?, ?, ?, '', '4.6.5', '1', 'ada', '', '1', ?, 1, NULL, 'key-file', 0, NULL)`, [
        key,
        `${key}.example`,
        `https://${key}.example`,
        letters,
      ])
    for (const server of ['s1', 's2'])
      for (let target = 0; target < 8; target++)
        db.run(
          `INSERT INTO mirror.account (server, id, username, domain, display_name, suspended, limited, sensitive, bot, followers, following, posts, role_name, permissions, note, fields, seen_at)
           VALUES (?, ?, ?, ?, '', 0, 0, 0, 0, 0, 0, 0, '', '0', '', '[]', 0)`,
          [server, String(target), `u${target}`, domainOf(target)],
        )
  })
  const tell = (db: WriteDb, one: Told) => {
    const key = `${one.server} ${one.id}`
    if (!numbers.has(key)) numbers.set(key, numbers.size + 1)
    db.run(
      `INSERT INTO mirror.report (server, id, ord, category, severity, comment, created_at, updated_at, resolved_at, assigned_id, target_id, target_domain, reporter_id, reporter_domain, rules, posts, seen_at)
       VALUES (@server, @id, @ord, @category, @severity, '', @created, 0, @resolved, @assignee, @target, @domain, '', @from, '[]', '[]', 0)
       ON CONFLICT (server, id) DO UPDATE SET category = excluded.category, severity = excluded.severity, created_at = excluded.created_at, resolved_at = excluded.resolved_at,
         assigned_id = excluded.assigned_id, target_id = excluded.target_id, target_domain = excluded.target_domain, reporter_domain = excluded.reporter_domain`,
      {
        ...one,
        target: String(one.target),
        ord: ordOf(one.id),
        category: categories[one.severity] ?? 'other',
        domain: domainOf(one.target),
      },
    )
  }
  return {
    lists,
    gate,
    numberOf: (one: Told) => numbers.get(`${one.server} ${one.id}`) ?? 0,
    tellAll: (all: readonly Told[]) =>
      gate.write(['reports'], db => {
        for (const one of all) tell(db, one)
      }),
    [Symbol.dispose]: close,
  }
}
type Desk = ReturnType<typeof openDesk>

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

test('a list stands in the order that the contract words, whatever was told before and in whichever steps', () => {
  fc.assert(
    fc.property(tellings, tellings, filters, groupings, sorts, (first, second, filter, grouping, sort) => {
      using folder = tempFolder()
      using desk = openDesk(folder.path)
      const openList = () => desk.gate.read(db => desk.lists.open(db, filter, grouping, sort))
      desk.tellAll(first)
      const before = openList()
      const expected = model(latest(first), filter, grouping, sort, desk)
      expect(read(desk, before)).toEqual(expected)
      desk.tellAll(second)
      const after = openList()
      const now = model(latest([...first, ...second]), filter, grouping, sort, desk)
      expect(read(desk, after)).toEqual(now)
      // The first list has not moved, and knows how many it lacks.
      const reports = (lines: Line[]) => lines.filter(line => typeof line === 'string')
      expect(reports(read(desk, before))).toEqual(reports(expected))
      const held = new Set(reports(expected))
      expect(desk.gate.read(db => desk.lists.news(db, before.list))).toBe(
        reports(now).filter(id => !held.has(id)).length,
      )
      expect(after.reports).toBe(reports(now).length)
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
    { numRuns: 60 },
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
  const list = desk.gate.read(db =>
    desk.lists.open(db, { server: null, state: 'open', category: null, claim: 'any' }, 'target', 'oldest'),
  )
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

test('who fell far behind reads all anew', () => {
  using folder = tempFolder()
  using desk = openDesk(folder.path)
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
  desk.tellAll([one])
  const open = () =>
    desk.gate.read(db =>
      desk.lists.open(db, { server: null, state: 'open', category: null, claim: 'any' }, 'none', 'newest'),
    )
  expect(open().reports).toBe(1)
  desk.tellAll(Array.from({ length: 13_000 }, (_, i) => ({ ...one, assignee: i % 2 === 0 ? '1' : '2' })))
  desk.tellAll([
    { ...one, resolved: NOON + 1 },
    { ...one, id: '2' },
  ])
  const kept = desk.gate.read(db => db.get<{ rows: number }>('SELECT count(*) AS rows FROM mirror.report_moved')?.rows)
  expect(kept).toBeLessThan(12_000)
  expect(read(desk, open())).toEqual(['s1 2'])
})

test('another mirror forgets the lists of the one before', () => {
  using folder = tempFolder()
  const data = openData(folder.path, NOON)
  const lists = makeLists()
  const filter: ReportFilter = { server: null, state: 'open', category: null, claim: 'any' }
  const { list } = data.gate.read(db => lists.open(db, filter, 'none', 'newest'))
  data.renewMirror(NOON)
  expect(() => data.gate.read(db => lists.lines(db, list, 0, 10, NOON))).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  )
  data.close()
})
