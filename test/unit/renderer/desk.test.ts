import { expect, test } from 'vitest'
import { hrefOf, type Route, readRoute } from '../../../src/renderer/src/app/route.ts'
import { inOrder, lastHeld } from '../../../src/renderer/src/features/decisions/held.ts'
import { factName, factPairs, factText } from '../../../src/renderer/src/features/log/facts.ts'
import { ageOptions, agesOf, ageValue } from '../../../src/renderer/src/features/reports/ages.ts'
import {
  countMarked,
  isMarked,
  mark,
  unmark,
  unmarkAll,
  useMarks,
} from '../../../src/renderer/src/features/reports/marks.ts'
import {
  chosenParts,
  filterOf,
  isNarrowed,
  nothingChosen,
  queueOf,
  queues,
} from '../../../src/renderer/src/features/reports/queue.ts'
import { fieldTime, fieldValue, snoozeTimes } from '../../../src/renderer/src/features/reports/snooze-times.ts'
import { choose, enterView, leaveView, nameView, useDesk } from '../../../src/renderer/src/features/reports/store.ts'
import { applicationsPage } from '../../../src/renderer/src/features/servers/applications-page.ts'
import { asksPerson, decisionWords, drawnAs, lookOf } from '../../../src/renderer/src/ui/decision-words.ts'
import { isVisible, showsSomething } from '../../../src/renderer/src/ui/visible.ts'
import type { Decision, DecisionKind, DecisionState } from '../../../src/shared/contract/decisions.ts'
import { DecisionKind as Kinds, DecisionState as States, WaitingFor } from '../../../src/shared/contract/decisions.ts'
import { ReportFilter } from '../../../src/shared/contract/reports.ts'

const routes: Route[] = [
  { screen: 'reports', queue: 'reports', server: null },
  { screen: 'reports', queue: 'mine', server: 's2' },
  { screen: 'reports', queue: 'campaigns', server: null, view: '01936b5e-0000-7000-8000-000000000000' },
  { screen: 'log' },
  { screen: 'settings' },
  { screen: 'needs' },
  { screen: 'sign-in', url: '' },
  { screen: 'sign-in', url: 'https://a.example:3000/?x&y' },
]

test.each(routes)('an address names its place: %o', route => {
  expect(readRoute(hrefOf(route))).toEqual(route)
})

test('an address that names nothing is the reports, on all servers', () => {
  for (const hash of ['', '#', '#/nowhere', '#/reports/nothing', '#/reports?server=<script>'])
    expect(readRoute(hash)).toEqual(routes[0])
})

test('queues as filters, and filters as queues', () => {
  const chosen = { ...nothingChosen, category: 'spam' as const, text: 'shop' }
  expect(filterOf('closed', 's1', chosen)).toMatchObject({ server: 's1', state: 'resolved', category: 'spam' })
  expect(filterOf('legal', null, chosen)).toMatchObject({ state: 'open', category: 'legal', text: 'shop' })
  expect(filterOf('mine', null, nothingChosen)).toMatchObject({ claim: 'mine', category: null, snoozed: 'out' })
  expect(filterOf('campaigns', null, nothingChosen).campaign).toBe('any')
  expect(filterOf('campaigns', null, { ...nothingChosen, campaign: 'link:a.example' }).campaign).toBe('link:a.example')
  expect(filterOf('snoozed', null, nothingChosen).snoozed).toBe('only')
  expect(chosenParts({ ...nothingChosen, assignee: 'nobody' })).toEqual(['assignee'])
  for (const queue of queues) {
    const own = queue === 'legal' ? { ...chosen, category: null } : chosen
    const filter = filterOf(queue, 's1', own)
    expect(ReportFilter.parse(filter)).toEqual(filter)
    expect(queueOf(filter)).toEqual({ queue, chosen: own })
  }
})

test('what a queue is narrowed by', () => {
  expect(isNarrowed(nothingChosen)).toBe(false)
  expect(isNarrowed({ ...nothingChosen, text: '  ' })).toBe(false)
  expect(isNarrowed({ ...nothingChosen, text: 'a' })).toBe(true)
  const chosen = { ...nothingChosen, origin: { domain: null }, age: { least: 1, below: null }, language: 'ja' }
  expect(chosenParts(chosen)).toEqual(['origin', 'language', 'age'])
})

