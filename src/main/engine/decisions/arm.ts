import type { Fields, Reasons, Subject } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { moveDecision, openOnTarget, putDecision } from './journal.ts'
import type { Arming, Kind } from './kind.ts'

/** What a kind takes, in the form that is sent. Fails with `invalid-input`: the field's path, and a code `field.*` that says what to do. */
export const readFields = (kind: Kind, fields: Fields): Fields => {
  const read = kind.fields.safeParse(fields)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const path = issue?.path.join('.') ?? ''
  throw new Failure('invalid-input', issue?.message.startsWith('field.') ? { path, reason: issue.message } : { path })
}

/** The subject as the mirror knows it. Fails with `not-found`, also for a subject that the kind has no say about. */
export const readArming = (db: ReadDb, kind: Kind, server: ServerKey, subject: Subject, fields: Fields): Arming => {
  if (!kind.subjects.includes(subject.of)) throw new Failure('not-found')
  return kind.arming(db, server, subject, fields)
}

/** An interest of one's own in what would be armed; null where there is none. */
export const interestIn = (db: ReadDb, kind: Kind, server: ServerKey, arming: Arming): string | null =>
  kind.interest?.(db, server, arming) ?? null

const sameOn = (db: ReadDb, kind: Kind, server: ServerKey, { target }: Arming) =>
  openOnTarget(db, server, target).find(earlier => earlier.kind === kind.kind)

/** True when the same is armed on the target already, or on its way. */
export const isArmed = (db: ReadDb, kind: Kind, server: ServerKey, arming: Arming): boolean =>
  sameOn(db, kind, server, arming) !== undefined

/** Why the same is not armed once more: it is armed or on its way, or nobody knows yet how it ended; null where it can be. */
export const refusesAgain = (db: ReadDb, kind: Kind, server: ServerKey, arming: Arming) => {
  const same = sameOn(db, kind, server, arming)
  if (!same) return null
  const isUnknown = same.state === 'unknown' || same.state === 'needs-person'
  return isUnknown ? 'refusal.outcome-unknown' : 'refusal.already-armed'
}

/** What arming is given beside the subject: `fields` as read, `batch` where it is part of one. */
export type Armed = {
  server: ServerKey
  subject: Subject
  arming: Arming
  choice: Omit<Reasons, 'fields'> & { fields: Fields }
  /** What `interestIn` found. */
  interest: string | null
  batch: string | null
  graceMs: number
}

/** Arms what may be armed: an earlier decision on the target that is still held gives way to it. */
export const armDecision = (context: Context, db: WriteDb, kind: Kind, on: Armed): string => {
  // What goes at once, such as assigning, hurts nobody and replaces nothing.
  for (const earlier of openOnTarget(db, on.server, on.arming.target))
    if (earlier.state === 'held' && kind.hasGrace)
      moveDecision(context, db, earlier.id, 'held', 'superseded', { why: 'why.superseded' })
  return putDecision(context, db, kind, on)
}
