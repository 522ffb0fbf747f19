import type { z } from 'zod'
import type { accountPage } from '../../../shared/contract/account-page.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { decisionsAbout, type Inverses, toDecision } from '../decisions/read.ts'
import { logPage } from '../log/page.ts'
import { originOf } from '../reports/origin.ts'
import { recordsOf } from '../reports/record.ts'
import { rulesInForce } from '../rules/table.ts'
import { findServer } from '../servers/table.ts'
import { findSignup } from '../signups/table.ts'
import { readAccount } from './table.ts'

type Page = z.input<(typeof accountPage)['accounts.show']['output']>
type About = Page['about']

const MOST = 20
const MOST_CLOSED = 200

const columns =
  'id, category, created_at AS createdAt, resolved_at AS resolvedAt, resolved_by AS resolvedBy FROM mirror.report INDEXED BY report_target'

const aboutOf = (db: ReadDb, server: ServerKey, id: string): About => {
  const open = db.all<About['reports'][number]>(
    `SELECT ${columns} WHERE server = ? AND target_id = ? AND resolved_at IS NULL ORDER BY ord DESC LIMIT ${MOST}`,
    [server, id],
  )
  const closed = db.all<About['reports'][number]>(
    `SELECT ${columns} WHERE server = ? AND target_id = ? AND resolved_at IS NOT NULL ORDER BY resolved_at DESC LIMIT ${MOST}`,
    [server, id],
  )
  const counts = db.get<{ open: number; closed: number }>(
    `SELECT (SELECT count(*) FROM mirror.report INDEXED BY report_target WHERE server = @server AND target_id = @id AND resolved_at IS NULL) AS open,
       (SELECT count(*) FROM (SELECT 1 FROM mirror.report INDEXED BY report_target
         WHERE server = @server AND target_id = @id AND resolved_at IS NOT NULL LIMIT ${MOST_CLOSED})) AS closed`,
    { server, id },
  )
  return { open: counts?.open ?? 0, closed: counts?.closed ?? 0, reports: [...open, ...closed].slice(0, MOST) }
}

/** Everything that is known here of an account, whether or not a report names it. Fails with `not-found`. */
export const readPage = (db: ReadDb, server: ServerKey, id: string, now: number, inverses: Inverses): Page => {
  const account = readAccount(db, server, id)
  const home = findServer(db, server)
  if (!account || !home) throw new Failure('not-found')
  const isKept = (account.email ?? account.address ?? account.inviteLetters) !== null
  const maySee = home.role.manageUsers && !home.cannot.some(({ ability }) => ability === 'accounts.see')
  const [record] = recordsOf(db, server, [{ id, domain: account.domain, here: 0 }], now)
  return {
    account,
    pending: findSignup(db, server, id) !== undefined,
    canAsk: account.domain === null && !isKept && maySee && home.signedIn,
    origin: account.domain === null ? null : originOf(db, server, account.domain),
    about: aboutOf(db, server, id),
    filed: { filed: record?.filed ?? 0, closed: record?.closed ?? 0, upheld: record?.upheld ?? 0 },
    decisions: decisionsAbout(db, server, id, MOST).map(decision => toDecision(db, decision, inverses)),
    since: logPage(db, { server, target: id, source: 'saw', limit: MOST }).entries,
    rules: rulesInForce(db, server).map(rule => ({ id: rule.id, text: rule.text })),
    webAdmin: `${home.origin}/admin/accounts/${encodeURIComponent(id)}`,
  }
}

/** Ids of the open reports about an account, the oldest first. */
export const openReportsOf = (db: ReadDb, server: ServerKey, id: string, most: number): string[] =>
  db.column<string>(
    'SELECT id FROM mirror.report INDEXED BY report_target WHERE server = ? AND target_id = ? AND resolved_at IS NULL ORDER BY ord LIMIT ?',
    [server, id, most],
  )
