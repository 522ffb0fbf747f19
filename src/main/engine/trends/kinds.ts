import type { DecisionKind, Subject } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { type Arming, type Kind, noFields, rungOfForm, type Work } from '../decisions/kind.ts'
import { readTrends, reviewTrend } from '../mastodon/endpoints/trends.ts'
import { releaseNumber } from '../mastodon/session.ts'
import { findServer } from '../servers/table.ts'
import { findTrend, ofSubject, putTrend, putTrends, readTrend, type StoredTrend } from './table.ts'

/** Reading only came first; approve, reject and publishers with 4.2 (contract E.12). */
export const SINCE = 402

const find = (db: ReadDb, server: ServerKey, subject: string): StoredTrend => {
  const named = ofSubject(subject)
  const trend = named && findTrend(db, server, named)
  if (!trend) throw new Failure('not-found')
  return trend
}

/** Reads the family again; what became of the one that was decided about, or nothing when it trends no more. */
const readAgain = async (work: Work): Promise<StoredTrend | undefined> => {
  const { context, session, decision, cls, signal } = work
  const named = ofSubject(decision.subject_id)
  if (!named) return undefined
  const askedAt = context.clock.now()
  const items = await readTrends(context.guard, session, named.family, cls, signal)
  const told = items.flatMap(item => readTrend(named.family, item) ?? [])
  context.gate.write(['trends'], db => putTrends(db, session.key, named.family, told, askedAt))
  return context.gate.read(db => findTrend(db, session.key, named))
}

const refusalOf = (db: ReadDb, server: ServerKey, trend: StoredTrend, wants: boolean): string | null => {
  const me = findServer(db, server)
  if (!me?.role.manageTaxonomies) return 'refusal.role-trends'
  if (releaseNumber(me.release) < SINCE) return 'refusal.release-trends'
  return trend.trendable === Number(wants) && trend.requires_review === 0 ? 'refusal.in-force' : null
}

const armOn = (db: ReadDb, server: ServerKey, { id }: Subject, wants: boolean): Arming => {
  const trend = find(db, server, id)
  return {
    target: `trend:${id}`,
    report: null,
    account: null,
    name: trend.title === '' ? id : trend.title,
    domain: null,
    before: {
      requiresReview: trend.requires_review === 1,
      trendable: trend.trendable === null ? null : trend.trendable === 1,
    },
    refusal: refusalOf(db, server, trend, wants),
    brake: null,
  }
}

const makeKind = (kind: DecisionKind, inverse: DecisionKind, wants: boolean): Kind => ({
  kind,
  subjects: ['trend'],
  place: 'rung',
  hasGrace: true,
  inverse,
  fields: noFields,
  codes: [],
  requests: 1,
  arming: (db, server, subject) => armOn(db, server, subject, wants),
  rung: (db, server, subject) => rungOfForm(kind, armOn(db, server, subject, wants)),
  // A repeat changes nothing (contract K.10), so that a batch need not look before.
  precondition: async work => {
    if (work.cls === 'batch') return null
    const now = await readAgain(work)
    if (!now) return 'why.trends-no-more'
    const before: { requiresReview: boolean } = JSON.parse(work.decision.before)
    return before.requiresReview && now.requires_review === 0 ? 'why.reviewed-meanwhile' : null
  },
  request: ({ context, session, decision, cls, signal }) => {
    const named = ofSubject(decision.subject_id)
    if (!named) throw new Failure('not-found')
    return reviewTrend(context.guard, session, named, wants ? 'approve' : 'reject', cls, signal)
  },
  readBack: async work => {
    const now = await readAgain(work)
    if (!now) return { shows: 'nothing' }
    if (now.trendable !== null && now.requires_review === 0)
      return now.trendable === Number(wants) ? { shows: 'done' } : { shows: 'not-done', why: 'why.read-back-not' }
    // Links and posts only say whether someone has looked at them.
    return now.requires_review === 1 ? { shows: 'not-done', why: 'why.read-back-not' } : { shows: 'nothing' }
  },
  take: ({ context, session, decision }, json) => {
    const named = ofSubject(decision.subject_id)
    const told = named && readTrend(named.family, json)
    if (!named || !told) return false
    context.gate.write(['trends'], db => putTrend(db, session.key, named.family, told, context.clock.now()))
    return true
  },
  refresh: async work => void (await readAgain(work)),
})

/** What can be decided about what trends (contract E.12). */
export const trendKinds: readonly Kind[] = [
  makeKind('trend.approve', 'trend.reject', true),
  makeKind('trend.reject', 'trend.approve', false),
]
