import type { DomainMeasure } from '../../../shared/contract/domains.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import type { Kind, Reading, Work } from '../decisions/kind.ts'
import { fetchDomainMeasures } from '../mastodon/endpoints/domain-measures.ts'
import { brakeFor, UNMEASURED } from './guard-rails.ts'
import { findMeasure, putMeasure } from './measures.ts'
import { readDomain } from './name.ts'

/** The server answers with the same for so long (contract E.9). */
const GOOD_MS = 300_000
/** What is about to go out leans on numbers no older than this. */
const OLD_MS = 3_600_000

type Asked = Pick<Reading, 'context' | 'session' | 'signal'> & { cls: Work['cls'] | 'interactive' }

/** What the server counts of a domain, from the mirror while it is fresh. Fails as the request fails. */
export const measureDomain = async (asked: Asked, domain: string, goodMs = GOOD_MS): Promise<DomainMeasure> => {
  const { context, session, cls, signal } = asked
  const at = context.clock.now()
  const known = context.gate.read(db => findMeasure(db, session.key, domain))
  if (known && at - known.at < goodMs) return known
  const told = await fetchDomainMeasures(context.guard, session, domain, at, cls, signal)
  const measure: DomainMeasure = {
    accounts: told.instance_accounts ?? null,
    follows: told.instance_follows ?? null,
    followers: told.instance_followers ?? null,
    reports: told.instance_reports ?? null,
    statuses: told.instance_statuses ?? null,
    mediaBytes: told.instance_media_attachments ?? null,
    at,
  }
  context.gate.write(['domains'], db => putMeasure(db, session.key, domain, measure))
  return measure
}

/** How many follows a suspension of the domain cuts, both ways and below it, as far as that was counted. */
export const cutBy = (db: ReadDb, server: ServerKey, typed: string): number => {
  const { domain } = readDomain(typed)
  const measure = domain === null ? undefined : findMeasure(db, server, domain)
  return (measure?.follows ?? 0) + (measure?.followers ?? 0)
}

/** A domain that was never counted is left out of batches until it is. */
export const readUnmeasured: NonNullable<Kind['unread']> = {
  brake: UNMEASURED,
  read: async ({ context, session, subject, signal }) => {
    const { domain } = readDomain(subject.id)
    if (domain !== null) await measureDomain({ context, session, signal, cls: 'batch' }, domain)
  },
}

/**
 * The brake before what goes out over none, looked at once more just before: what was small when it was armed may be large by now,
 * and then a person is asked. Fails as the request fails, but for the right to the numbers.
 */
export const brakeNow = async (work: Work, suspends: boolean): Promise<{ asks: string } | null> => {
  const { context, session, decision } = work
  if (!suspends || decision.brake !== null) return null
  const domain = decision.domain ?? ''
  const look = () => context.gate.read(db => brakeFor(db, session.key, domain, true))
  const known = context.gate.read(db => findMeasure(db, session.key, domain))
  if (known ? context.clock.now() - known.at > OLD_MS : look() === UNMEASURED)
    await measureDomain(work, domain).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.code !== 'not-allowed') throw error
    })
  const brake = look()
  return brake === null ? null : { asks: brake }
}
