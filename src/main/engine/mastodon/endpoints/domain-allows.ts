import type { RequestClass } from '../budget.ts'
import { DomainAllowEntity } from '../entities/domain-block.ts'
import type { Outcome } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { findOne } from './entity.ts'
import { type Ask, listPage, type Page } from './page.ts'
import { write } from './write.ts'

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

/** Allows a domain: a write, sent once. A repeat answers with the allow that is there (contract E.3). */
export const createDomainAllow = async (
  guard: Guard,
  session: Session,
  domain: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> =>
  await write(guard, session, cls, signal, () => session.api.v1.admin.domainAllows.create({ domain }))

/** Allows a domain no longer: a write, sent once. In limited federation its accounts are suspended at once (contract E.3). */
export const removeDomainAllow = async (
  guard: Guard,
  session: Session,
  id: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> =>
  await write(
    guard,
    session,
    cls,
    signal,
    () => session.api.v1.admin.domainAllows.$select(id).remove(),
    PATIENCE_MS.page,
  )
