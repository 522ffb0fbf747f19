import type { Consequence, DecisionKind, Rung } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { isStillTarget } from '../accounts/identity.ts'
import { accountFlags, accountName, handleOf, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { type Kind, noFields, type ReadBack, type Work } from '../decisions/kind.ts'
import { answerSignup, findAccountThere, type SignupAnswer } from '../mastodon/endpoints/accounts.ts'
import { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { storeShown } from '../reports/lost.ts'
import { findServer } from '../servers/table.ts'
import { storeAnswered, storeSignups } from './store.ts'

const says = (code: string, values: Consequence['values'] = {}, gone = false): Consequence => ({ code, values, gone })

type Row = NameRow & { confirmed: number | null }

/** An account that waits, with its name; fails with `not-found` when it does not wait (any more). */
const find = (db: ReadDb, server: ServerKey, id: string): Row => {
  const row = db.get<Row>(
    `SELECT ${nameColumns}, s.confirmed FROM mirror.signup s JOIN mirror.account a ON a.server = s.server AND a.id = s.id
     WHERE s.server = ? AND s.id = ?`,
    [server, id],
  )
  if (!row) throw new Failure('not-found')
  return row
}

/** The account as it is now, or nothing once it was rejected; what it shows is stored. */
const fetchNow = async (work: Work): Promise<AdminAccountEntity | undefined> => {
  const { context, session, decision, cls, signal } = work
  const id = decision.account_id ?? ''
  const { item: account, askedAt } = await findAccountThere(context.guard, session, id, cls, signal)
  await storeShown(work, by =>
    account?.approved === false
      ? storeSignups(by, session.key, [account], askedAt)
      : storeAnswered(by, session.key, id, account, askedAt),
  )
  return account
}

/** Why an account can't be answered any more; null while it waits. */
const answeredBy = (now: AdminAccountEntity | undefined): string | null =>
  now === undefined ? 'why.rejected-meanwhile' : now.approved === false ? null : 'why.approved-meanwhile'

const done: ReadBack = { shows: 'done' }
const not = (why: string | null): ReadBack => ({ shows: 'not-done', why: why ?? 'why.read-back-not' })

/** What differs between the two answers. */
type SignupKind = {
  kind: Extract<DecisionKind, `signup.${string}`>
  answer: SignupAnswer
  does(row: Row): Consequence
  mail: Rung['mail']
  sheet: boolean
  effects: Rung['effects']
  shows(now: AdminAccountEntity | undefined): ReadBack
}

const makeKind = (of: SignupKind): Kind => ({
  kind: of.kind,
  subjects: ['signup'],
  place: 'rung',
  hasGrace: true,
  // Approving is not taken back by rejecting, nor the other way round: the server refuses both (contract E.1).
  inverse: null,
  fields: noFields,
  codes: [],
  // In a batch only the write: the server's own 403 and 404 tell who was faster.
  requests: 1,
  arming: (db, server, { id }) => {
    const row = find(db, server, id)
    return {
      target: `account:${id}`,
      report: null,
      account: accountName(row),
      name: handleOf(row),
      domain: null,
      before: { ...accountFlags(row), confirmed: row.confirmed === null ? null : row.confirmed === 1 },
      refusal: findServer(db, server)?.role.manageUsers ? null : 'refusal.role-users',
      brake: null,
    }
  },
  rung: (db, server, { id }) => {
    const row = find(db, server, id)
    return {
      kind: of.kind,
      refusal: findServer(db, server)?.role.manageUsers ? null : 'refusal.role-users',
      brake: null,
      name: handleOf(row),
      does: of.does(row),
      closes: 0,
      mail: of.mail,
      back: says(`consequence.${of.kind}.back`),
      sheet: of.sheet,
      effects: of.effects,
    }
  },
  precondition: async work => {
    if (work.cls === 'batch') return null
    const now = await fetchNow(work)
    if (now && !isStillTarget(work.decision, now)) return 'why.other-account'
    return answeredBy(now) ?? (now?.suspended ? 'why.suspended-meanwhile' : null)
  },
  request: ({ context, session, decision, cls, signal }) =>
    answerSignup(context.guard, session, decision.account_id ?? '', of.answer, cls, signal),
  // A repeat is 403 after an approval and 404 after a rejection, and 403 has other reasons too: reading tells which it is.
  explain: async work => answeredBy(await fetchNow(work)),
  readBack: async work => of.shows(await fetchNow(work)),
  take: ({ context, session, decision }, json) => {
    const account = AdminAccountEntity.safeParse(json).data
    // Rejecting answers `{}`, and both rows are gone by then.
    if (of.answer === 'approve' && account?.approved !== true) return false
    storeAnswered(context, session.key, decision.account_id ?? '', account, context.clock.now())
    return true
  },
  refresh: async work => void (await fetchNow(work)),
})

/** What can be decided about someone who waits (contract E.1). */
export const signupKinds: readonly Kind[] = [
  makeKind({
    kind: 'signup.approve',
    answer: 'approve',
    does: row => says(`consequence.signup.approve.${row.confirmed === 0 ? 'unconfirmed' : 'confirmed'}`),
    mail: 'no',
    sheet: false,
    effects: [],
    shows: now => (now?.approved === true ? done : not(answeredBy(now))),
  }),
  makeKind({
    kind: 'signup.reject',
    answer: 'reject',
    does: () => says('consequence.signup.reject.does', {}, true),
    mail: 'never',
    sheet: true,
    effects: [
      { part: 'at-once', says: [says('effect.signup.reject.deleted', {}, true)] },
      { part: 'tells', says: [says('effect.signup.reject.nobody')] },
      { part: 'take-back', says: [says('effect.take-back.window'), says('effect.signup.reject.never', {}, true)] },
    ],
    shows: now => (now === undefined ? done : not(answeredBy(now))),
  }),
]
