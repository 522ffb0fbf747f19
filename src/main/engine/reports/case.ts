import { z } from 'zod'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { type Post, REPORTED_LENGTH } from '../../../shared/contract/posts.ts'
import type { reports } from '../../../shared/contract/reports.ts'
import { readProfiles } from '../accounts/profile.ts'
import { findFlags, readAccount } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { decisionsAbout, type Inverses, toDecision } from '../decisions/read.ts'
import { postsSeenAmong } from '../evidence/table.ts'
import { seenAbout } from '../log/page.ts'
import { readPosts } from '../posts/table.ts'
import { rulesKnown } from '../rules/table.ts'
import { findServer } from '../servers/table.ts'
import { originOf } from './origin.ts'
import { type Reporter, recordsOf } from './record.ts'
import { rowOf } from './rows.ts'
import { findReport, type StoredReport } from './table.ts'

type Case = z.input<(typeof reports)['reports.case']['output']>

const Ids = z.array(z.string())
const MOST_TOLD = 100
const MOST_PAST = 20
const MOST_POSTS = REPORTED_LENGTH

/** The rules of the report itself first, then those that other open reports about the target name. */
const rulesOf = (db: ReadDb, stored: StoredReport, told: readonly StoredReport[]) => {
  const here = new Set(Ids.parse(JSON.parse(stored.rules)))
  const all = new Set([...here, ...told.flatMap(report => Ids.parse(JSON.parse(report.rules)))])
  const texts = 'SELECT id, text FROM mirror.rule WHERE server = ? AND id = ?'
  return [...all].flatMap(id => {
    const rule = db.get<{ id: string; text: string }>(texts, [stored.server, id])
    return rule ? [{ ...rule, here: here.has(id) }] : []
  })
}

/**
 * Posts of these reports, those of the first before the others, at most so many; `left`: how many more there are, `unread`: how many more
 * of these the server told in a way that cannot be read. What vanished from a report while it was open stays, since only here it is known
 * that it was reported.
 */
const postsOf = (
  db: ReadDb,
  server: ServerKey,
  reports: readonly StoredReport[],
  suspended: boolean,
  most: number,
): { posts: Omit<Post, 'webAdmin'>[]; left: number; unread: number } => {
  const inReports = new Map<string, number>()
  const vanished = new Set<string>()
  const seen = postsSeenAmong(db, server, reports)
  for (const report of reports) {
    const now = Ids.parse(JSON.parse(report.posts))
    for (const post of now) inReports.set(post, (inReports.get(post) ?? 0) + 1)
    for (const post of seen.get(report.id) ?? []) if (!now.includes(post)) vanished.add(post)
  }
  const ids = [...inReports.keys(), ...[...vanished].filter(post => !inReports.has(post))]
  const shown = ids.slice(0, most)
  const posts = readPosts(db, server, shown).map((post): Omit<Post, 'webAdmin'> => {
    const notShown = post.standing === 'hidden' || post.standing === 'untold'
    const standing = !inReports.has(post.id) ? 'out' : notShown && suspended ? 'account-suspended' : post.standing
    return { ...post, standing, reports: inReports.get(post.id) ?? 0 }
  })
  return { posts, left: ids.length - shown.length, unread: shown.length - posts.length }
}

/** This report and all open ones about its target, the newest first (at most 100), this one before them in `all`. */
const reportsOf = (db: ReadDb, stored: StoredReport) => {
  const { server, id } = stored
  const open = db.all<StoredReport>(
    'SELECT * FROM mirror.report INDEXED BY report_target WHERE server = ? AND target_id = ? AND resolved_at IS NULL ORDER BY ord DESC LIMIT ?',
    [server, stored.target_id, MOST_TOLD],
  )
  const told = open.some(report => report.id === id) ? open : [stored, ...open]
  return { told, all: [stored, ...told.filter(one => one.id !== id)] }
}

/** The address of a post in the server's web admin. */
const inWebAdmin =
  (origin: string, account: string) =>
  <Of extends { id: string }>(post: Of): Of & { webAdmin: string } => ({
    ...post,
    webAdmin: `${origin}/admin/accounts/${encodeURIComponent(account)}/statuses/${encodeURIComponent(post.id)}`,
  })

/** The posts of a case, at most so many: those that it shows at first, and more of them. Fails with `not-found`. */
export const readReported = (
  db: ReadDb,
  server: ServerKey,
  id: string,
  most: number,
): Pick<Case, 'posts' | 'postsLeft' | 'postsUnread'> => {
  const stored = findReport(db, server, id)
  const flags = stored && findFlags(db, server, stored.target_id)?.flags
  const home = findServer(db, server)
  if (!stored || !flags || !home) throw new Failure('not-found')
  const { posts, left, unread } = postsOf(db, server, reportsOf(db, stored).all, flags.suspended, most)
  return { posts: posts.map(inWebAdmin(home.origin, stored.target_id)), postsLeft: left, postsUnread: unread }
}

/** Who filed these reports, each once. Who is not known has no record. */
const reportersOf = (reports: readonly StoredReport[]): Reporter[] => {
  const reporters = new Map<string, Reporter>()
  for (const { reporter_id: id, reporter_domain: domain } of reports)
    if (id !== '') reporters.set(id, { id, domain, here: (reporters.get(id)?.here ?? 0) + 1 })
  return [...reporters.values()]
}

/** Everything about one report and its target. Fails with `not-found`. */
export const readCase = (db: ReadDb, server: ServerKey, id: string, now: number, inverses: Inverses): Case => {
  const stored = findReport(db, server, id)
  const row = rowOf(db, server, id, now)
  const account = stored && readAccount(db, server, stored.target_id)
  const home = findServer(db, server)
  if (!stored || !row || !account || !home) throw new Failure('not-found')
  const { told, all } = reportsOf(db, stored)
  const { posts, left, unread } = postsOf(db, server, all, account.flags.suspended, MOST_POSTS)
  const rules = rulesOf(db, stored, told)
  const known = rulesKnown(db, server)
  return {
    report: row,
    comment: stored.comment,
    account,
    posts: posts.map(inWebAdmin(home.origin, account.id)),
    postsLeft: left,
    postsUnread: unread,
    told: told.map(report => ({
      id: report.id,
      category: report.category,
      reporter: { domain: report.reporter_domain },
      comment: report.comment,
      createdAt: report.created_at,
      forwarded: report.forwarded === null ? null : report.forwarded === 1,
    })),
    rules,
    rulesToName: [...known, ...rules.filter(({ id: rule, here }) => here && !known.some(one => one.id === rule))],
    past: db.all(
      'SELECT id, category, resolved_at AS resolvedAt, resolved_by AS resolvedBy FROM mirror.report INDEXED BY report_target WHERE server = ? AND target_id = ? AND resolved_at IS NOT NULL ORDER BY resolved_at DESC LIMIT ?',
      [server, stored.target_id, MOST_PAST],
    ),
    since: seenAbout(db, server, id, MOST_PAST),
    records: recordsOf(db, server, reportersOf(all), now),
    origin: account.domain === null ? null : originOf(db, server, account.domain),
    profiles: readProfiles(db, server, account.id),
    legal: all.some(report => report.category === 'legal'),
    decisions: decisionsAbout(db, server, stored.target_id, 20).map(decision => toDecision(db, decision, inverses)),
    seenAt: stored.seen_at,
    webAdmin: `${home.origin}/admin/reports/${encodeURIComponent(id)}`,
  }
}
