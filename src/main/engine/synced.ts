import { canonicalEmailBlocks, emailDomainBlocks, ipBlocks } from './blocks/sync.ts'
import { domainAllows, domainBlocks } from './domains/sync.ts'
import { newestAreLost } from './reports/lost.ts'
import { openReports, resolvedReports } from './reports/sync.ts'
import { pendingAccounts } from './signups/sync.ts'
import type { Asking } from './sync/as-left.ts'
import type { List } from './sync/list.ts'

/** What is read of every server, the most urgent first, and how it is seen that one was put back to an earlier state. */
export const synced: { lists: readonly List[]; newestAreLost(asking: Asking): Promise<boolean> } = {
  lists: [
    openReports,
    resolvedReports,
    pendingAccounts,
    domainBlocks,
    domainAllows,
    emailDomainBlocks,
    ipBlocks,
    canonicalEmailBlocks,
  ],
  newestAreLost,
}
