import { canonicalEmailBlocksThere, emailDomainBlocksThere, ipBlocksThere } from '../mastodon/endpoints/blocks.ts'
import type { List } from '../sync/list.ts'
import { makeList } from '../sync/mirrored.ts'
import { canonicalEmailBlockStore, emailDomainBlockStore, ipBlockStore } from './store.ts'
import { canonicalEmailBlockTable, emailDomainBlockTable, ipBlockTable } from './table.ts'

const all = {
  ability: 'blocks.see',
  most: () => 200,
  lookMs: { usual: 600_000, whenPushed: 600_000 },
  sweepMs: 1_800_000,
} as const satisfies Partial<List>

/** Domains of e-mail addresses that nobody may sign up with. */
export const emailDomainBlocks = makeList({
  ...all,
  ...emailDomainBlocksThere,
  name: 'email-domain-blocks',
  store: emailDomainBlockStore,
  held: emailDomainBlockTable.held,
})

/** Addresses and ranges that may not sign up, or not reach the server at all. */
export const ipBlocks = makeList({
  ...all,
  ...ipBlocksThere,
  name: 'ip-blocks',
  store: ipBlockStore,
  held: ipBlockTable.held,
})

/** Single e-mail addresses, as hashes, that nobody may sign up with. */
export const canonicalEmailBlocks = makeList({
  ...all,
  ...canonicalEmailBlocksThere,
  name: 'canonical-email-blocks',
  store: canonicalEmailBlockStore,
  held: canonicalEmailBlockTable.held,
})
