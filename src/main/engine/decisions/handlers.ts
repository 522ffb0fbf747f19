import type { Decision, DecisionKind, decisions } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { armDecision, interestIn, readArming, readFields, refusesAgain } from './arm.ts'
import { decisionsIn, factsOf, moveDecision, readDecision, setWaiting } from './journal.ts'
import type { Kind } from './kind.ts'
import { endHeldWindows, underway } from './queue.ts'
import { barDecisions, pageOfDecisions, toDecision } from './read.ts'
import type { Runner } from './runner.ts'
import { wayBackOf } from './way-back.ts'

/** How long an ended decision stays in the bar. */
const IN_BAR_MS = 120_000

/** Arms, takes back, confirms and settles decisions; everything else is the runner's. */
export const decisionsHandlers = (
  context: Context,
  kinds: ReadonlyMap<DecisionKind, Kind>,
  runner: Runner,
  graceMs: () => number,
): Handlers<typeof decisions, unknown> => {
  const { gate, clock } = context
  const inverses = new Map([...kinds].map(([name, kind]) => [name, kind.inverse]))
  const kindOf = (name: DecisionKind): Kind => {
    const kind = kinds.get(name)
    if (!kind) throw new Failure('not-found')
    return kind
  }
  const told = (id: string): { decision: Decision } =>
    gate.read(db => ({ decision: toDecision(db, readDecision(db, id), inverses) }))
  const tooLate = () => new Failure('conflict', { reason: 'failure.too-late' })

  return {
    'decisions.ladder': ({ server, subject }) =>
      gate.read(db => {
        const rungsIn = (place: Kind['place']) =>
          [...kinds.values()]
            .filter(kind => kind.place === place && kind.subjects.includes(subject.of))
            .map(kind => kind.rung(db, server, subject))
        return {
          rungs: rungsIn('rung'),
          ways: rungsIn('way').filter(rung => rung.refusal === null),
          asides: rungsIn('aside'),
        }
      }),
    'decisions.arm': ({ server, subject, kind: name, typed, despite, ...reasons }) => {
      const kind = kindOf(name)
      const choice = { ...reasons, fields: readFields(kind, reasons.fields) }
      const id = gate.write(['decisions', 'log'], db => {
        const arming = readArming(db, kind, server, subject, choice.fields)
        if (arming.refusal !== null) throw new Failure('not-allowed', { reason: arming.refusal, name: arming.name })
        const again = refusesAgain(db, kind, server, arming)
        if (again) throw new Failure('conflict', { reason: again })
        if (arming.brake !== null && typed.trim() !== arming.name)
          throw new Failure('not-allowed', { reason: arming.brake, name: arming.name })
        const interest = interestIn(db, kind, server, arming)
        // A name that was typed is more than a second press.
        if (interest !== null && arming.brake === null && !despite)
          throw new Failure('not-allowed', { reason: 'interest.again', what: interest })
        return armDecision(context, db, kind, {
          server,
          subject,
          arming,
          choice,
          interest,
          batch: null,
          graceMs: graceMs(),
        })
      })
      runner.wake()
      return told(id)
    },
    'decisions.takeBack': ({ id }) => {
      gate.write(['decisions', 'log'], db => {
        const { state } = readDecision(db, id)
        if (state !== 'held' && state !== 'ready') throw tooLate()
        moveDecision(context, db, id, state, 'cancelled', { why: 'why.taken-back' })
      })
      runner.wake()
      return told(id)
    },
    'decisions.confirm': ({ id, send, typed }) => {
      gate.write(['decisions', 'log'], db => {
        const decision = readDecision(db, id)
        if (decision.state !== 'ready' || decision.waiting_for !== 'confirm') throw tooLate()
        if (!send) return moveDecision(context, db, id, 'ready', 'cancelled', { why: 'why.not-confirmed' })
        const brake = decision.why?.startsWith('brake.') ? decision.why : decision.brake
        if (brake !== decision.brake && typed.trim() !== decision.name)
          throw new Failure('not-allowed', { reason: brake ?? '', name: decision.name })
        setWaiting(db, id, null)
        db.run('UPDATE decision SET ready_at = ?, brake = ?, why = NULL WHERE id = ?', [clock.now(), brake, id])
        context.log(db, {
          source: 'did',
          action: 'decision.confirmed',
          server: decision.server,
          facts: factsOf(decision),
        })
      })
      runner.wake()
      return told(id)
    },
    'decisions.readAgain': async ({ id }) => {
      const { state } = gate.read(db => readDecision(db, id))
      if (state !== 'unknown' && state !== 'needs-person') throw tooLate()
      await runner.lookNow(id)
      return told(id)
    },
    'decisions.settle': ({ id, done }) => {
      gate.write(['decisions', 'log'], db => {
        const { state } = readDecision(db, id)
        if (state !== 'unknown' && state !== 'needs-person') throw tooLate()
        moveDecision(context, db, id, state, done ? 'done' : 'not-done', {
          why: 'why.by-person',
          action: 'decision.settled-by-person',
        })
      })
      runner.wake()
      return told(id)
    },
    'decisions.wayBack': ({ id }) =>
      gate.read(db => ({ way: wayBackOf(db, kinds, readDecision(db, id), clock.now()) })),
    'decisions.underway': () => gate.read(underway),
    'decisions.sendNow': () => {
      const sent = gate.write(['decisions'], db => endHeldWindows(db, clock.now()))
      runner.wake()
      return { sent }
    },
    'decisions.bar': () =>
      gate.read(db => ({
        decisions: barDecisions(db, clock.now() - IN_BAR_MS).map(row => toDecision(db, row, inverses)),
        graceSeconds: Math.round(graceMs() / 1000),
        needsPerson:
          decisionsIn(db, ['needs-person']).length +
          decisionsIn(db, ['ready']).filter(row => row.waiting_for === 'confirm').length,
      })),
    'decisions.one': ({ id }) => told(id),
    'decisions.page': ({ states, before, limit }) =>
      gate.read(db => ({
        decisions: pageOfDecisions(db, states, before ?? Number.MAX_SAFE_INTEGER, limit).map(row =>
          toDecision(db, row, inverses),
        ),
      })),
  }
}
