import { canonicalEmailBlocks, emailDomainBlocks, ipBlocks } from './blocks/sync.ts'
import { domainAllows, domainBlocks } from './domains/sync.ts'
import { openReports, resolvedReports } from './reports/sync.ts'
import { pendingAccounts } from './signups/sync.ts'
import type { List } from './sync/list.ts'

/** What is read of every server, the most urgent first. */
export const synced: readonly List[] = [
  openReports,
  resolvedReports,
  pendingAccounts,
  domainBlocks,
  domainAllows,
  emailDomainBlocks,
  ipBlocks,
  canonicalEmailBlocks,
]
