import { AccountName } from '../../../shared/contract/accounts.ts'
import type { DomainBlock, DomainRow, Severity } from '../../../shared/contract/domains.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { accountName, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import type { StoredDecision } from '../decisions/kind.ts'
import {
  joinRowDecision,
  type RowDecisionColumns,
  rowDecisionColumns,
  toRowDecision,
} from '../decisions/row-decision.ts'
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
/** `of`: the table's name in the statement. */
const orders = (of: string) => ({
  domain: `${of}.domain, ${of}.server, ${of}.id`,
  newest: `${of}.created_at DESC, ${of}.server, ${of}.id DESC`,
  severity: `CASE ${of}.severity WHEN 'suspend' THEN 0 WHEN 'silence' THEN 1 ELSE 2 END, ${of}.domain, ${of}.server, ${of}.id`,
})

/** How long an ended decision stays in the row. */
const SHOWN_MS = 120_000
const ON_DOMAIN = `x.server = p.server AND x.target = 'domain:' || p.domain`
/** Whether a decision from here made the block, or changed it since it was made. */
const OURS = `EXISTS (SELECT 1 FROM decision o INDEXED BY decision_by_target WHERE o.server = p.server AND o.target = 'domain:' || p.domain
  AND o.state = 'done' AND o.kind IN ('domain.block', 'domain.change') AND o.settled_at >= p.created_at - 60000)`

type Row = StoredDomainBlock & RowDecisionColumns & { ours: number }

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
  const rows = db.all<Row>(
    `SELECT p.*, ${rowDecisionColumns}, ${OURS} AS ours
     FROM (SELECT * FROM mirror.domain_block b ${where} ORDER BY ${orders('b')[asked.sort]} LIMIT @count OFFSET @from) p
     ${joinRowDecision(ON_DOMAIN, SHOWN_MS)} ORDER BY ${orders('p')[asked.sort]}`,
    { ...values, now, count: asked.count, from: asked.from },
  )
  return {
    total,
    from: asked.from,
    rows: rows.map(row => ({
      server: row.server,
      block: toBlock(row),
      ours: row.ours === 1,
      decision: toRowDecision(row),
    })),
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
