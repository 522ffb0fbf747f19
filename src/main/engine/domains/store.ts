import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import type { DomainAllowEntity, DomainBlockEntity } from '../mastodon/entities/domain-block.ts'
import { hasLeft } from '../sync/left.ts'
import type { Since } from '../sync/list.ts'
import { changeOf, observeDomain } from './observed.ts'
import {
  findDomainAllow,
  findDomainBlock,
  putDomainAllow,
  putDomainBlock,
  removeDomainAllow,
  removeDomainBlock,
} from './table.ts'

const nothing = () => {}

/**
 * Stores domain blocks, as they were when the server was asked at `askedAt`, in one transaction with whatever `also` moves. What was
 * read or lifted later than the page was asked for stays so.
 */
export const storeDomainBlocks = (
  context: Context,
  server: ServerKey,
  blocks: readonly DomainBlockEntity[],
  askedAt: number,
  since: Since = () => null,
  also: (db: WriteDb) => void = nothing,
): void =>
  context.gate.write(['sync'], (db, touch) => {
    for (const block of blocks) {
      const before = findDomainBlock(db, server, block.id)
      if (before ? before.seen_at > askedAt : hasLeft(db, server, 'domain-block', block.id, askedAt)) continue
      const change = before && changeOf(before, block)
      const from = before ? before.seen_at : since(block.id)
      if (!before || change) touch('domains')
      if (from !== null && (!before || change)) {
        const facts = { block: block.id, ...(change ?? { after: block.severity }) }
        const action = change ? 'domain-block.seen-changed' : 'domain-block.seen-added'
        if (observeDomain(context, db, server, { action, domain: block.domain, facts, from, to: askedAt })) touch('log')
      }
      putDomainBlock(db, server, block, askedAt)
    }
    also(db)
  })

/** Forgets domain blocks that are no longer on the server, and says so in the log where it was not us. */
export const storeLifted = (context: Context, server: ServerKey, ids: readonly string[], askedAt: number): void =>
  context.gate.write(['domains'], (db, touch) => {
    for (const id of ids) {
      const before = findDomainBlock(db, server, id)
      if (!before || before.seen_at > askedAt) continue
      removeDomainBlock(db, server, id, askedAt)
      const { domain, severity, seen_at } = before
      const facts = { block: id, before: severity }
      const seen = { action: 'domain-block.seen-lifted', domain, facts, from: seen_at, to: askedAt }
      if (observeDomain(context, db, server, seen)) touch('log')
    }
  })

/** Stores domain allows, in the same way. */
export const storeDomainAllows = (
  context: Context,
  server: ServerKey,
  allows: readonly DomainAllowEntity[],
  askedAt: number,
  since: Since = () => null,
  also: (db: WriteDb) => void = nothing,
): void =>
  context.gate.write(['sync'], (db, touch) => {
    for (const allow of allows) {
      const before = findDomainAllow(db, server, allow.id)
      if (before ? before.seen_at > askedAt : hasLeft(db, server, 'domain-allow', allow.id, askedAt)) continue
      const from = since(allow.id)
      if (!before) touch('domains')
      if (!before && from !== null) {
        const seen = { domain: allow.domain, facts: { allow: allow.id }, from, to: askedAt }
        if (observeDomain(context, db, server, { action: 'domain-allow.seen-added', ...seen })) touch('log')
      }
      putDomainAllow(db, server, allow, askedAt)
    }
    also(db)
  })

/** Forgets domain allows that are no longer on the server, and says so in the log where it was not us. */
export const storeDisallowed = (context: Context, server: ServerKey, ids: readonly string[], askedAt: number): void =>
  context.gate.write(['domains'], (db, touch) => {
    for (const id of ids) {
      const before = findDomainAllow(db, server, id)
      if (!before || before.seen_at > askedAt) continue
      removeDomainAllow(db, server, id, askedAt)
      const seen = { domain: before.domain, facts: { allow: id }, from: before.seen_at, to: askedAt }
      if (observeDomain(context, db, server, { action: 'domain-allow.seen-removed', ...seen })) touch('log')
    }
  })
