import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Folding, type ListLine, ReportFilter, type ReportGrouping } from '../../src/shared/contract/reports.ts'
import { NOON, tempFolder } from './ground.ts'
import { type Desk, openDesk, plain } from './lists-ground.ts'

const NOW = NOON + 3_600_000
const every = ReportFilter.parse({})

const open = (desk: Desk, group: ReportGrouping, folding?: Folding) =>
  desk.gate.read(db => desk.lists.open(db, every, group, 'severest', NOW, folding))
const fold = (desk: Desk, list: string, folding: Folding) => desk.gate.read(db => desk.lists.fold(db, list, folding))
const linesOf = (desk: Desk, { list, lines }: { list: string; lines: number }): ListLine[] =>
  desk.gate.read(db => desk.lists.lines(db, list, 0, lines, NOW))
const idOf = (line: ListLine) =>
  line.line === 'report' ? `${line.row.server} ${line.row.id}` : `head of ${line.group.name}`
const namesIn = (lines: readonly ListLine[]) => lines.flatMap(line => (line.line === 'group' ? [line.group.name] : []))

const told = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 40 }).map(String),
    server: fc.constantFrom('s1' as const, 's2' as const),
    severity: fc.integer({ min: 0, max: 3 }),
    created: fc.integer({ min: NOON, max: NOON + 20 }),
    target: fc.integer({ min: 0, max: 7 }),
    keys: fc.constantFrom([], [], ['link:a.example'], ['text:b']),
  }),
  { minLength: 1, maxLength: 50 },
)

test('whatever is folded, a head stands for the reports under it, and nothing else changes', () => {
  fc.assert(
    fc.property(
      told,
      fc.constantFrom('campaign', 'target', 'origin', 'none' as const),
      fc.boolean(),
      fc.infiniteStream(fc.boolean()),
      (all, group, foldsAll, coins) => {
        using folder = tempFolder()
        using desk = openDesk(folder.path)
        desk.tellAll(all.map(one => ({ ...plain, ...one })))
        const whole = open(desk, group)
        const lines = linesOf(desk, whole)
        const names = namesIn(lines)
        expect(new Set(names).size, 'each group has a name of its own').toBe(names.length)
        const folding = { all: foldsAll, but: names.filter(() => coins.next().value) }
        const isFolded = (name: string) => foldsAll !== folding.but.includes(name)
        // What stands under each head.
        const under = new Map<string, string[]>()
        const shown: string[] = []
        let name: string | null = null
        for (const line of lines) {
          if (line.line === 'group') name = line.group.name
          else if (name !== null) under.set(name, [...(under.get(name) ?? []), idOf(line)])
          if (line.line === 'group' || name === null || !isFolded(name)) shown.push(idOf(line))
        }

        const folded = fold(desk, whole.list, folding)
        const left = linesOf(desk, folded)
        expect(left.map(idOf)).toEqual(shown)
        expect(left.map(line => line.index)).toEqual([...left.keys()])
        expect({ ...folded, list: '', lines: 0 }).toEqual({ ...whole, list: '', lines: 0 })
        expect(linesOf(desk, open(desk, group, folding)).map(idOf), 'opened so, it is the same').toEqual(shown)
        expect(linesOf(desk, whole).map(idOf), 'the one before has not moved').toEqual(lines.map(idOf))
        expect(desk.gate.read(db => desk.lists.news(db, folded.list, NOW).added)).toBe(0)

        for (const line of left) {
          if (line.line !== 'group') continue
          const of = under.get(line.group.name) ?? []
          expect(line.group.reports).toBe(of.length)
          const first = line.folded && `${line.folded.server} ${line.folded.id}`
          expect(first).toBe(isFolded(line.group.name) ? of[0] : null)
          const { targets } = desk.gate.read(db => desk.lists.group(db, folded.list, line.index))
          expect(targets.map(({ server, id }) => `${server} ${id}`)).toEqual(of)
        }
        // Each report is found: in its own line, or in that of the head which hides it.
        for (const line of lines) {
          if (line.line !== 'report') continue
          const id = idOf(line)
          const n = desk.numberOf({ ...plain, server: line.row.server === 's1' ? 's1' : 's2', id: line.row.id })
          const at = desk.gate.read(db => desk.lists.indexOf(db, folded.list, n))
          const hidden = [...under].find(([name, of]) => isFolded(name) && of.includes(id))?.[0] ?? null
          expect(at).toEqual({ index: shown.indexOf(hidden === null ? id : `head of ${hidden}`), folded: hidden })
        }
        // A range has what is between, and nothing that is folded.
        const between = desk.gate.read(db => desk.lists.targets(db, folded.list, 0, folded.lines))
        expect(between.targets.map(({ server, id }) => `${server} ${id}`)).toEqual(
          shown.filter(id => !id.startsWith('head of ')),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('going on passes over what is folded', () => {
  using folder = tempFolder()
  using desk = openDesk(folder.path)
  desk.tellAll(Array.from({ length: 9 }, (_, i) => ({ ...plain, id: String(i + 1), target: i % 3, created: NOON + i })))
  const list = open(desk, 'target', { all: false, but: ['target s1 1'] })
  expect(linesOf(desk, list).map(idOf)).toEqual([
    'head of target s1 0',
    's1 1',
    's1 4',
    's1 7',
    'head of target s1 1',
    'head of target s1 2',
    's1 3',
    's1 6',
    's1 9',
  ])
  const next = (from: number) => desk.gate.read(db => desk.lists.next(db, list.list, from, NOW, () => true))?.index
  expect([next(3), next(4), next(8)]).toEqual([6, 6, 1])
})

test('folding and unfolding again and again forgets nobody else’s list', () => {
  using folder = tempFolder()
  using desk = openDesk(folder.path)
  desk.tellAll([plain, { ...plain, id: '2' }])
  const others = open(desk, 'target')
  let mine = open(desk, 'target')
  for (let turn = 0; turn < 60; turn++) mine = fold(desk, mine.list, { all: turn % 2 === 0, but: [] })
  expect(linesOf(desk, others)).toHaveLength(3)
  expect(linesOf(desk, mine)).toHaveLength(3)
})
