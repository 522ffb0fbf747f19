import type { ServerKey } from '../../../shared/contract/ids.ts'
import { putAccount } from '../accounts/table.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import { keepEvidence } from '../evidence/table.ts'
import type { ReportEntity } from '../mastodon/entities/report.ts'
import { keptPost } from '../posts/kept-post.ts'
import { putPost } from '../posts/table.ts'
import { observe } from './observed.ts'
import { putReport } from './table.ts'

/**
 * Stores reports with their targets and posts: evidence in the vault first, then the rows in one transaction with whatever `also`
 * moves (the cursor). A transaction over both files is not atomic on power loss; evidence twice is harmless, evidence lost is not.
 */
export const storeReports = (
  context: Context,
  server: ServerKey,
  reports: readonly ReportEntity[],
  also: (db: WriteDb) => void = () => {},
): void => {
  const now = context.clock.now()
  const posts = reports.map(report =>
    report.statuses.map(post => ({ id: post.id, kept: JSON.stringify(keptPost(post)) })),
  )
  const open = reports.some(report => !report.action_taken && report.statuses.length > 0)
  if (open)
    context.gate.write(['posts'], db => {
      for (const [index, report] of reports.entries())
        if (!report.action_taken) for (const { id, kept } of posts[index] ?? []) keepEvidence(db, server, id, kept, now)
    })
  context.gate.write(reports.length > 0 ? ['reports', 'accounts', 'sync'] : ['sync'], (db, touch) => {
    for (const [index, report] of reports.entries()) {
      if (observe(context, db, server, report, now)) touch('log')
      putAccount(db, server, report.target_account, now, !report.action_taken)
      putReport(db, server, report, now)
      if (report.action_taken) for (const { id, kept } of posts[index] ?? []) putPost(db, server, id, kept, now)
    }
    also(db)
  })
}
