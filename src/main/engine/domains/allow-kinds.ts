import type { Subject } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { type Arming, type Kind, noFields, rungOfForm, type StoredDecision, type Work } from '../decisions/kind.ts'
import { shownBy } from '../decisions/read-back.ts'
import { createDomainAllow, domainAllowsThere, removeDomainAllow } from '../mastodon/endpoints/domain-allows.ts'
import { DomainAllowEntity } from '../mastodon/entities/domain-block.ts'
import { storeShown } from '../reports/lost.ts'
import { federatesLimited } from '../servers/instance-table.ts'
import { armOn, roleRefusal } from './arming.ts'
import { relationsBrake } from './guard-rails.ts'
import { brakeNow, cutBy, readUnmeasured } from './measuring.ts'
import { readNewAllow } from './reading.ts'
import { domainAllowStore } from './store.ts'
import { findDomainAllowOf } from './table.ts'

const held = ({ context, session, decision }: Work) =>
  context.gate.read(db => findDomainAllowOf(db, session.key, decision.domain ?? ''))

const armAllow = (db: ReadDb, server: ServerKey, subject: Subject): Arming =>
  armOn(subject, domain => ({
    refusal: roleRefusal(db, server) ?? (findDomainAllowOf(db, server, domain) ? 'refusal.allowed' : null),
    brake: null,
    before: {},
  }))

const allow: Kind = {
  kind: 'domain.allow',
  subjects: ['domain'],
  place: 'way',
  hasGrace: true,
  inverse: 'domain.disallow',
  fields: noFields,
  codes: [],
  // The server answers a repeat with the allow that is there.
  requests: 1,
  arming: armAllow,
  rung: (db, server, subject) => rungOfForm('domain.allow', armAllow(db, server, subject)),
  precondition: async work => {
    if (work.cls === 'decision') await readNewAllow(work)
    return held(work) ? 'why.already-so' : null
  },
  request: ({ context, session, decision, cls, signal }) =>
    createDomainAllow(context.guard, session, decision.domain ?? '', cls, signal),
  readBack: async work => {
    const all = held(work) !== undefined || (await readNewAllow(work))
    return shownBy(held(work) !== undefined, all)
  },
  take: ({ context, session }, json) => {
    const made = DomainAllowEntity.safeParse(json)
    if (made.success) domainAllowStore.put(context, session.key, [made.data], context.clock.now())
    return made.success
  },
  refresh: async work => {
    if (!held(work)) await readNewAllow(work)
  },
}

const idOf = ({ before }: StoredDecision): string => String(JSON.parse(before).allow)

const armDisallow = (db: ReadDb, server: ServerKey, subject: Subject): Arming =>
  armOn(subject, domain => {
    const found = findDomainAllowOf(db, server, domain)
    return {
      refusal: roleRefusal(db, server) ?? (found ? null : 'refusal.not-allowed'),
      // In limited federation it deletes what is known of the domain, as a suspension does; elsewhere it does nothing.
      brake: federatesLimited(db, server) === false ? null : relationsBrake(db, server, domain),
      before: found ? { allow: found.id } : {},
    }
  })

/** Whether the allow is still there, and its id names no other; stores what became of it. */
const isThere = async (work: Work): Promise<boolean> => {
  const { context, session, decision, cls, signal } = work
  const id = idOf(decision)
  const { item: found, askedAt } = await domainAllowsThere.find(context.guard, session, id, cls, signal)
  await storeShown(work, by =>
    found
      ? domainAllowStore.put(by, session.key, [found], askedAt)
      : domainAllowStore.remove(by, session.key, [id], askedAt),
  )
  return found?.domain.toLowerCase() === decision.domain
}

const disallow: Kind = {
  kind: 'domain.disallow',
  subjects: ['domain'],
  place: 'way',
  hasGrace: true,
  inverse: 'domain.allow',
  fields: noFields,
  codes: [],
  requests: 2,
  cuts: (db, server, { id }) => cutBy(db, server, id),
  unread: readUnmeasured,
  arming: armDisallow,
  rung: (db, server, subject) => rungOfForm('domain.disallow', armDisallow(db, server, subject)),
  precondition: async work => ((await isThere(work)) ? await brakeNow(work, true) : 'why.disallowed-meanwhile'),
  request: ({ context, session, decision, cls, signal }) =>
    removeDomainAllow(context.guard, session, idOf(decision), cls, signal),
  readBack: async work => ((await isThere(work)) ? { shows: 'not-done', why: 'why.read-back-not' } : { shows: 'done' }),
  take: ({ context, session, decision }) => {
    domainAllowStore.remove(context, session.key, [idOf(decision)], context.clock.now())
    return true
  },
  refresh: async work => void (await isThere(work)),
}

/** What can be decided about a domain's place on the list of a server in limited federation (contract E.3). */
export const domainAllowKinds: readonly Kind[] = [allow, disallow]

/** Why each cannot be, and why it is braked, as the page of a domain shows it. */
export const allowRails = (db: ReadDb, server: ServerKey, domain: string) => {
  const subject: Subject = { of: 'domain', id: domain }
  const gone = armDisallow(db, server, subject)
  return {
    refusals: { allow: armAllow(db, server, subject).refusal, disallow: gone.refusal },
    brake: gone.brake,
  }
}
