import type { Consequence, Subject } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { type Arming, type Kind, noFields } from '../decisions/kind.ts'
import { deleteAccount } from '../mastodon/endpoints/accounts.ts'
import { findReport } from '../reports/table.ts'
import { permits } from '../servers/capabilities.ts'
import { findServer } from '../servers/table.ts'
import { fetchNow } from './fetch-now.ts'
import { INSTANCE_ACTOR, isStillTarget } from './identity.ts'
import { accountFlags, accountName, handleOf, type NameRow, nameColumns } from './table.ts'

/** The server keeps the data of a suspended account this long; then it has deleted it by itself (contract E.1). */
const KEPT_MS = 30 * 86_400_000

type Row = NameRow & { followers: number; following: number; posts: number; permissions: string }

/** The account itself, or the target of a report. */
const find = (db: ReadDb, server: ServerKey, { of, id }: Subject): Row => {
  const row = db.get<Row>(
    `SELECT ${nameColumns}, a.followers, a.following, a.posts, a.permissions FROM mirror.account a WHERE a.server = ? AND a.id = ?`,
    [server, of === 'report' ? (findReport(db, server, id)?.target_id ?? '') : id],
  )
  if (!row) throw new Failure('not-found')
  return row
}

/**
 * True when we deleted the data of an account, or may have: to lift its suspension then answers 200 and shows an emptied account as
 * active (contract E.1).
 */
export const wasDeleted = (db: ReadDb, server: ServerKey, account: string): boolean =>
  db.get(
    `SELECT 1 FROM decision WHERE server = ? AND account_id = ? AND kind = 'account.delete'
     AND state IN ('sending', 'unknown', 'needs-person', 'done')`,
    [server, account],
  ) !== undefined

/** When we suspended it, where we did; the server does not tell. */
const suspendedAt = (db: ReadDb, server: ServerKey, account: string): number | null =>
  db.get<{ at: number | null }>(
    `SELECT max(settled_at) AS at FROM decision WHERE server = ? AND account_id = ? AND kind = 'account.suspend' AND state = 'done'`,
    [server, account],
  )?.at ?? null

const refusalOf = (db: ReadDb, server: ServerKey, row: Row, now: number): string | null => {
  const me = findServer(db, server)
  if (!me?.role.deleteUserData) return 'refusal.role-delete'
  if (row.a_id === me.account.id) return 'refusal.own-account'
  if (row.a_id === INSTANCE_ACTOR) return 'refusal.instance-actor'
  if (row.suspended !== 1) return 'refusal.delete-first-suspend'
  if (wasDeleted(db, server, row.a_id)) return 'refusal.deleted'
  const at = suspendedAt(db, server, row.a_id)
  return at !== null && now - at > KEPT_MS ? 'refusal.delete-too-late' : null
}

const brakeOf = (row: Row): string | null =>
  row.domain === null && permits(row.permissions, 'manageReports') ? 'brake.staff' : 'brake.delete'

const says = (code: string, values: Consequence['values'] = {}, gone = false): Consequence => ({ code, values, gone })

/** Deletes what the server still holds of a suspended account, for good (contract E.1). `clock` tells how long it has been so. */
export const makeDeleteKind = (clock: { now(): number }): Kind => ({
  kind: 'account.delete',
  subjects: ['report', 'account'],
  place: 'aside',
  hasGrace: true,
  inverse: null,
  fields: noFields,
  codes: [],
  requests: 3,
  arming: (db, server, subject): Arming => {
    const row = find(db, server, subject)
    return {
      target: `account:${row.a_id}`,
      report: subject.of === 'report' ? subject.id : null,
      account: accountName(row),
      name: handleOf(row),
      domain: row.domain,
      before: { ...accountFlags(row), posts: row.posts, followers: row.followers, following: row.following },
      refusal: refusalOf(db, server, row, clock.now()),
      brake: brakeOf(row),
    }
  },
  rung: (db, server, subject) => {
    const row = find(db, server, subject)
    const { posts, followers, following } = row
    const where = row.domain === null ? 'local' : 'remote'
    return {
      kind: 'account.delete',
      refusal: refusalOf(db, server, row, clock.now()),
      brake: brakeOf(row),
      name: handleOf(row),
      does: says(`consequence.account.delete.${where}.does`, { posts }, true),
      closes: 0,
      mail: 'never',
      back: says(`consequence.account.delete.${where}.back`, {}, true),
      sheet: true,
      effects: [
        {
          part: 'for-good',
          says: [says('effect.delete.data', { posts, cut: followers + following }, true), says('effect.delete.name')],
        },
        { part: 'tells', says: [says('effect.delete.nobody')] },
        { part: 'take-back', says: [says('effect.take-back.window'), says('effect.delete.never', {}, true)] },
      ],
    }
  },
  precondition: async work => {
    const now = await fetchNow(work)
    if (!isStillTarget(work.decision, now)) return 'why.other-account'
    return now.suspended ? null : 'why.lifted-meanwhile'
  },
  request: ({ context, session, decision, cls, signal }) =>
    deleteAccount(context.guard, session, decision.account_id ?? '', cls, signal),
  // With the role as it was, 403 says that nothing is left to delete: suspended too long ago, by its own server, or deleted before.
  explain: async (work, status) =>
    status === 403 && (await fetchNow(work)).suspended ? 'why.nothing-to-delete' : null,
  // A job deletes, perhaps much later, and leaves the account suspended: only counts that fell to nothing show it.
  readBack: async work => {
    const { account } = await fetchNow(work)
    const before: { posts?: number; followers?: number; following?: number } = JSON.parse(work.decision.before)
    const had = (before.posts ?? 0) + (before.followers ?? 0) + (before.following ?? 0)
    const has = account.statuses_count + account.followers_count + account.following_count
    return had > 0 && has === 0 ? { shows: 'done' } : { shows: 'nothing' }
  },
  take: () => false,
  refresh: async work => void (await fetchNow(work)),
})
