import type { RequestClass } from '../budget.ts'
import { CanonicalEmailBlockEntity, EmailDomainBlockEntity, IpBlockEntity } from '../entities/blocks.ts'
import type { Outcome } from '../outcome.ts'
import type { Guard } from '../request.ts'
import type { Session } from '../session.ts'
import { listOf } from './page.ts'
import { write } from './write.ts'

/** E-mail domain blocks (contract E.5): a page of the list, or one that is there still. */
export const emailDomainBlocksThere = listOf('/api/v1/admin/email_domain_blocks', EmailDomainBlockEntity)
/** IP blocks (contract E.6), in the same way. */
export const ipBlocksThere = listOf('/api/v1/admin/ip_blocks', IpBlockEntity)
/** Canonical e-mail blocks (contract E.7), in the same way. */
export const canonicalEmailBlocksThere = listOf('/api/v1/admin/canonical_email_blocks', CanonicalEmailBlockEntity)

/** Blocks a domain of e-mail addresses (contract E.5): a write, sent once. `allow_with_approval` came with 4.3, so masto's type has it not. */
export const blockEmailDomain = async (
  guard: Guard,
  session: Session,
  domain: string,
  { allowWithApproval }: { allowWithApproval: boolean },
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> => {
  const block = { domain, ...(allowWithApproval ? { allowWithApproval } : {}) }
  return await write(guard, session, cls, signal, () => session.api.v1.admin.emailDomainBlocks.create(block))
}

/** What a block of an address takes (contract E.6); `expiresIn` in seconds, 0: never. */
export type AddressBlock = {
  severity?: 'sign_up_requires_approval' | 'sign_up_block' | 'no_access'
  comment?: string
  expiresIn?: number
}

/** Blocks an address or a range in CIDR form: a write, sent once. */
export const blockAddress = async (
  guard: Guard,
  session: Session,
  ip: string,
  { severity, comment, expiresIn }: Required<AddressBlock>,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> => {
  const block = { ip, severity, comment, ...(expiresIn === 0 ? {} : { expiresIn }) }
  return await write(guard, session, cls, signal, () => session.api.v1.admin.ipBlocks.create(block))
}

/** Changes what is named: a write, sent once. A 200 does not prove that it was saved (contract E.6). */
export const changeAddress = async (
  guard: Guard,
  session: Session,
  id: string,
  { severity, comment, expiresIn }: AddressBlock,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> => {
  const change = {
    ...(severity === undefined ? {} : { severity }),
    ...(comment === undefined ? {} : { comment }),
    // Blank means never.
    ...(expiresIn === undefined ? {} : { expiresIn: expiresIn === 0 ? null : expiresIn }),
  }
  return await write(guard, session, cls, signal, () => session.api.v1.admin.ipBlocks.$select(id).update(change))
}

/** Blocks an e-mail address by its hash, so that the address itself stays here (contract E.7): a write, sent once. */
export const blockCanonicalEmail = async (
  guard: Guard,
  session: Session,
  canonicalEmailHash: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> =>
  await write(guard, session, cls, signal, () =>
    session.api.v1.admin.canonicalEmailBlocks.create({ canonicalEmailHash }),
  )

/** Lifts a block of any family: a write, sent once. */
export const liftBlock = async (
  guard: Guard,
  session: Session,
  family: 'email-domain' | 'address' | 'canonical-email',
  id: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> => {
  const { admin } = session.api.v1
  const all = {
    'email-domain': admin.emailDomainBlocks,
    address: admin.ipBlocks,
    'canonical-email': admin.canonicalEmailBlocks,
  }
  return await write(guard, session, cls, signal, () => all[family].$select(id).remove())
}
