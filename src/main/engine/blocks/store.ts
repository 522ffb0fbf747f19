import { mayComeWithOurs } from '../decisions/ours.ts'
import type { CanonicalEmailBlockEntity, EmailDomainBlockEntity, IpBlockEntity } from '../mastodon/entities/blocks.ts'
import { type Mirrored, makeStore } from '../sync/mirrored.ts'
import {
  canonicalEmailBlockTable,
  canonicalRowOf,
  emailDomainBlockTable,
  emailDomainRowOf,
  ipBlockTable,
  ipRowOf,
} from './table.ts'

const emailDomain: Mirrored<EmailDomainBlockEntity, ReturnType<typeof emailDomainRowOf>> = {
  noun: 'email-domain-block',
  topic: 'blocks',
  ...emailDomainBlockTable,
  rowOf: emailDomainRowOf,
  put: (db, server, block, now) => emailDomainBlockTable.put(db, server, emailDomainRowOf(block), now),
  targetOf: ({ domain }) => `email-domain:${domain}`,
  kinds: { adds: 'email-domain.block', removes: 'email-domain.lift' },
  added: ({ id, domain }) => ({ action: 'email-domain-block.seen-added', facts: { block: id, domain } }),
  changed: () => undefined,
  removed: ({ id, domain }) => ({ action: 'email-domain-block.seen-lifted', facts: { block: id, domain } }),
  // With a block go those that were made as its children (contract E.5).
  comesWithOurs: (db, server, since) => mayComeWithOurs(db, server, 'email-domain*', since),
}

/** An address may belong to a person: it stands beside the log's facts, where it can be erased. */
const ip: Mirrored<IpBlockEntity, ReturnType<typeof ipRowOf>> = {
  noun: 'ip-block',
  topic: 'blocks',
  ...ipBlockTable,
  rowOf: ipRowOf,
  put: (db, server, block, now) => ipBlockTable.put(db, server, ipRowOf(block), now),
  targetOf: ({ ip: range }) => `address:${range}`,
  kinds: { adds: 'address.block', changes: 'address.change', removes: 'address.lift' },
  added: ({ id, ip: address, severity }) => ({
    action: 'ip-block.seen-added',
    facts: { block: id, after: severity },
    personal: { address },
  }),
  changed: (before, now, chosen) => {
    const names = ['ip', 'severity', 'comment', 'expires_at'] as const
    const told = { ip: 'address', severity: 'severity', comment: 'comment', expires_at: 'expiresAt' }
    // When one ends is chosen in seconds from then on.
    const isChosen = (name: (typeof names)[number]) =>
      name === 'expires_at' ? 'expiresIn' in chosen : name in chosen && chosen[name] === now[name]
    const fields = names.filter(name => before[name] !== now[name] && !isChosen(name)).map(name => told[name])
    if (fields.length === 0) return undefined
    const was = fields.includes('severity') ? before.severity : now.severity
    const facts = { block: now.id, before: was, after: now.severity, fields }
    return { action: 'ip-block.seen-changed', facts, personal: { address: now.ip } }
  },
  // What expired goes by itself.
  removed: ({ id, ip: address, severity, expires_at }, at) =>
    expires_at !== null && expires_at <= at
      ? undefined
      : { action: 'ip-block.seen-lifted', facts: { block: id, before: severity }, personal: { address } },
}

const canonical: Mirrored<CanonicalEmailBlockEntity, ReturnType<typeof canonicalRowOf>> = {
  noun: 'canonical-email-block',
  topic: 'blocks',
  ...canonicalEmailBlockTable,
  rowOf: canonicalRowOf,
  put: (db, server, block, now) => canonicalEmailBlockTable.put(db, server, canonicalRowOf(block), now),
  targetOf: ({ hash }) => `canonical-email:${hash}`,
  kinds: { adds: 'canonical-email.block', removes: 'canonical-email.lift' },
  added: ({ id }) => ({ action: 'canonical-email-block.seen-added', facts: { block: id } }),
  changed: () => undefined,
  removed: ({ id }) => ({ action: 'canonical-email-block.seen-lifted', facts: { block: id } }),
  // Suspending a member makes one, and the way back takes it away (contract E.1).
  comesWithOurs: (db, server, since) => mayComeWithOurs(db, server, 'account.*suspend', since),
}

/** E-mail domain blocks as the server told them: from a page, or from the answer to a decision. */
export const emailDomainBlockStore = makeStore(emailDomain)
/** IP blocks, in the same way. */
export const ipBlockStore = makeStore(ip)
/** Canonical e-mail blocks, in the same way. */
export const canonicalEmailBlockStore = makeStore(canonical)
