import type { DecisionKind } from '../src/shared/contract/decisions.ts'
import type { Engine } from '../src/shared/contract/index.ts'
import type { ReportRow } from '../src/shared/contract/reports.ts'
import { builtDoor, openDesk } from './desk.ts'
import { type Dice, makeDice } from './dice.ts'
import { type Figure, figure, p95, quantile, type Round, timed, work } from './figure.ts'
import { type Size, seededCopy, sizes } from './seed.ts'

const [RUNS, PAGE] = [40, 50]
const everything = { filter: {}, group: 'target', sort: 'severest' } as const

const openQueue = async (engine: Engine) => {
  const opened = await engine.call('reports.open', everything)
  const { lines } = await engine.call('reports.lines', { list: opened.list, from: 0, count: PAGE })
  return { ...opened, page: lines }
}
const rowsIn = (lines: Awaited<ReturnType<typeof openQueue>>['page']) =>
  lines.flatMap(line => (line.line === 'report' ? [{ row: line.row, index: line.index }] : []))

/** Key press to the row that shows it: arms, is told that decisions changed, reads the visible lines again. */
const armAndSee = async (engine: Engine, list: string, { row, index }: { row: ReportRow; index: number }) => {
  let stop = () => {}
  const shown = new Promise<void>((resolve, reject) => {
    stop = engine.watch(['decisions'], () => {
      engine.call('reports.lines', { list, from: Math.max(0, index - 25), count: PAGE }).then(({ lines }) => {
        const now = rowsIn(lines).find(line => line.index === index)
        if (now?.row.decision?.state === 'held') resolve()
      }, reject)
    })
  })
  const { decision } = await engine.call('decisions.arm', {
    server: row.server,
    subject: { of: 'report', id: row.id },
    kind: 'report.close',
    mail: false,
    despite: row.interest !== null,
  })
  await shown
  stop()
  return decision.id
}

/** What each rung can be tried on: limits and suspensions only where they are not in force. */
const fits = (kind: DecisionKind, { target }: ReportRow) =>
  kind === 'report.close' || (!target.flags.suspended && !target.flags.limited)

/** Twenty decisions as in the target: from the key to the next case with its ladder. */
const decideTwenty = async (engine: Engine, dice: Dice): Promise<Round> => {
  const kinds: DecisionKind[] = Array.from({ length: 20 }, (_, i) =>
    i % 2 === 0 ? 'report.close' : i % 4 === 1 ? 'account.limit' : 'account.suspend',
  )
  const { list, lines } = await engine.call('reports.open', everything)
  const round: Round = { wall: [], gauge: [] }
  const { lines: page } = await engine.call('reports.lines', { list, from: dice.below(lines - PAGE), count: PAGE })
  let row = rowsIn(page).find(line => line.row.decision === null && fits('account.limit', line.row))?.row
  for (const kind of kinds) {
    if (!row) break
    const on = { server: row.server, subject: { of: 'report', id: row.id } } as const
    const begun = performance.now()
    await engine.call('decisions.arm', {
      ...on,
      kind: fits(kind, row) ? kind : 'report.close',
      mail: false,
      // A report that the person at the desk filed: meant all the same.
      despite: row.interest !== null,
    })
    const { report } = await engine.call('reports.place', {
      list,
      report: { server: row.server, id: row.id },
      next: true,
    })
    if (!report) break
    const [found] = await Promise.all([
      engine.call('reports.case', report),
      engine.call('decisions.ladder', { server: report.server, subject: { of: 'report', id: report.id } }),
    ])
    const ended = performance.now()
    round.wall.push(ended - begun)
    work()
    round.gauge.push(performance.now() - ended)
    row = found.report
  }
  if (round.wall.length < kinds.length)
    throw new Error(`only ${round.wall.length} of ${kinds.length} decisions were made`)
  return round
}