test('ages as choices, each found again by its value', () => {
  for (const { value, says } of ageOptions()) {
    expect(ageValue(agesOf(value))).toBe(value)
    expect(says).toMatch(/\d/)
  }
  expect(agesOf('nonsense')).toEqual({ least: null, below: null })
})

test('snoozed until nine in the morning, next Monday never today', () => {
  const saturday = new Date(2026, 10, 28, 23, 30).getTime()
  const monday = new Date(2026, 10, 23, 8, 0).getTime()
  const at = (now: number, name: string) => new Date(snoozeTimes(now).find(each => each.name === name)?.at ?? 0)
  expect(at(saturday, 'tomorrow')).toEqual(new Date(2026, 10, 29, 9, 0))
  expect(at(saturday, 'monday')).toEqual(new Date(2026, 10, 30, 9, 0))
  expect(at(monday, 'monday')).toEqual(new Date(2026, 10, 30, 9, 0))
  for (const { at: then } of snoozeTimes(monday)) {
    expect(then).toBeGreaterThan(monday)
    expect(fieldTime(fieldValue(then))).toBe(then)
  }
  expect(fieldTime('')).toBeNull()
})

test('marks by report, counted by group', () => {
  const on = (id: string) => ({ server: 's1', id })
  unmarkAll()
  mark([on('1'), on('2'), on('3')], 'campaign link:a.example')
  mark([on('3'), on('4')], 'single')
  const state = () => useMarks.getState().marks
  expect([state().size, countMarked(state(), 'campaign link:a.example'), countMarked(state(), 'single')]).toEqual([
    4, 2, 2,
  ])
  expect(isMarked(state(), on('2'))).toBe(true)
  expect(isMarked(state(), { server: 's2', id: '2' })).toBe(false)
  unmark([on('2'), on('9')])
  expect(isMarked(state(), on('2'))).toBe(false)
  unmarkAll()
  expect(state().size).toBe(0)
})

test('the page where a token is made', () => {
  expect(applicationsPage('lindenhof.example')).toBe('https://lindenhof.example/settings/applications')
  expect(applicationsPage(' http://localhost:3000/about ')).toBe('http://localhost:3000/settings/applications')
  expect(applicationsPage('bücher.example')).toBe('https://xn--bcher-kva.example/settings/applications')
  for (const typed of ['', 'lin', 'not an address', 'javascript:alert(1)'])
    expect(applicationsPage(typed)).toBeUndefined()
})

const decision = (more: Partial<Decision> & { kind: DecisionKind; state: DecisionState }): Decision => ({
  id: '01936b5e-0000-7000-8000-000000000000',
  server: 's1',
  subject: { of: 'report', id: '1' },
  report: '1',
  account: null,
  name: '',
  fields: {},
  batch: null,
  waitingFor: null,
  armedAt: 0,
  sendAt: null,
  settledAt: null,
  why: null,
  status: null,
  steps: [],
  inverse: null,
  ...more,
})

