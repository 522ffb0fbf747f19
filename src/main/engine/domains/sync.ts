import { domainAllowsThere } from '../mastodon/endpoints/domain-allows.ts'
import { domainBlocksThere } from '../mastodon/endpoints/domain-blocks.ts'
import type { List } from '../sync/list.ts'
import { makeList } from '../sync/mirrored.ts'
import { domainAllowStore, domainBlockStore } from './store.ts'
import { heldDomainAllows, heldDomainBlocks } from './table.ts'

const both = {
  ability: 'domains.see',
  // 500 from 4.3, 200 before (contract d).
  most: ({ release }) => (release >= 403 ? 500 : 200),
  lookMs: { usual: 300_000, whenPushed: 300_000 },
  sweepMs: 900_000,
} as const satisfies Partial<List>

/** Every domain that the server limits, suspends or only notes. */
export const domainBlocks = makeList({
  ...both,
  name: 'domain-blocks',
  store: domainBlockStore,
  ...domainBlocksThere,
  held: heldDomainBlocks,
})

/** Every domain that a server in limited federation talks to; elsewhere they have no effect. */
export const domainAllows = makeList({
  ...both,
  name: 'domain-allows',
  store: domainAllowStore,
  ...domainAllowsThere,
  held: heldDomainAllows,
})
