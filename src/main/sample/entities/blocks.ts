/** The blocks that admins keep (contract F.4, F.5). */
import { createHash } from 'node:crypto'
import type {
  CanonicalEmailBlockRecord,
  DomainAllowRecord,
  DomainBlockRecord,
  EmailDomainBlockRecord,
  IpBlockRecord,
} from '../rules/model.ts'
import { iso, isoOrNull, sevenDays } from './times.ts'
import type { View } from './view.ts'

/** SHA-256 hex of a domain. */
export function digestOf(domain: string): string {
  return createHash('sha256').update(domain).digest('hex')
}

/** A domain block, as moderators see it (contract E.4). */
export function domainBlockEntity(view: View, block: DomainBlockRecord): object {
  return {
    id: block.id,
    domain: block.domain,
    ...(view.has('4.3') ? { digest: digestOf(block.domain) } : {}),
    created_at: iso(block.createdAt),
    severity: block.severity,
    reject_media: block.rejectMedia,
    reject_reports: block.rejectReports,
    private_comment: block.privateComment,
    public_comment: block.publicComment,
    obfuscate: block.obfuscate,
  }
}

/** A domain allow (contract E.3). */
export function domainAllowEntity(allow: DomainAllowRecord): object {
  return { id: allow.id, domain: allow.domain, created_at: iso(allow.createdAt) }
}

/** An e-mail domain block (contract E.5). */
export function emailDomainBlockEntity(view: View, block: EmailDomainBlockRecord): object {
  return {
    id: block.id,
    domain: block.domain,
    created_at: iso(block.createdAt),
    history: sevenDays(view.sample.clock.now(), block.history),
    ...(view.has('4.3') ? { allow_with_approval: block.allowWithApproval } : {}),
  }
}

/** `severity` is text or null here: a rejected change is answered with what was asked for (contract E.6). */
export function ipBlockEntity(block: Omit<IpBlockRecord, 'severity'> & { readonly severity: string | null }): object {
  const { id, ip, severity, comment } = block
  return { id, ip, severity, comment, created_at: iso(block.createdAt), expires_at: isoOrNull(block.expiresAt) }
}

/** A canonical e-mail block (contract E.7). */
export function canonicalEmailBlockEntity(block: CanonicalEmailBlockRecord): object {
  return { id: block.id, canonical_email_hash: block.hash }
}
