import { findDomainAllowThere, listDomainAllows } from '../mastodon/endpoints/domain-allows.ts'
import { findDomainBlockThere, listDomainBlocks } from '../mastodon/endpoints/domain-blocks.ts'
import type { List } from '../sync/list.ts'
import { settleRemoved } from '../sync/settle.ts'
import { storeDisallowed, storeDomainAllows, storeDomainBlocks, storeLifted } from './store.ts'
import { heldDomainAllows, heldDomainBlocks } from './table.ts'

const both = {
  right: 'manageFederation',
  // 500 from 4.3, 200 before (contract d).
  most: ({ release }) => (release >= 403 ? 500 : 200),
  lookMs: { usual: 300_000, whenPushed: 300_000 },
  sweepMs: 900_000,
} as const satisfies Partial<List>

/** Every domain that the server limits, suspends or only notes. */
export const domainBlocks: List = {
  ...both,
  name: 'domain-blocks',
  read: async (context, session, ask) => {
    const page = await listDomainBlocks(context.guard, session, ask)
    return {
      ...page,
      store: (since, also) => storeDomainBlocks(context, session.key, page.items, page.askedAt, since, also),
    }
  },
  held: heldDomainBlocks,
  settle: settleRemoved({
    find: ({ context, session, cls, signal }, id) => findDomainBlockThere(context.guard, session, id, cls, signal),
    store: ({ context, session }, block, askedAt) => storeDomainBlocks(context, session.key, [block], askedAt),
    remove: ({ context, session }, ids, askedAt) => storeLifted(context, session.key, ids, askedAt),
  }),
}

/** Every domain that a server in limited federation talks to; elsewhere they have no effect. */
export const domainAllows: List = {
  ...both,
  name: 'domain-allows',
  read: async (context, session, ask) => {
    const page = await listDomainAllows(context.guard, session, ask)
    return {
      ...page,
      store: (since, also) => storeDomainAllows(context, session.key, page.items, page.askedAt, since, also),
    }
  },
  held: heldDomainAllows,
  settle: settleRemoved({
    find: ({ context, session, cls, signal }, id) => findDomainAllowThere(context.guard, session, id, cls, signal),
    store: ({ context, session }, allow, askedAt) => storeDomainAllows(context, session.key, [allow], askedAt),
    remove: ({ context, session }, ids, askedAt) => storeDisallowed(context, session.key, ids, askedAt),
  }),
}
