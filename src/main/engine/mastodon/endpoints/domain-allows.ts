import type { RequestClass } from '../budget.ts'
import { DomainAllowEntity } from '../entities/domain-block.ts'
import type { Guard } from '../request.ts'
import type { Session } from '../session.ts'
import { type Ask, findOne, listPage, type Page } from './page.ts'

const PATH = '/api/v1/admin/domain_allows'

/** One page of domain allows (contract E.3). */
export const listDomainAllows = async (
  guard: Guard,
  session: Session,
  asked: Ask,
): Promise<Page & { items: DomainAllowEntity[] }> => await listPage(guard, session, PATH, {}, DomainAllowEntity, asked)

/** One domain allow as it is now, or nothing when it was removed. */
export const findDomainAllowThere = async (
  guard: Guard,
  session: Session,
  id: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<DomainAllowEntity | undefined> =>
  await findOne(guard, session, `${PATH}/${encodeURIComponent(id)}`, DomainAllowEntity, cls, signal)
