import type { RequestClass } from '../budget.ts'
import { DomainAllowEntity } from '../entities/domain-block.ts'
import type { Outcome } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { listOf } from './page.ts'
import { write } from './write.ts'

/** Domain allows (contract E.3): a page of the list, or one that is there still. */
export const domainAllowsThere = listOf('/api/v1/admin/domain_allows', DomainAllowEntity)

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
