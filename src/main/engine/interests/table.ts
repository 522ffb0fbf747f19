import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Interest } from '../../../shared/contract/interests.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { permits } from '../servers/capabilities.ts'

/** What decides: who is signed in, whom it is about, and who filed it. `permissions` are those of a role on the server itself. */
export type Concerned = {
  me: string
  target: string
  domain: string | null
  permissions: string
  reporter: string | null
  marked: boolean
}

/** The interest of who is signed in; null where there is none. */
export const interestOf = ({ me, target, domain, permissions, reporter, marked }: Concerned): Interest | null => {
  if (target === me) return 'self'
  if (reporter === me) return 'reporter'
  if (domain === null && permits(permissions, 'manageReports')) return 'staff'
  return marked ? 'marked' : null
}

type Row = { me: string; domain: string | null; permissions: string; reporter: string | null; marked: number }

/** The same of an account and, where it is about one, a report. */
export const interestIn = (
  db: ReadDb,
  server: ServerKey,
  account: string | null,
  report: string | null,
): Interest | null => {
  if (account === null) return null
  const row = db.get<Row>(
    `SELECT s.account_id AS me, a.domain, coalesce(a.permissions, '0') AS permissions, c.account_id IS NOT NULL AS marked,
       (SELECT reporter_id FROM mirror.report r WHERE r.server = s.key AND r.id = @report) AS reporter
     FROM server s
     LEFT JOIN mirror.account a ON a.server = s.key AND a.id = @account
     LEFT JOIN close_account c ON c.server = s.key AND c.account_id = @account
     WHERE s.key = @server`,
    { server, account, report },
  )
  return row ? interestOf({ ...row, target: account, marked: row.marked === 1 }) : null
}

/** Whether an account is marked as close. */
export const isClose = (db: ReadDb, server: ServerKey, account: string): boolean =>
  db.get('SELECT 1 FROM close_account WHERE server = ? AND account_id = ?', [server, account]) !== undefined

/** Marks an account as close, or no longer; false where it was so. */
export const putClose = (db: WriteDb, server: ServerKey, account: string, close: boolean, now: number): boolean =>
  (close
    ? db.run('INSERT INTO close_account VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [server, account, now])
    : db.run('DELETE FROM close_account WHERE server = ? AND account_id = ?', [server, account])) === 1
