import type { DecisionKind, Fields } from '../../../../shared/contract/decisions.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'

/** How a decision about the domain in view is armed; comes from outside. */
export type Deciding = {
  /** `onArmed`: then, also where the person is asked something first. */
  arm(kind: DecisionKind, fields: Fields, typed: string, onArmed?: () => void): Promise<void>
  busy: boolean
  trouble: Pick<Failure, 'code' | 'detail'> | null
}
