import type { Subject } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import type { Arming } from '../decisions/kind.ts'
import { findServer } from '../servers/table.ts'
import { readDomain } from './name.ts'

/** What differs between the kinds when they are armed on a domain, which is in A-label form by then. */
export type Facts = Pick<Arming, 'refusal' | 'brake' | 'before' | 'kept'>

/** The right that all of them need (contract B.3). */
export const roleRefusal = (db: ReadDb, server: ServerKey): string | null =>
  findServer(db, server)?.role.manageFederation ? null : 'refusal.role-federation'

/** Arms on a domain; what is none is refused with the sentence that says why. */
export const armOn = (subject: Subject, facts: (domain: string) => Facts): Arming => {
  const read = readDomain(subject.id)
  const domain = read.domain ?? subject.id
  return {
    target: `domain:${domain}`,
    report: null,
    account: null,
    name: domain,
    domain,
    ...(read.domain === null ? { before: {}, refusal: read.problem, brake: null } : facts(read.domain)),
  }
}

/** The domain of a text, or `invalid-input` with the sentence that says why it is none. */
export const domainOf = (text: string): { domain: string } => {
  const read = readDomain(text)
  if (read.domain === null) throw new Failure('invalid-input', { path: 'domain', reason: read.problem })
  return read
}
