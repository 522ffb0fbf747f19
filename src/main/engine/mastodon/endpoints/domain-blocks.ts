import type { RequestClass } from '../budget.ts'
import { DomainBlockEntity } from '../entities/domain-block.ts'
import type { Outcome } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { listOf } from './page.ts'
import { write } from './write.ts'

/** Domain blocks (contract E.4): a page of the list, or one that is there still. There is no look-up by domain: all are listed. */
export const domainBlocksThere = listOf('/api/v1/admin/domain_blocks', DomainBlockEntity)

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
