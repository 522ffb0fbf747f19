import type { RequestClass } from '../budget.ts'
import { DomainBlockEntity } from '../entities/domain-block.ts'
import type { Guard } from '../request.ts'
import type { Session } from '../session.ts'
import { type Ask, findOne, listPage, type Page } from './page.ts'

const PATH = '/api/v1/admin/domain_blocks'

/** One page of domain blocks (contract E.4). There is no look-up by domain: all are listed. */
export const listDomainBlocks = async (
  guard: Guard,
  session: Session,
  asked: Ask,
): Promise<Page & { items: DomainBlockEntity[] }> => await listPage(guard, session, PATH, {}, DomainBlockEntity, asked)

/** One domain block as it is now, or nothing when it was lifted. */
export const findDomainBlockThere = async (
  guard: Guard,
  session: Session,
  id: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<DomainBlockEntity | undefined> =>
  await findOne(guard, session, `${PATH}/${encodeURIComponent(id)}`, DomainBlockEntity, cls, signal)
