import type { ServerKey } from '../../../shared/contract/ids.ts'
import { profileText } from '../accounts/profile.ts'
import { storeAccount } from '../accounts/store.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { mayBeOurs } from '../decisions/ours.ts'
import { keepEvidence, keepProfile } from '../evidence/table.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import type { ReportEntity } from '../mastodon/entities/report.ts'
import { type KeptPost, keptPost } from '../posts/kept-post.ts'
import { putPost } from '../posts/table.ts'
import { putReportedRules } from '../rules/table.ts'
import { beginAnew, contradicts, weigh } from '../sync/went-back.ts'
import { type Gist, type GistSource, gistOf, keptCopies, putWords, takeGist } from './gist.ts'
import { observe } from './observed.ts'
import { noteChanges } from './snooze.ts'
import { findReport, findReports, putReport, removeReport, reportRow, type StoredReport } from './table.ts'

/** A page's posts as they are stored: by report, as JSON by id, and as they were read by their JSON. */
const postsOf = (reports: readonly ReportEntity[]) => {
  const given = new Map<string, string>()
  const read = new Map<string, KeptPost>()
  const posts = reports.map(report =>
    report.statuses.read.map(post => {
      const kept = keptPost(post)
      const json = JSON.stringify(kept)
      given.set(post.id, json)
      read.set(json, kept)
      return { id: post.id, kept: json }
    }),
  )
  return { posts, given, read }
}

/** A report that is to be stored: `posts` are copies as JSON (`keptCopies`), `told` the posts that came with it. */
type Due = {
  report: ReportEntity
  before: StoredReport | undefined
  source: GistSource
  told: readonly { id: string; kept: string }[]
}

/**
 * Puts reports with what they are found by, which is taken anew only where something of it changed. Each table in one go: a row costs
 * half as much while its part of the file is still at the processor's hand.
 */
const putAll = (
  db: WriteDb,
  server: ServerKey,
  due: readonly Due[],
  read: ReadonlyMap<string, KeptPost>,
  askedAt: number,
) => {
  for (const { report, told } of due)
    if (report.action_taken) for (const { id, kept } of told) putPost(db, server, id, kept, askedAt)
  const rows = due.map(({ report, before, source }) => {
    const held = before && before.gist === gistOf(source) ? before : undefined
    const gist: Omit<Gist, 'words'> & Partial<Gist> = held ?? takeGist(source, read)
    return { before, words: gist.words, row: reportRow(server, report, gist, askedAt) }
  })
  for (const { before, words, row } of rows) {
    const n = putReport(db, row, before)
    if (words !== undefined) putWords(db, n, words, before === undefined)
  }
}

/** What of these reports shows that the server was put back to an earlier state. */
const wentBack = (held: ReadonlyMap<string, StoredReport>, reports: readonly ReportEntity[], askedAt: number) =>
  weigh(
    reports.flatMap(report => {
      const before = held.get(report.id)
      const shows = before ? contradicts(before, report, askedAt) : null
      return before && shows ? [{ shows, lost: shows === 'other' ? before.created_at : before.updated_at }] : []
    }),
  )

/** True when what is held was read later than this was asked for, or in the same moment and changed later. */
const isStale = (report: ReportEntity, before: StoredReport, askedAt: number): boolean =>
  before.seen_at > askedAt
    ? before.updated_at >= report.updated_at
    : before.seen_at === askedAt && before.updated_at > report.updated_at

/**
 * Stores reports, as they were when the server was asked at `askedAt`, with their targets and posts: evidence in the vault first,
 * then the rows in one transaction with whatever `also` moves (the cursor). A transaction over both files is not atomic on power
 * loss; evidence twice is harmless, evidence lost is not. A slow page does not undo what was read later than it was asked for.
 */
export const storeReports = (
  context: Context,
  server: ServerKey,
  reports: readonly ReportEntity[],
  askedAt: number,
  also: (db: WriteDb) => void = () => {},
): void => {
  const { posts, given, read } = postsOf(reports)
  if (reports.some(report => !report.action_taken))
    context.gate.write(['posts'], db => {
      // Many reports of a page are about one account, told alike.
      const profiles = new Set<AdminAccountEntity>()
      for (const [index, report] of reports.entries()) {
        if (report.action_taken) continue
        const kept = posts[index] ?? []
        for (const post of kept) keepEvidence(db, server, report, post.id, post.kept, askedAt)
        // Where no post was reported, the profile is what is judged.
        if (kept.length === 0) profiles.add(report.target_account)
      }
      for (const account of profiles) {
        const profile = profileText(account)
        if (profile !== undefined) keepProfile(db, server, account.id, profile, askedAt)
      }
    })
  context.gate.write(reports.length > 0 ? ['reports', 'accounts', 'sync'] : ['sync'], (db, touch) => {
    // Many reports of a page are about the same account, as it is at one moment.
    const told = new Map<string, GistSource['who']>()
    const held = findReports(
      db,
      server,
      reports.map(({ id }) => id),
    )
    const evidence = wentBack(held, reports, askedAt)
    if (evidence) beginAnew(context, db, touch, server, evidence)
    const known = evidence ? new Map<string, StoredReport>() : held
    const stored = new Map<string, ReportEntity>()
    const copies = keptCopies(
      db,
      server,
      reports.map(({ id, created_at, statuses }) => ({ id, created_at, posts: statuses.ids })),
      given,
    )
    let due: Due[] = []
    const putDue = () => {
      putAll(db, server, due, read, askedAt)
      due = []
    }
    for (const [index, report] of reports.entries()) {
      // What a page tells twice is stored in between.
      if (stored.has(report.id)) putDue()
      const before = stored.has(report.id) ? findReport(db, server, report.id) : known.get(report.id)
      if (before && isStale(report, before, askedAt)) continue
      if (before && observe(context, db, server, report, before)) touch('log')
      const { target_account: target } = report
      const which = `${report.action_taken} ${target.id}`
      let who = told.get(which)
      if (!who) {
        const { names, logged } = storeAccount(context, db, server, target, askedAt, !report.action_taken)
        if (logged) touch('log')
        who = names
        told.set(which, who)
      }
      const source = { who, comment: report.comment, posts: copies[index] ?? [] }
      due.push({ report, before, source, told: posts[index] ?? [] })
      stored.set(report.id, report)
    }
    putDue()
    const last = [...stored.values()]
    putReportedRules(
      db,
      server,
      last.flatMap(({ rules }) => rules),
    )
    noteChanges(db, server, last)
    also(db)
  })
}

/** True when a sign-up that we rejected took the report along: with an account go the reports about it, and those that it filed. */
const wentWithOurs = (db: ReadDb, server: ServerKey, { target_id, reporter_id, seen_at }: StoredReport): boolean =>
  [target_id, reporter_id].some(id => mayBeOurs(db, server, `account:${id}`, ['signup.reject'], seen_at))

/** Forgets a report that the server no longer knows, since an account was deleted there, and says so in the log where it was not us. */
export const storeGone = (context: Context, server: ServerKey, id: string): void =>
  context.gate.write(['reports', 'log'], db => {
    const before = findReport(db, server, id)
    if (!before || !removeReport(db, server, id) || wentWithOurs(db, server, before)) return
    context.log(db, {
      source: 'saw',
      action: 'report.seen-gone',
      server,
      facts: { report: id, account: before.target_id, from: before.seen_at, to: context.clock.now() },
    })
  })
