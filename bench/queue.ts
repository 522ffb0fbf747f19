import type { Gate } from '../src/main/engine/db/gate.ts'
import { openData } from '../src/main/engine/db/open.ts'
import { readCase } from '../src/main/engine/reports/case.ts'
import { makeLists } from '../src/main/engine/reports/lists.ts'
import { ReportFilter, type ReportGrouping } from '../src/shared/contract/reports.ts'
import { makeDice } from './dice.ts'
import { type Figure, figure, p95, timed } from './figure.ts'
import { SEEDED_AT, type Size, seededCopy, sizes } from './seed.ts'

const everything = ReportFilter.parse({})
const [RUNS, PAGE] = [60, 50]

/**
 * What a sync does between two looks: it tells 200 reports again, of which one is new to the list and one has left it. The one that
 * leaves comes back in the next turn.
 */
const disturb = (gate: Gate, open: readonly number[], turn: number) =>
  gate.write(['reports'], db => {
    const from = ((turn + 100) * 200) % (open.length - 201)
    for (let i = 0; i < 200; i++)
      db.run('UPDATE mirror.report SET seen_at = seen_at + 1 WHERE n = ?', [open[from + i] ?? 0])
    const [left, back] = [open[(turn + 100) * 7], open[(turn + 99) * 7]]
    db.run('UPDATE mirror.report SET resolved_at = ? WHERE n = ?', [SEEDED_AT + turn, left ?? 0])
    db.run('UPDATE mirror.report SET resolved_at = NULL WHERE n = ?', [back ?? 0])
  })

const figuresAt = async (size: Size): Promise<Figure[]> => {
  using copy = seededCopy(size)
  const data = openData(copy.path, SEEDED_AT)
  const { gate } = data
  const dice = makeDice(7)
  const lists = makeLists()
  const open = gate.read(db => db.column<number>('SELECT n FROM mirror.report WHERE resolved_at IS NULL ORDER BY n'))
  const at = `, ${size.reports.toLocaleString('en')} reports`
  const context = `${open.length} open of ${size.reports} reports, ${size.accounts} accounts; in the engine, no wire`
  const look = (filter: ReportFilter = everything, group: ReportGrouping = 'campaign') =>
    gate.read(db => {
      const opened = lists.open(db, filter, group, 'severest', SEEDED_AT)
      return { ...opened, page: lists.lines(db, opened.list, 0, PAGE, SEEDED_AT) }
    })
  const begun = performance.now()
  const first = look()
  const cold = performance.now() - begun
  const pageAt = () => {
    const from = dice.below(first.lines - PAGE)
    return gate.read(db => lists.lines(db, first.list, from, PAGE, SEEDED_AT))
  }
  const some = Array.from({ length: RUNS }, () => dice.pick([open[0] ?? 0, ...open]))
  const ids = gate.read(db =>
    some.map(n => db.get<{ server: string; id: string }>('SELECT server, id FROM mirror.report WHERE n = ?', [n])),
  )
  const caseAt = (turn: number) => {
    const { server, id } = ids[Math.abs(turn) % ids.length] ?? { server: '', id: '' }
    return gate.read(db => readCase(db, server, id, SEEDED_AT, new Map()))
  }
  const found = [
    p95(`queue page${at}`, await timed(RUNS, pageAt), {
      target: 5,
      context: `${PAGE} lines at random places; ${context}`,
    }),
    p95(`grouped queue${at}`, await timed(RUNS, () => look()), {
      target: 5,
      context: `opened by target, with its first ${PAGE} lines; ${context}`,
    }),
    p95(
      `grouped queue after a sync page${at}`,
      await timed(RUNS, () => look(), { before: turn => disturb(gate, open, turn) }),
      {
        target: 5,
        context: `the same, each after 200 reports were told again and two of them changed; ${context}`,
      },
    ),
    p95(`queue by origin${at}`, await timed(RUNS, () => look(everything, 'origin')), { target: 5, context }),
    p95(
      `queue of one server, spam only${at}`,
      await timed(RUNS, () => look({ ...everything, server: 's1', category: 'spam' })),
      { target: 5, context },
    ),
    figure(`queue opened for the first time${at}`, cold, 'ms', {
      context: `once, files in the system's cache; ${context}`,
    }),
    p95(`closed reports${at}`, await timed(10, () => look({ ...everything, state: 'resolved' }), { warm: 4 }), {
      context: `the list of ${size.reports - open.length} closed ones with its first lines; in the engine`,
    }),
    p95(
      `counts${at}`,
      await timed(RUNS, () => gate.read(db => lists.counts(db, SEEDED_AT)), {
        before: turn => disturb(gate, open, turn),
      }),
      { context: `each after a sync page; ${context}` },
    ),
    p95(`case${at}`, await timed(RUNS, caseAt), { context: `random open reports; ${context}` }),
  ]
  data.close()
  return found
}

/** Queue pages, grouped queues and cases in the engine, without the wire. */
export const benches = async (): Promise<Figure[]> => {
  const found: Figure[] = []
  for (const size of sizes) found.push(...(await figuresAt(size)))
  return found
}
