import type { RequestClass } from '../budget.ts'
import { DomainBlockEntity } from '../entities/domain-block.ts'
import type { Outcome } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { findOne } from './entity.ts'
import { type Ask, listPage, type Page } from './page.ts'
import { write } from './write.ts'

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

/** What a block takes (contract E.4); only what is named is sent. An empty comment clears it. */
export type BlockChange = {
  severity?: 'noop' | 'silence' | 'suspend'
  rejectMedia?: boolean
  rejectReports?: boolean
  obfuscate?: boolean
  privateComment?: string
  publicComment?: string
}

/** Blocks a domain: a write, sent once. A 422 may hold `existing_domain_block`: see `ExistingBlockEntity`. */
export const createDomainBlock = async (
  guard: Guard,
  session: Session,
  block: BlockChange & { domain: string; severity: 'noop' | 'silence' | 'suspend' },
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> => await write(guard, session, cls, signal, () => session.api.v1.admin.domainBlocks.create(block))

/** Changes what is named of a block: a write, sent once. */
export const changeDomainBlock = async (
  guard: Guard,
  session: Session,
  id: string,
  change: BlockChange,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> =>
  await write(guard, session, cls, signal, () => session.api.v1.admin.domainBlocks.$select(id).update(change))

/** Lifts a block: a write, sent once. The server undoes it on every account within the request (contract E.4). */
export const liftDomainBlock = async (
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
    () => session.api.v1.admin.domainBlocks.$select(id).remove(),
    PATIENCE_MS.page,
  )
