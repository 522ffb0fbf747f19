import { afterEach, expect, test, vi } from 'vitest'
import { openFirst } from '../../../src/renderer/src/app/open-first.ts'
import { askFirst, endFirst, firstAnswer } from '../../../src/renderer/src/client/first-answers.ts'
import { openEarly, takeEarly } from '../../../src/renderer/src/features/reports/early.ts'
import { contract } from '../../../src/shared/contract/index.ts'
import { ReportFilter } from '../../../src/shared/contract/reports.ts'
import { connect } from '../../../src/shared/contract/rpc.ts'
import { pairOfWires } from '../../../src/shared/contract/wires.ts'
import { systemClock } from '../../../src/shared/system-clock.ts'

const engines: { close(): void }[] = []
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close()
})

/** An engine that answers by a table, and its word that something changed. */
const openDesk = (answers: Record<string, unknown>) => {
  const [near, far] = pairOfWires()
  const heard: string[] = []
  far.listen({
    text: text => {
      const said: { t: string; id: number; m: string } = JSON.parse(text)
      if (said.t !== 'call') return
      heard.push(said.m)
      const r = answers[said.m]
      far.send(
        JSON.stringify(
          r === undefined
            ? { t: 'err', id: said.id, e: { code: 'internal', detail: {} } }
            : { t: 'ok', id: said.id, r },
        ),
      )
    },
    close: () => {},
  })
  const engine = connect(contract, async () => near, { clock: systemClock })
  engines.push(engine)
  return {
    engine,
    heard,
    change: (...topics: string[]) => far.send(JSON.stringify({ t: 'changed', topics })),
  }
}
const list = { list: 'l1', lines: 0, reports: 0, accounts: 0, oldestAt: null }
const input = { filter: ReportFilter.parse({}), group: 'none', sort: 'newest' } as const
const key = JSON.stringify(input)

test('the list that a start opens is there before anyone shows it, and given once, to whoever shows that very list soon', async () => {
  const desk = openDesk({ 'reports.open': list, 'reports.lines': { lines: [] } })
  await openEarly(desk.engine, input)
  expect(takeEarly('another')).toBeUndefined()
  expect(takeEarly(key)).toBeUndefined()
  await openEarly(desk.engine, input)
  expect(takeEarly(key)?.opened).toEqual(list)
  expect(takeEarly(key)).toBeUndefined()
  await openEarly(desk.engine, input)
  const later = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 6_000)
  expect(takeEarly(key)).toBeUndefined()
  later.mockRestore()
})

test('a list that cannot be opened, or whose lines cannot be read, is left to whoever shows it', async () => {
  const closed = openDesk({})
  await openEarly(closed.engine, input)
  expect(takeEarly(key)).toBeUndefined()
  const blank = openDesk({ 'reports.open': { ...list, lines: 3, reports: 3 } })
  await openEarly(blank.engine, input)
  expect(blank.heard).toEqual(['reports.open', 'reports.lines'])
  expect(takeEarly(key)).toBeUndefined()
})

test('a first answer is known by its question, until something changed or the desk is drawn', async () => {
  const desk = openDesk({ 'signups.count': { waiting: 7 } })
  const ask = () => askFirst(desk.engine, 'signups.count', {})
  await ask()
  expect(firstAnswer('signups.count', {})).toEqual({ waiting: 7 })
  expect(firstAnswer('reports.counts', { server: null })).toBeUndefined()
  desk.change('signups')
  await new Promise(resolve => setTimeout(resolve))
  expect(firstAnswer('signups.count', {})).toBeUndefined()
  await ask()
  endFirst()
  expect(firstAnswer('signups.count', {})).toBeUndefined()
  await askFirst(desk.engine, 'batches.list', {})
  expect(firstAnswer('batches.list', {})).toBeUndefined()
})

test('an address that names an account asks for its page and its ladder at once, another for neither, and each for what was being written', async () => {
  const ofAccount = ['accounts.show', 'decisions.ladder']
  for (const [hash, wanted] of [
    ['#/accounts?on=s1&account=17', ofAccount],
    ['#/accounts', []],
    ['#/reports', []],
  ] as const) {
    const desk = openDesk({})
    vi.stubGlobal('location', { hash })
    await openFirst(desk.engine)
    expect([hash, desk.heard.filter(one => ofAccount.includes(one))]).toEqual([hash, wanted])
    expect(desk.heard, 'a field that opens at once has its words').toContain('drafts.list')
  }
  vi.unstubAllGlobals()
})
