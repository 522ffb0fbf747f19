import type { Block, BlockFamily } from '../../../shared/contract/blocks.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import {
  joinRowDecision,
  type RowDecisionColumns,
  rowDecisionColumns,
  toRowDecision,
} from '../decisions/row-decision.ts'

type Row = RowDecisionColumns & {
  server: ServerKey
  id: string
  value: string
  severity: Block['severity']
  allow: number
  comment: string
  created_at: number | null
  expires_at: number | null
  history: string | null
}

/** A decision that ended shows in its row for this long. */
const SHOWN_MS = 120_000

/** The columns of a family as rows have them, and what a search looks through. */
const sources: Record<BlockFamily, { table: string; value: string; columns: string; searched: string }> = {
  'email-domain': {
    table: 'email_domain_block',
    value: 'domain',
    columns: `NULL AS severity, b.allow_with_approval AS allow, '' AS comment, b.created_at, NULL AS expires_at, b.history`,
    searched: `b.domain LIKE @like ESCAPE '\\'`,
  },
  address: {
    table: 'ip_block',
    value: 'ip',
    columns: 'b.severity, 0 AS allow, b.comment, b.created_at, b.expires_at, NULL AS history',
    searched: `(b.ip LIKE @like ESCAPE '\\' OR b.comment LIKE @like ESCAPE '\\')`,
  },
  'canonical-email': {
    table: 'canonical_email_block',
    value: 'hash',
    columns: `NULL AS severity, 0 AS allow, '' AS comment, NULL AS created_at, NULL AS expires_at, NULL AS history`,
    searched: `b.hash LIKE @like ESCAPE '\\'`,
  },
}

const select = (family: BlockFamily) => {
  const { table, value, columns } = sources[family]
  return `SELECT b.server, b.id, b.${value} AS value, ${columns},
      ${rowDecisionColumns}
    FROM mirror.${table} b
    ${joinRowDecision(`x.server = b.server AND x.target = '${family}:' || b.${value}`, SHOWN_MS)}`
}

const triesOf = (history: string): number => {
  const days: [number, number][] = JSON.parse(history)
  return days.reduce((sum, [uses]) => sum + uses, 0)
}

const toBlock = (row: Row): Block => ({
  server: row.server,
  id: row.id,
  value: row.value,
  severity: row.severity,
  allowWithApproval: row.allow === 1,
  comment: row.comment,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  tries: row.history === null ? null : triesOf(row.history),
  decision: toRowDecision(row),
})

type Asked = { family: BlockFamily; server: ServerKey | null; search: string; from: number; count: number }

/** A page of one family's blocks, the newest first, without those that have expired; and how many there are. */
export const pageOfBlocks = (
  db: ReadDb,
  { family, server, search, from, count }: Asked,
  now: number,
): { from: number; blocks: Block[]; total: number } => {
  const { table, searched } = sources[family]
  const like = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`
  const wheres = [
    // Named only where one is meant: a condition that may be none would walk through the table.
    ...(server === null ? [] : ['b.server = @server']),
    ...(search.trim() === '' ? [] : [searched]),
    ...(family === 'address' ? ['(b.expires_at IS NULL OR b.expires_at > @now)'] : []),
  ]
  const where = wheres.length === 0 ? 'true' : wheres.join(' AND ')
  const params = { server, now, ...(search.trim() === '' ? {} : { like }) }
  const rows = db.all<Row>(`${select(family)} WHERE ${where} ORDER BY b.ord DESC, b.server LIMIT @count OFFSET @from`, {
    ...params,
    count,
    from,
  })
  const total = db.get<{ n: number }>(`SELECT count(*) AS n FROM mirror.${table} b WHERE ${where}`, params)
  return { from, blocks: rows.map(toBlock), total: total?.n ?? 0 }
}

/** The block of exactly this value, or nothing. */
export const blockOf = (
  db: ReadDb,
  family: BlockFamily,
  server: ServerKey,
  value: string,
  now: number,
): Block | null => {
  const row = db.get<Row>(
    `${select(family)} WHERE b.server = @server AND b.${sources[family].value} = @value ORDER BY b.ord DESC LIMIT 1`,
    { server, value, now },
  )
  return row ? toBlock(row) : null
}
