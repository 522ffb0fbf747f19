import { expect, test } from 'vitest'
import type { Fault } from '../../src/main/sample/faults/faults.ts'
import type { Decision, DecisionKind } from '../../src/shared/contract/decisions.ts'
import { en } from '../../src/shared/messages/en.ts'
import { ended, kinds, openBench, untilIn } from './journal-ground.ts'
import { deadAddress } from './local-server.ts'

type Row = {
  name: string
  fault: Fault
  /** How the decision ends, and by which steps after `sending`. */
  ends: Decision['state']
  steps: readonly Decision['state'][]
  /** Writes that the server received: more than one only where the throttle itself refused the first. */
  received: number
  /** The kinds that it is tried on; each refusal of the throttle takes the clock five minutes. */
  on?: readonly DecisionKind[]
}

const done = { ends: 'done', steps: ['done'], received: 1 } as const
const failed = { ends: 'failed', steps: ['failed'], received: 1 } as const
const readBack = { ends: 'done', steps: ['unknown', 'done'], received: 1 } as const
const notDone = { ends: 'not-done', steps: ['unknown', 'not-done'], received: 1 } as const
const again = {
  ends: 'done',
  steps: ['ready', 'sending', 'done'],
  received: 2,
  on: ['report.close', 'account.warn', 'account.unlimit'],
} as const
const status = (code: number, after = false): Fault => ({ kind: 'status', status: code, after })

/** The table of DESIGN §6. `before` and `after`: whether the server had acted when it went wrong. */
const table: readonly Row[] = [
  { name: 'an answer that comes slowly', fault: { kind: 'trickled', bytes: 1024, everyMs: 1 }, ...done },
  { name: '429 with headers', fault: { kind: 'throttled', headers: true }, ...again },
  { name: '429 without headers', fault: { kind: 'throttled', headers: false }, ...again },
  { name: '400', fault: status(400), ...failed },
  { name: '404', fault: status(404), ...failed },
  { name: '422', fault: status(422), ...failed },
  { name: '403, the role as it was', fault: status(403), ...failed },
  { name: '302 to a captive portal', fault: { kind: 'captive-portal' }, ...notDone },
  { name: '408 before', fault: status(408), ...notDone },
  { name: '500 before', fault: status(500), ...notDone },
  { name: '500 after', fault: status(500, true), ...readBack },
  { name: '503 before', fault: status(503), ...notDone },
  { name: '504 after', fault: status(504, true), ...readBack },
  { name: 'cut before', fault: { kind: 'cut-before' }, ...notDone },
  { name: 'cut after', fault: { kind: 'cut-after' }, ...readBack },
  { name: 'JSON cut in the middle', fault: { kind: 'truncated' }, ...readBack },
  { name: 'no answer in time', fault: { kind: 'silent' }, ...readBack },
  { name: '200 with a page of HTML', fault: { kind: 'html' }, ...notDone },
  { name: 'a page of 401', fault: { kind: 'html', status: 401 }, ...notDone },
  { name: 'a page of 403', fault: { kind: 'html', status: 403 }, ...notDone },
  { name: 'a page of 403 in place of the answer', fault: { kind: 'html', status: 403, after: true }, ...readBack },
  { name: 'a page of 404', fault: { kind: 'html', status: 404 }, ...notDone },
  { name: 'a page of 429', fault: { kind: 'html', status: 429 }, ...notDone },
  { name: 'a page of 500', fault: { kind: 'html', status: 500 }, ...notDone },
  { name: '200 that is not JSON', fault: { kind: 'wrong-content-type', contentType: 'text/plain' }, ...readBack },
]

test.for(table)('$name: each kind ends $ends, sent at most once, and done means that it happened', async row => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const armed = new Map<DecisionKind, string>()
  for (const kind of row.on ?? kinds) {
    expect([kind, bench.happened(kind)]).toEqual([kind, false])
    bench.faultOn(kind, row.fault)
    armed.set(kind, (await bench.armKind(kind)).id)
  }
  for (const [kind, id] of armed) {
    const decision = await untilIn(ground, desk, id, ended)
    const asks = row.ends === 'not-done' && !bench.provesNot(kind)
    const after = decision.steps.map(step => step.state)
    const sent = after.indexOf('sending')
    expect([kind, decision.state, decision.why, after.slice(sent + 1)]).toEqual([
      kind,
      asks ? 'needs-person' : row.ends,
      row.ends === 'failed'
        ? expect.stringMatching(/^why\./)
        : row.steps.includes('unknown')
          ? expect.any(String)
          : null,
      asks ? ['unknown', 'needs-person'] : row.steps,
    ])
    // Jobs of the server run when its clock moves.
    ground.clock.advance(1)
    const writes = bench.writes(kind)
    expect([kind, writes.length]).toEqual([kind, row.received])
    expect(writes.filter(entry => entry.status !== 429).length).toBeLessThanOrEqual(1)
    expect([kind, writes.some(entry => entry.effect), bench.happened(kind)]).toEqual([
      kind,
      row.ends === 'done',
      row.ends === 'done',
    ])
  }
  expect(ground.server.faults.list()).toEqual([])
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})

/** The names of facts, also of those within others. */
const namesIn = (facts: object): string[] =>
  Object.entries(facts).flatMap(([name, value]) => [
    name,
    ...(typeof value === 'object' && value !== null && !Array.isArray(value) ? namesIn(value) : []),
  ])

test('no byte sent: ready again, and sent once when the line is back; each fact in the log has a name for people', async () => {
  await using bench = await openBench()
  const { ground, desk } = bench
  const nowhere = await deadAddress()
  for (const kind of kinds) {
    let down = true
    // The line goes down after the target was read.
    ground.between((real, input, init) => {
      if ((init?.method ?? 'GET') === 'GET' || !down) return real(input, init)
      down = false
      return real(nowhere, init)
    })
    const armed = await bench.armKind(kind)
    const decision = await untilIn(ground, desk, armed.id, ended)
    const states = decision.steps.map(step => step.state)
    expect([kind, states.slice(states.indexOf('sending'))]).toEqual([kind, ['sending', 'ready', 'sending', 'done']])
    expect(decision.steps.find((step, at) => step.state === 'ready' && at > 1)?.why ?? 'why.not-sent').toBe(
      'why.not-sent',
    )
    // Jobs of the server run when its clock moves.
    ground.clock.advance(1)
    expect([kind, bench.writes(kind).length, bench.happened(kind)]).toEqual([kind, 1, true])
  }
  const { entries } = await desk.call('log.page', { limit: 200 })
  const named = entries.flatMap(({ facts, personal }) => [...namesIn(facts), ...Object.keys(personal)])
  expect(new Set(named).size).toBeGreaterThan(15)
  expect([...new Set(named)].filter(name => !(`fact.${name}` in en))).toEqual([])
})