const figuresAt = async (size: Size): Promise<Figure[]> => {
  using copy = seededCopy(size)
  await using desk = await openDesk(copy.path)
  const { engine } = desk
  const dice = makeDice(11)
  const { list, lines, reports } = await openQueue(engine)
  const at = `, ${size.reports.toLocaleString('en')} reports`
  const context = `${reports} open of ${size.reports} reports, ${size.accounts} accounts; over HTTP upgrade, WebSocket, the door's process and its worker`
  const pageAt = () => engine.call('reports.lines', { list, from: dice.below(lines - PAGE), count: PAGE })
  const some = await pageAt()
  const rows = rowsIn(some.lines)
  const caseAt = (turn: number) =>
    engine.call('reports.case', rows[Math.abs(turn) % rows.length]?.row ?? { server: 's1', id: '1' })
  const found = [
    p95(`wire: queue page${at}`, await timed(RUNS, pageAt), {
      target: 8,
      context: `${PAGE} lines at random places; ${context}`,
    }),
    p95(`wire: grouped queue${at}`, await timed(RUNS, () => openQueue(engine)), {
      target: 8,
      context: `opened by target, then its first ${PAGE} lines; ${context}`,
    }),
    p95(`wire: case${at}`, await timed(RUNS, caseAt), { context }),
    p95(`wire: counts${at}`, await timed(RUNS, () => engine.call('reports.counts', {})), { context }),
  ]
  const first = await openQueue(engine)
  const targets = rowsIn(first.page)
  let armed: string | undefined
  const arm = async (turn: number) => {
    const line = targets[Math.abs(turn) % targets.length]
    if (line) armed = await armAndSee(engine, first.list, line)
  }
  const takeBack = async () => {
    if (armed !== undefined) await engine.call('decisions.takeBack', { id: armed })
  }
  found.push(
    p95(`arming to the row that shows it${at}`, await timed(10, arm, { warm: 5, before: takeBack }), {
      target: 50,
      context: `armed, told that decisions changed, ${PAGE} lines read again; each logged and on disk with synchronous=FULL; ${context}`,
    }),
  )
  await takeBack()
  const decided: Round[] = []
  for (let round = 0; round < 5; round++) decided.push(await decideTwenty(engine, dice))
  const how = `from the key to the next case with its ladder, without a browser; half closed, a quarter limited, a quarter suspended; ${context}`
  const sums = decided.map(round => round.wall.reduce((sum, one) => sum + one, 0))
  found.push(
    p95(`deciding 20 reports, each${at}`, decided, { target: 50, context: how }),
    figure(`deciding 20 reports, in all${at}`, quantile(sums, 0.5), 'ms', {
      target: 1000,
      context: `median of ${sums.length} times 20; ${how}`,
    }),
  )
  return found
}

/** Memory of a door with its engine after an hour's worth of looking around. */
const memoryAt = async (size: Size): Promise<Figure[]> => {
  using copy = seededCopy(size)
  const script = builtDoor()
  await using desk = await openDesk(copy.path, script)
  const { engine } = desk
  const dice = makeDice(13)
  for (const group of ['target', 'origin', 'none'] as const)
    for (const sort of ['severest', 'oldest', 'newest'] as const) {
      const { list, lines } = await engine.call('reports.open', { filter: {}, group, sort })
      for (let i = 0; i < 40; i++) {
        const page = await engine.call('reports.lines', {
          list,
          from: dice.below(Math.max(1, lines - PAGE)),
          count: PAGE,
        })
        const row = rowsIn(page.lines)[0]?.row
        if (row) await engine.call('reports.case', row)
      }
      await engine.call('reports.counts', {})
    }
  const open = desk.memory()
  await engine.call('reports.open', { filter: { state: 'resolved' } })
  const all = desk.memory()
  const how = `${script === null ? 'run from the sources, which costs memory of its own (no build newer than the sources)' : 'as built'}; door and engine in one process, after 9 lists, 360 pages and cases; ${size.reports} reports, ${size.accounts} accounts`
  const at = `, ${size.reports.toLocaleString('en')} reports`
  return [
    figure(`memory of the engine${at}`, open.now, 'MB', {
      target: 250,
      context: `${how}; at most ${Math.round(open.peak)}`,
    }),
    figure(`memory with the closed ones opened${at}`, all.now, 'MB', {
      target: 250,
      context: `${how}; at most ${Math.round(all.peak)}`,
    }),
  ]
}

/** The same over the wire, what a decision takes, and memory. */
export const benches = async (): Promise<Figure[]> => {
  const found: Figure[] = []
  for (const size of sizes) found.push(...(await figuresAt(size)), ...(await memoryAt(size)))
  return found
}
