import type { DecisionKind, WayBack } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ReadDb } from '../db/handle.ts'
import { isArmed, readArming } from './arm.ts'
import type { Kind, StoredDecision } from './kind.ts'

/** What would give back what a decision changed, as it would be armed now; null where nothing does, or nothing is left to give back. */
export const wayBackOf = (
  db: ReadDb,
  kinds: ReadonlyMap<DecisionKind, Kind>,
  decision: StoredDecision,
  now: number,
): WayBack | null => {
  const kind = kinds.get(decision.kind)
  const inverse = kind?.inverse ? kinds.get(kind.inverse) : undefined
  if (!kind || !inverse || decision.state !== 'done') return null
  const fields = inverse.fields.safeParse(kind.wayBack ? kind.wayBack(decision, now) : {})
  if (!fields.success) return null
  const subject = { of: decision.subject_of, id: decision.subject_id }
  try {
    const arming = readArming(db, inverse, decision.server, subject, fields.data)
    if (arming.refusal !== null || isArmed(db, inverse, decision.server, arming)) return null
    const { does, back } = inverse.rung(db, decision.server, subject)
    return { kind: inverse.kind, subject, fields: fields.data, brake: arming.brake, name: arming.name, does, back }
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}
