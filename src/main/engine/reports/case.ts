import { z } from 'zod'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { reports } from '../../../shared/contract/reports.ts'
import { readAccount } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { decisionsAbout, type Inverses, toDecision } from '../decisions/read.ts'
import { readPosts } from '../posts/table.ts'
import { findServer } from '../servers/table.ts'
import { rowOf } from './rows.ts'
import { findReport, type StoredReport } from './table.ts'

type Case = z.input<(typeof reports)['reports.case']['output']>

const Ids = z.array(z.string())
const MOST_TOLD = 100
const MOST_PAST = 20
const MOST_POSTS = 60

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

/** Everything about one report and its target. Fails with `not-found`. */
export const readCase = (db: ReadDb, server: ServerKey, id: string, now: number, inverses: Inverses): Case => {
  const stored = findReport(db, server, id)
  const row = rowOf(db, server, id, now)
  const account = stored && readAccount(db, server, stored.target_id)
  const home = findServer(db, server)
  if (!stored || !row || !account || !home) throw new Failure('not-found')
  const open = db.all<StoredReport>(
    'SELECT * FROM mirror.report INDEXED BY report_target WHERE server = ? AND target_id = ? AND resolved_at IS NULL ORDER BY ord DESC LIMIT ?',
    [server, stored.target_id, MOST_TOLD],
  )
  const told = open.some(report => report.id === id) ? open : [stored, ...open]
  const inReports = new Map<string, number>()
  for (const report of [stored, ...told.filter(one => one.id !== id)])
    for (const post of Ids.parse(JSON.parse(report.posts))) inReports.set(post, (inReports.get(post) ?? 0) + 1)
  return {
    report: row,
    comment: stored.comment,
    account,
    posts: readPosts(db, server, [...inReports.keys()].slice(0, MOST_POSTS)).map(post => ({
      ...post,
      reports: inReports.get(post.id) ?? 1,
    })),
    told: told.map(report => ({
      id: report.id,
      category: report.category,
      reporter: { domain: report.reporter_domain },
      comment: report.comment,
      createdAt: report.created_at,
      forwarded: report.forwarded === null ? null : report.forwarded === 1,
    })),
    rules: rulesOf(db, stored, told),
    past: db.all(
      'SELECT id, category, resolved_at AS resolvedAt, resolved_by AS resolvedBy FROM mirror.report INDEXED BY report_target WHERE server = ? AND target_id = ? AND resolved_at IS NOT NULL ORDER BY resolved_at DESC LIMIT ?',
      [server, stored.target_id, MOST_PAST],
    ),
    decisions: decisionsAbout(db, server, stored.target_id, 20).map(decision => toDecision(db, decision, inverses)),
    seenAt: stored.seen_at,
    webAdmin: `${home.origin}/admin/reports/${encodeURIComponent(id)}`,
  }
}
