import { z } from 'zod'
import { moment } from './moment.ts'
import { id, words } from './text.ts'

const count = z.string().transform(text => (/^\d{1,15}$/.test(text) ? Number(text) : 0))

/** `Admin::EmailDomainBlock` (contract F.5). `allow_with_approval` came with 4.3; `history` has today first, its counts are strings. */
export const EmailDomainBlockEntity = z.object({
  id,
  domain: z.string().min(1).max(255),
  created_at: moment,
  allow_with_approval: z.boolean().catch(false),
  history: z
    .array(z.object({ accounts: count, uses: count }))
    .max(100)
    .catch([]),
})
export type EmailDomainBlockEntity = z.infer<typeof EmailDomainBlockEntity>

/** `Admin::IpBlock` (contract F.5): `ip` has a prefix. A severity that was refused may stand there as null (contract E.6). */
export const IpBlockEntity = z.object({
  id,
  ip: z.string().min(1).max(64),
  severity: z.enum(['sign_up_requires_approval', 'sign_up_block', 'no_access']).nullable().catch(null),
  comment: words.catch(''),
  created_at: moment,
  expires_at: moment.nullish(),
})
export type IpBlockEntity = z.infer<typeof IpBlockEntity>

/** `Admin::CanonicalEmailBlock` (contract F.5): nothing reveals the address. */
export const CanonicalEmailBlockEntity = z.object({
  id,
  canonical_email_hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type CanonicalEmailBlockEntity = z.infer<typeof CanonicalEmailBlockEntity>
