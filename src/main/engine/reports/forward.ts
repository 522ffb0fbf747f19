import { z } from 'zod'
import type { Consequence } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { accountName, handleOf, type NameRow } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import type { Kind, ReadBack, Work } from '../decisions/kind.ts'
import { shownBy } from '../decisions/read-back.ts'
import { fileForward, listReports } from '../mastodon/endpoints/reports.ts'
import { findServer } from '../servers/table.ts'
import { readBefore, reportAndName } from './decisions.ts'
import { storeShown } from './lost.ts'
import { storeReports } from './store.ts'
import { findReport, type StoredReport } from './table.ts'

/** The server refuses longer ones of members (contract K.11). */
const MOST_LETTERS = 1000
const ForwardFields = z.strictObject({
  comment: z
    .string('field.comment')
    .trim()
    .refine(text => [...text].length <= MOST_LETTERS, { error: 'field.comment-too-long' })
    .default(''),
})

const says = (code: string, values: Consequence['values'] = {}, gone = false): Consequence => ({ code, values, gone })

/** Filing a report is a member's own right, not a moderator's. Where nothing is known of the token it may be tried. */
const mayFile = (db: ReadDb, server: ServerKey): boolean => {
  const scopes = findServer(db, server)?.scopes ?? null
  return scopes === null || scopes.includes('write') || scopes.includes('write:reports')
}

/** Whether we have told the target's server before, with another report: once more would be the same again. */
const isTold = (db: ReadDb, server: ServerKey, target: string): boolean =>
  db.get(
    'SELECT 1 FROM mirror.report INDEXED BY report_target WHERE server = ? AND target_id = ? AND forwarded = 1 AND reporter_id = ? LIMIT 1',
    [server, target, findServer(db, server)?.account.id ?? ''],
  ) !== undefined

const refusalOf = (db: ReadDb, server: ServerKey, report: StoredReport, name: NameRow): string | null => {
  if (name.domain === null) return 'refusal.forward-local'
  if (report.forwarded === 1 || isTold(db, server, report.target_id)) return 'refusal.forwarded'
  if (name.suspended === 1) return 'refusal.suspended'
  return mayFile(db, server) ? null : 'refusal.report-scope'
}

/**
 * Whether the server shows a report about the target that we filed and it sent on: before we sent ours there was none. One that cannot be read
 * may be ours, and then nothing shows that there is none.
 */
const readForwarded = async (work: Work): Promise<ReadBack> => {
  const { context, session, decision, cls, signal } = work
  const me = context.gate.read(db => findServer(db, session.key)?.account.id)
  const target = decision.account_id ?? ''
  let bad = 0
  for (const resolved of [false, true]) {
    const page = await listReports(context.guard, session, { resolved, limit: 40, target, cls, signal })
    await storeShown(work, by => storeReports(by, session.key, page.items, page.askedAt))
    if (page.items.some(one => one.forwarded === true && one.account?.id === me)) return shownBy(true, true)
    bad += page.bad
  }
  return shownBy(false, bad === 0)
}

/**
 * Sends a report on to the server of its target. The admin API has no way for it, so that it is a new report of our own account
 * (contract E.2): open here too, and told apart from the one it came of only by its text.
 */
export const forwardKind: Kind = {
  kind: 'report.forward',
  subjects: ['report'],
  place: 'aside',
  hasGrace: true,
  inverse: null,
  fields: ForwardFields,
  codes: [],
  // The report, what we filed before (two lists), the new one, and the list that it stands in.
  requests: 6,
  arming: (db, server, { id }) => {
    const { report, name } = reportAndName(db, server, id)
    return {
      target: `forward:${report.target_id}`,
      report: id,
      account: accountName(name),
      name: handleOf(name),
      domain: name.domain,
      before: { forwarded: report.forwarded === 1, suspended: name.suspended === 1 },
      refusal: refusalOf(db, server, report, name),
      brake: null,
    }
  },
  rung: (db, server, { id }) => {
    const { report, name } = reportAndName(db, server, id)
    const values = { host: name.domain ?? '' }
    return {
      kind: 'report.forward',
      refusal: refusalOf(db, server, report, name),
      brake: null,
      name: '',
      does: says('consequence.report.forward.does', values),
      closes: 0,
      mail: 'no',
      back: says('consequence.report.forward.back', {}, true),
      sheet: true,
      effects: [
        { part: 'at-once', says: [says('effect.forward.new', values), says('effect.forward.posts', values)] },
        { part: 'tells', says: [says('effect.forward.tells', values, true)] },
        { part: 'take-back', says: [says('effect.take-back.window'), says('effect.forward.never', {}, true)] },
      ],
    }
  },
  precondition: readBefore(async (work, report) => {
    if (report.forwarded === true) return 'why.forwarded-meanwhile'
    if (report.target_account.suspended) return 'why.suspended-meanwhile'
    return (await readForwarded(work)).shows === 'done' ? 'why.forwarded-meanwhile' : null
  }),
  request: ({ context, session, decision, cls, signal }) => {
    const report = context.gate.read(db => findReport(db, session.key, decision.report_id ?? ''))
    const { comment } = ForwardFields.parse(JSON.parse(decision.fields))
    return fileForward(
      context.guard,
      session,
      {
        account: decision.account_id ?? '',
        posts: JSON.parse(report?.posts ?? '[]'),
        comment,
        category: report?.category ?? 'other',
        rules: JSON.parse(report?.rules ?? '[]'),
      },
      cls,
      signal,
    )
  },
  // The server knows us, and the target is there: what is missing is the right to file reports.
  explain: async (_work, status) => (status === 403 ? 'why.no-report-scope' : null),
  readBack: readForwarded,
  // It answers the plain report; the one that moderators see is in the list.
  take: () => false,
  refresh: async work => void (await readForwarded(work)),
}
