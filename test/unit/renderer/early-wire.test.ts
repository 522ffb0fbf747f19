import { expect, test, vi } from 'vitest'
import { earlyQuestions } from '../../../src/renderer/src/app/first-questions.ts'
import { openFirst } from '../../../src/renderer/src/app/open-first.ts'
import { askEarly, type EarlyQuestion } from '../../../src/renderer/src/client/early-wire.ts'
import { endFirst } from '../../../src/renderer/src/client/first-answers.ts'
import { takeEarly } from '../../../src/renderer/src/features/reports/early.ts'
import { nothingChosen } from '../../../src/renderer/src/features/reports/queue.ts'
import { contract } from '../../../src/shared/contract/index.ts'
import { ReportFilter } from '../../../src/shared/contract/reports.ts'
import { connect } from '../../../src/shared/contract/rpc.ts'
import { pairOfWires } from '../../../src/shared/contract/wires.ts'
import { systemClock } from '../../../src/shared/system-clock.ts'

type Frame = { t: string; id: number; m: string; p: unknown; topics: string[] }
const aMoment = () => new Promise(resolve => setTimeout(resolve))

/** An engine's end of a wire, with the questions that were asked on it early, and what comes and goes. */
const setUp = (questions: readonly EarlyQuestion[]) => {
  const [near, far] = pairOfWires()
  const heard: Frame[] = []
  far.listen({ text: text => void heard.push(JSON.parse(text)), close: () => {} })
  const page = askEarly(near, ['signups'], questions)
  return {
    page,
    calls: () => heard.filter(({ t }) => t === 'call').map(({ m }) => m),
    watched: () => heard.filter(({ t }) => t === 'watch').map(({ topics }) => topics),
    all: () => heard,
    answer: (method: string, r: unknown) => {
      for (const { id } of heard.filter(({ m }) => m === method).slice(-1)) far.send(JSON.stringify({ t: 'ok', id, r }))
    },
    change: (...topics: string[]) => far.send(JSON.stringify({ t: 'changed', topics })),
    client: () => connect(contract, async () => page, { clock: systemClock }),
  }
}
const counting = { method: 'signups.count', input: {} }

test('a call that was asked early is not sent again, whether its answer was there before or comes after; other calls go their way', async () => {
  const early = setUp([counting, { method: 'batches.list', input: {} }])
  await aMoment()
  expect(early.calls()).toEqual(['signups.count', 'batches.list'])
  early.answer('signups.count', { waiting: 7 })
  await aMoment()
  const engine = early.client()
  const asked = [engine.call('signups.count', {}), engine.call('batches.list', {}), engine.call('signups.count', {})]
  await aMoment()
  expect(early.calls()).toEqual(['signups.count', 'batches.list', 'signups.count'])
  early.answer('batches.list', { batches: [] })
  early.answer('signups.count', { waiting: 8 })
  expect(await Promise.all(asked)).toEqual([{ waiting: 7 }, { batches: [] }, { waiting: 8 }])
  engine.close()
})

test('what changed before the page asked is asked anew, and what it watches meanwhile is watched for it', async () => {
  const early = setUp([counting])
  await aMoment()
  early.answer('signups.count', { waiting: 7 })
  early.change('signups')
  await aMoment()
  const engine = early.client()
  const stale = engine.call('signups.count', {})
  await aMoment()
  expect(early.calls()).toEqual(['signups.count', 'signups.count'])
  early.answer('signups.count', { waiting: 8 })
  expect(await stale).toEqual({ waiting: 8 })
  engine.close()

  const calm = setUp([counting])
  const later = calm.client()
  await aMoment()
  expect(calm.watched(), 'nothing that the page watches yet').toEqual([['signups'], ['signups']])
  const given = later.call('signups.count', {})
  const unwatch = later.watch(['sync'], () => {})
  await aMoment()
  expect(calm.watched().at(-1)).toEqual(['sync'])
  calm.answer('signups.count', { waiting: 9 })
  expect(await given).toEqual({ waiting: 9 })
  unwatch()
  later.close()
})

test('an answer that was late when something changed is nobody’s; one that is given up is given up at the engine', async () => {
  const early = setUp([counting])
  await aMoment()
  early.change('signups')
  await aMoment()
  const engine = early.client()
  const again = engine.call('signups.count', {})
  await aMoment()
  const [first, second] = early.all().filter(({ t }) => t === 'call')
  expect([first?.id, second?.id]).toEqual([-1, 1])
  early.answer('signups.count', { waiting: 8 })
  expect(await again).toEqual({ waiting: 8 })
  engine.close()

  const left = setUp([counting])
  const other = left.client()
  const abort = new AbortController()
  const call = other.call('signups.count', {}, { signal: abort.signal }).catch(error => error.code)
  await aMoment()
  abort.abort()
  expect(await call).toBe('cancelled')
  await aMoment()
  expect(left.all().at(-1)).toEqual({ t: 'cancel', id: -1 })
  other.close()
})

test('a start asks early exactly what its first screen asks, the list’s lines as soon as it is open', async () => {
  const { server: _, state: __, claim: ___, snoozed: ____, ...nothing } = ReportFilter.parse({})
  expect(nothingChosen).toEqual(nothing)

  const opened = { list: 'l1', lines: 120, reports: 120, accounts: 3, oldestAt: null }
  for (const hash of ['', '#/', '#/reports']) {
    vi.stubGlobal('location', { hash })
    const early = setUp(earlyQuestions(hash, null))
    await aMoment()
    early.answer('reports.open', opened)
    await aMoment()
    early.answer('reports.lines', { lines: [] })
    const asked = early.calls()
    const engine = early.client()
    const answered = openFirst(engine)
    await aMoment()
    for (const method of asked.slice(1)) early.answer(method, {})
    engine.close()
    await answered
    expect(early.calls()).toEqual(asked)
    expect(asked.slice(0, 1)).toEqual(['reports.open'])
    expect(asked.at(-1)).toBe('reports.lines')
    const key = JSON.stringify(early.all().find(({ m }) => m === 'reports.open')?.p)
    expect(takeEarly(key)?.opened).toEqual(opened)
  }
  endFirst()
  // Where an address or the place one was at says more, who knows it asks.
  for (const [hash, place] of [
    ['#/signups', null],
    ['#/reports?server=s1', null],
    ['#/reports/legal', null],
    ['', '{}'],
  ] as const)
    expect(earlyQuestions(hash, place).map(({ method }) => method)).not.toContain('reports.open')
})
