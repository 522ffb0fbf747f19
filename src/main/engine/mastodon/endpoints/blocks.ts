import type { RequestClass } from '../budget.ts'
import { CanonicalEmailBlockEntity, EmailDomainBlockEntity, IpBlockEntity } from '../entities/blocks.ts'
import type { Guard } from '../request.ts'
import type { Session } from '../session.ts'
import { type Ask, findOne, listPage, type Page } from './page.ts'

type Entity<Item> = { safeParse(item: unknown): { data?: Item } }

/** How one family of blocks is read; they are alike (contract E.5 to E.7). */
const reads = <Item>(path: string, entity: Entity<Item>) => ({
  list: async (guard: Guard, session: Session, asked: Ask): Promise<Page & { items: Item[] }> =>
    await listPage(guard, session, path, {}, entity, asked),
  find: async (
    guard: Guard,
    session: Session,
    id: string,
    cls: RequestClass,
    signal: AbortSignal,
  ): Promise<Item | undefined> =>
    await findOne(guard, session, `${path}/${encodeURIComponent(id)}`, entity, cls, signal),
})

/** E-mail domain blocks (contract E.5): a page of the list, or one that is there still. */
export const emailDomainBlocksThere = reads('/api/v1/admin/email_domain_blocks', EmailDomainBlockEntity)
/** IP blocks (contract E.6), in the same way. */
export const ipBlocksThere = reads('/api/v1/admin/ip_blocks', IpBlockEntity)
/** Canonical e-mail blocks (contract E.7), in the same way. */
export const canonicalEmailBlocksThere = reads('/api/v1/admin/canonical_email_blocks', CanonicalEmailBlockEntity)
