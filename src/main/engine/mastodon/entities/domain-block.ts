import { z } from 'zod'
import { moment } from './moment.ts'
import { id, words } from './text.ts'

/** `Admin::DomainBlock` (contract F.4). 4.3 stored a blank severity as null (contract E.4); what is none that we know is told as null too. */
export const DomainBlockEntity = z.object({
  id,
  domain: z.string().min(1).max(255),
  created_at: moment,
  severity: z.enum(['noop', 'silence', 'suspend']).nullable().catch(null),
  reject_media: z.boolean().catch(false),
  reject_reports: z.boolean().catch(false),
  obfuscate: z.boolean().catch(false),
  private_comment: words.nullish(),
  public_comment: words.nullish(),
})
export type DomainBlockEntity = z.infer<typeof DomainBlockEntity>

/** `Admin::DomainAllow` (contract F.5). */
export const DomainAllowEntity = z.object({
  id,
  domain: z.string().min(1).max(255),
  created_at: moment,
})
export type DomainAllowEntity = z.infer<typeof DomainAllowEntity>

/** The 422 of a domain that is blocked or covered already (contract E.4, `ExistingDomainBlockError`). */
export const ExistingBlockEntity = z.object({ existing_domain_block: DomainBlockEntity })