test('every state of every kind has a sentence of its own', () => {
  for (const kind of Kinds.options)
    for (const state of States.options)
      for (const waitingFor of [null, ...WaitingFor.options]) {
        const words = decisionWords(decision({ kind, state, waitingFor, sendAt: 7000, settledAt: 0 }), 0)
        expect(words).not.toMatch(/^\w+\.|undefined|\{/)
      }
})

test('a held decision counts down and never below nothing', () => {
  const held = decision({ kind: 'account.limit', state: 'held', sendAt: 7000 })
  expect(decisionWords(held, 500)).toBe('limiting in 7s')
  expect(decisionWords(held, 9000)).toBe('limiting in 0s')
})

test('what was armed last and has not left is what z takes back', () => {
  const at = (armedAt: number, state: DecisionState) => decision({ kind: 'report.close', state, armedAt })
  expect(lastHeld([at(1, 'held'), at(3, 'ready'), at(5, 'sending'), at(6, 'done')])?.armedAt).toBe(3)
  expect(lastHeld([at(6, 'done'), at(7, 'unknown')])).toBeUndefined()
})

test('a person is asked where the outcome is not known, or where a decision grew old', () => {
  expect(asksPerson({ state: 'unknown', waitingFor: null })).toBe(true)
  expect(asksPerson({ state: 'ready', waitingFor: 'confirm' })).toBe(true)
  expect(asksPerson({ state: 'ready', waitingFor: 'server' })).toBe(false)
  // So it is drawn, too, and not as one that goes out by itself.
  expect(lookOf(drawnAs({ state: 'held', waitingFor: 'confirm' }))).toBe('unknown')
  expect(lookOf(drawnAs({ state: 'held', waitingFor: null }))).toBe('held')
})

test('facts of an entry as text', () => {
  expect(factText({ limited: false, by: null, rules: ['1', '2'] })).toBe('limited: no, by: –, and rules: 1 and 2')
  expect([factText(10_000, 'graceMs'), factText(3, 'to'), factName('sealedBy'), factName('ofTomorrow')]).toEqual([
    '10 seconds',
    '3',
    'token sealed by',
    'ofTomorrow',
  ])
  expect(factText(Date.UTC(2026, 10, 23, 12), 'from')).toContain('2026')
  // Codes of ours are words; what others wrote stands as it is.
  expect([factText('confirm', 'waitingFor'), factText('key-file', 'sealedBy'), factText('confirm', 'name')]).toEqual([
    'a person’s word',
    'a key file',
    'confirm',
  ])
  expect(factPairs({ after: true, before: false, setting: 'metered' })).toEqual([
    ['before', false],
    ['after', true],
  ])
  expect(factPairs({ kind: 'account.limit', note: '', status: 200, mail: false })).toEqual([
    ['status', 200],
    ['mail', false],
  ])
})

test('names and texts that leave no mark on the screen', () => {
  for (const blank of ['', '  \n', '\u200B\u2060', '\u3164', '\u2800\u2800', '\uFEFF\u00AD', '\u202E'])
    expect(isVisible(blank), JSON.stringify(blank)).toBe(false)
  for (const text of ['a', '。', 'م', '!', '\u{1F600}']) expect(isVisible(text), text).toBe(true)
  expect(showsSomething([{ tag: 'p', kids: ['\u200B', { tag: 'br', kids: [] }] }])).toBe(false)
  expect(showsSomething([{ tag: 'p', kids: [{ tag: 'a', href: null, misleads: false, kids: ['x'] }] }])).toBe(true)
})

test('the bar begins with what z takes back, then asks, then tells', () => {
  const at = (armedAt: number, state: DecisionState) => decision({ kind: 'report.close', state, armedAt })
  const bar = [at(1, 'held'), at(2, 'unknown'), at(3, 'held'), at(4, 'done'), at(5, 'sending'), at(6, 'cancelled')]
  expect(inOrder(bar).map(each => each.armedAt)).toEqual([3, 1, 2, 5, 4])
})

test('out of a view the queue is asked for as before it, and a choice that was made meanwhile stays', () => {
  const asked = () => {
    const { group, sort, chosen } = useDesk.getState()
    return { group, sort, category: chosen.category, language: chosen.language }
  }
  choose({ category: 'other' })
  const before = asked()
  const spam = { group: 'none', sort: 'newest', chosen: { ...nothingChosen, category: 'spam' } } as const
  enterView('a', spam)
  enterView('b', { ...spam, group: 'origin' })
  expect(asked()).toEqual({ group: 'origin', sort: 'newest', category: 'spam', language: null })
  leaveView()
  expect(asked()).toEqual(before)
  leaveView()
  expect(asked()).toEqual(before)

  enterView('a', spam)
  choose({ language: 'de' })
  leaveView()
  expect(asked()).toEqual({ group: 'none', sort: 'newest', category: 'spam', language: 'de' })

  // What was chosen by hand and is now a view narrows the queue no longer.
  nameView('c')
  leaveView()
  expect(asked()).toMatchObject({ category: null, language: null })
  useDesk.setState(useDesk.getInitialState())
})
