import { AccountName } from '../../../shared/contract/accounts.ts'
import type { DomainBlock, DomainRow, Severity } from '../../../shared/contract/domains.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { accountName, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import type { StoredDecision } from '../decisions/kind.ts'
import { stateOfRow } from './fields.ts'
import type { StoredDomainBlock } from './table.ts'

/** A block as people see it. */
export const toBlock = (row: StoredDomainBlock): DomainBlock => ({
  id: row.id,
  domain: row.domain,
  ...stateOfRow(row),
  createdAt: row.created_at,
})

/** What the table is asked for. */
export type Asked = {
  server: ServerKey | null
  search: string
  severity: Severity | null
  also: 'media' | 'reports' | 'obfuscate' | 'comment' | null
  sort: 'domain' | 'newest' | 'severity'
  from: number
  count: number
}

const also = {
  media: 'b.reject_media = 1',
  reports: 'b.reject_reports = 1',
  obfuscate: 'b.obfuscate = 1',
  comment: `(coalesce(b.private_comment, '') <> '' OR coalesce(b.public_comment, '') <> '')`,
} as const
const order = {
  domain: 'b.domain, b.server, b.id',
  newest: 'b.created_at DESC, b.server, b.id DESC',
  severity: `CASE b.severity WHEN 'suspend' THEN 0 WHEN 'silence' THEN 1 ELSE 2 END, b.domain, b.server, b.id`,
} as const

/** How long an ended decision stays in the row. */
const SHOWN_MS = 120_000

/** Rows of the table of blocks from a place on, and how many fit in all. */
export const pageOfBlocks = (
  db: ReadDb,
  asked: Asked,
  now: number,
): { total: number; from: number; rows: DomainRow[] } => {
  const wheres = [
    ...(asked.server === null ? [] : ['b.server = @server']),
    ...(asked.severity === null ? [] : ['b.severity = @severity']),
    ...(asked.also === null ? [] : [also[asked.also]]),
    ...(asked.search === ''
      ? []
      : [
          '(instr(b.domain, @search) > 0 OR instr(lower(b.private_comment), @search) > 0 OR instr(lower(b.public_comment), @search) > 0)',
        ]),
  ]
  const where = wheres.length === 0 ? '' : `WHERE ${wheres.join(' AND ')}`
  const values = { server: asked.server, severity: asked.severity, search: asked.search.trim().toLowerCase() }
  const total = db.get<{ n: number }>(`SELECT count(*) AS n FROM mirror.domain_block b ${where}`, values)?.n ?? 0
  const rows = db.all<StoredDomainBlock>(
    `SELECT b.* FROM mirror.domain_block b ${where} ORDER BY ${order[asked.sort]} LIMIT @count OFFSET @from`,
    { ...values, count: asked.count, from: asked.from },
  )
  return { total, from: asked.from, rows: rows.map(row => toRow(db, row, now)) }
}

const toRow = (db: ReadDb, row: StoredDomainBlock, now: number): DomainRow => {
  const decisions = db.all<StoredDecision>(
    `SELECT * FROM decision WHERE server = ? AND target = ? ORDER BY armed_at DESC, id DESC LIMIT 10`,
    [row.server, `domain:${row.domain}`],
  )
  const latest = decisions.find(one => one.state !== 'cancelled' && one.state !== 'superseded')
  const matters = latest && (latest.settled_at === null || latest.settled_at >= now - SHOWN_MS)
  return {
    server: row.server,
    block: toBlock(row),
    ours: decisions.some(
      ({ kind, state, settled_at }) =>
        state === 'done' &&
        (kind === 'domain.change' || kind === 'domain.block') &&
        (settled_at ?? 0) >= row.created_at - 60_000,
    ),
    decision: matters
      ? {
          id: latest.id,
          kind: latest.kind,
          state: latest.state,
          waitingFor: latest.waiting_for,
          sendAt: latest.send_at,
          settledAt: latest.settled_at,
        }
      : null,
  }
}

const ABOUT = `r.server = @server AND r.resolved_at IS NULL AND (r.target_domain = @domain OR substr(r.target_domain, -@length) = @below)`
const about = (server: ServerKey, domain: string) => ({
  server,
  domain,
  below: `.${domain}`,
  length: domain.length + 1,
})

/** Ids of the open reports about accounts of a domain and below, the oldest first. */
export const openReportsAt = (db: ReadDb, server: ServerKey, domain: string, most: number): string[] =>
  db.column<string>(`SELECT r.id FROM mirror.report r WHERE ${ABOUT} ORDER BY r.created_at, r.n LIMIT @most`, {
    ...about(server, domain),
    most,
  })

/** How many open reports are about accounts of a domain and below. */
export const countOpenAt = (db: ReadDb, server: ServerKey, domain: string): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM mirror.report r WHERE ${ABOUT}`, about(server, domain))?.n ?? 0

/** The accounts of a domain with the most open reports, with the newest of those. */
export const mostReportedAt = (
  db: ReadDb,
  server: ServerKey,
  domain: string,
  most: number,
): { account: AccountName; report: string; open: number }[] =>
  db
    .all<NameRow & { report: string; open: number }>(
      `SELECT ${nameColumns}, t.report, t.open FROM (
         SELECT r.target_id, count(*) AS open, max(r.n), r.id AS report FROM mirror.report r WHERE ${ABOUT}
         GROUP BY r.target_id ORDER BY open DESC, r.target_id LIMIT @most
       ) t JOIN mirror.account a ON a.server = @server AND a.id = t.target_id ORDER BY t.open DESC, a.id`,
      { ...about(server, domain), most },
    )
    .map(row => ({ account: AccountName.parse(accountName(row)), report: row.report, open: row.open }))

/** Our decisions about a domain, newest first. */
export const decisionsOn = (db: ReadDb, server: ServerKey, domain: string, limit: number): StoredDecision[] =>
  db.all<StoredDecision>(
    'SELECT * FROM decision WHERE server = ? AND target = ? ORDER BY armed_at DESC, id DESC LIMIT ?',
    [server, `domain:${domain}`, limit],
  )
