import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import { mayBeOurs } from '../decisions/ours.ts'
import type { DomainBlockEntity } from '../mastodon/entities/domain-block.ts'
import { rowOf, type StoredDomainBlock } from './table.ts'

/** What a decision on a domain's block or allow acts on: see `target` in the journal. */
const targetOf = (domain: string): string => `domain:${domain}`

/** One entry about what someone else did to a domain; `from` is when it was last seen otherwise. False when it may have been us. */
export const observeDomain = (
  context: Context,
  db: WriteDb,
  server: ServerKey,
  seen: {
    action: string
    domain: string
    facts: Record<string, string | number | null | string[]>
    from: number
    to: number
  },
): boolean => {
  const { action, domain, facts, from, to } = seen
  if (mayBeOurs(db, server, targetOf(domain), from)) return false
  context.log(db, { source: 'saw', action, server, facts: { domain, ...facts, from, to } })
  return true
}

const told = {
  severity: 'severity',
  reject_media: 'rejectMedia',
  reject_reports: 'rejectReports',
  obfuscate: 'obfuscate',
  private_comment: 'privateComment',
  public_comment: 'publicComment',
} as const

/** What the log says of a changed block: which fields, and the severity before and after. Comments are free text: only that they changed. */
export const changeOf = (
  before: StoredDomainBlock,
  block: DomainBlockEntity,
): { fields: string[]; before: string | null; after: string | null } | undefined => {
  const now = rowOf(block)
  const fields = (Object.keys(told) as (keyof typeof told)[])
    .filter(name => before[name] !== now[name])
    .map(name => told[name])
  return fields.length === 0 ? undefined : { fields, before: before.severity, after: now.severity }
}
