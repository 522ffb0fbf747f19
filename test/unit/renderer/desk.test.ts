import { expect, test } from 'vitest'
import { hrefOf, type Route, readRoute } from '../../../src/renderer/src/app/route.ts'
import { inOrder, lastHeld } from '../../../src/renderer/src/features/decisions/held.ts'
import { factPairs, factText } from '../../../src/renderer/src/features/log/facts.ts'
import { filterOf } from '../../../src/renderer/src/features/reports/queue.ts'
import { applicationsPage } from '../../../src/renderer/src/features/servers/applications-page.ts'
import { asksPerson, decisionWords } from '../../../src/renderer/src/ui/decision-words.ts'
import { isVisible, showsSomething } from '../../../src/renderer/src/ui/visible.ts'
import type { Decision, DecisionKind, DecisionState } from '../../../src/shared/contract/decisions.ts'
import { DecisionKind as Kinds, DecisionState as States, WaitingFor } from '../../../src/shared/contract/decisions.ts'

const routes: Route[] = [
  { screen: 'reports', queue: 'reports', server: null },
  { screen: 'reports', queue: 'mine', server: 's2' },
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

test('queues as filters', () => {
  expect(filterOf('closed', 's1', 'spam')).toEqual({ server: 's1', state: 'resolved', category: 'spam', claim: 'any' })
  expect(filterOf('legal', null, 'spam')).toMatchObject({ state: 'open', category: 'legal' })
  expect(filterOf('mine', null, null)).toMatchObject({ claim: 'mine', category: null })
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
})

test('facts of an entry as text', () => {
  expect(factText({ limited: false, by: null, rules: ['1', '2'] })).toBe('limited: no, by: –, and rules: 1 and 2')
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
