import type { z } from 'zod'
import type { DecisionKind, Fields, SubjectNoun } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import type { Work } from '../decisions/kind.ts'
import {
  blockAddress,
  blockCanonicalEmail,
  blockEmailDomain,
  canonicalEmailBlocksThere,
  emailDomainBlocksThere,
  ipBlocksThere,
  liftBlock,
} from '../mastodon/endpoints/blocks.ts'
import type { Answered } from '../mastodon/endpoints/entity.ts'
import type { Ask, Page } from '../mastodon/endpoints/page.ts'
import { CanonicalEmailBlockEntity, EmailDomainBlockEntity, IpBlockEntity } from '../mastodon/entities/blocks.ts'
import type { Outcome } from '../mastodon/outcome.ts'
import type { Guard } from '../mastodon/request.ts'
import type { Session } from '../mastodon/session.ts'
import type { ListName } from '../sync/cursor.ts'
import type { Store } from '../sync/mirrored.ts'
import { AddressFields, addressAgain, EmailDomainFields } from './fields.ts'
import { canonicalEmailBlockStore, emailDomainBlockStore, ipBlockStore } from './store.ts'
import { canonicalEmailBlockTable, emailDomainBlockTable, ipBlockTable } from './table.ts'
import { isInside, isWide, type ReadValue, readEmail, readEmailDomain, readRange } from './values.ts'

/** A family of blocks: they come and go alike, and differ in what they hold. */
export type Family<Item extends { id: string }> = {
  of: Extract<SubjectNoun, 'email-domain' | 'address' | 'canonical-email'>
  block: DecisionKind
  lift: DecisionKind
  read(text: string): ReadValue
  /** The domain that a value is, for the log; null where it may belong to a person. */
  domainOf(value: string): string | null
  /** Why a value can't be blocked from here, or only alone and with its name typed; message codes. */
  rails(value: string): { refusal: string | null; brake: string | null }
  valueOf(item: Item): string
  find(db: ReadDb, server: ServerKey, id: string): { id: string } | undefined
  findBy(db: ReadDb, server: ServerKey, value: string): { id: string } | undefined
  /** What a block of this value is like, for the way back. */
  kept(db: ReadDb, server: ServerKey, value: string): Fields
  /** What makes it so again; null where it would have ended by now. */
  again(kept: Fields, now: number): Fields | null
  store: Store<Item>
  /** Its name among the lists that are synced. */
  listName: ListName
  list(guard: Guard, session: Session, ask: Ask): Promise<Page & { items: Item[] }>
  there(
    guard: Guard,
    session: Session,
    id: string,
    cls: Work['cls'],
    signal: AbortSignal,
  ): Promise<Answered<Item | undefined>>
  entity: z.ZodType<Item>
  create(work: Work, value: string): Promise<Outcome>
  remove(work: Work, id: string): Promise<Outcome>
}

const free = { refusal: null, brake: null }
const fieldsOf = ({ decision }: Work): unknown => JSON.parse(decision.fields)

/** Domains of e-mail addresses (contract E.5). */
export const emailDomains: Family<EmailDomainBlockEntity> = {
  of: 'email-domain',
  block: 'email-domain.block',
  lift: 'email-domain.lift',
  read: readEmailDomain,
  domainOf: value => value,
  rails: () => free,
  valueOf: ({ domain }) => domain.toLowerCase(),
  kept: (db, server, domain) => ({
    allowWithApproval: emailDomainBlockTable.findBy(db, server, domain)?.allow_with_approval === 1,
  }),
  again: kept => kept,
  ...emailDomainBlockTable,
  store: emailDomainBlockStore,
  listName: 'email-domain-blocks',
  list: emailDomainBlocksThere.list,
  there: emailDomainBlocksThere.find,
  entity: EmailDomainBlockEntity,
  create: (work, domain) =>
    blockEmailDomain(
      work.context.guard,
      work.session,
      domain,
      EmailDomainFields.parse(fieldsOf(work)),
      work.cls,
      work.signal,
    ),
  remove: (work, id) => liftBlock(work.context.guard, work.session, 'email-domain', id, work.cls, work.signal),
}

/** Network addresses and ranges (contract E.6). */
export const addresses: Family<IpBlockEntity> = {
  of: 'address',
  block: 'address.block',
  lift: 'address.lift',
  read: readRange,
  domainOf: () => null,
  rails: range => ({
    refusal: isInside(range) ? 'refusal.inside-address' : null,
    brake: isWide(range) ? 'brake.wide-range' : null,
  }),
  valueOf: ({ ip }) => readRange(ip).value ?? ip,
  kept: (db, server, range) => {
    const held = ipBlockTable.findBy(db, server, range)
    return held ? { severity: held.severity, comment: held.comment, expiresAt: held.expires_at } : {}
  },
  again: addressAgain,
  ...ipBlockTable,
  store: ipBlockStore,
  listName: 'ip-blocks',
  list: ipBlocksThere.list,
  there: ipBlocksThere.find,
  entity: IpBlockEntity,
  create: (work, ip) =>
    blockAddress(work.context.guard, work.session, ip, AddressFields.parse(fieldsOf(work)), work.cls, work.signal),
  remove: (work, id) => liftBlock(work.context.guard, work.session, 'address', id, work.cls, work.signal),
}

/** Single e-mail addresses, as hashes (contract E.7). */
export const canonicalEmails: Family<CanonicalEmailBlockEntity> = {
  of: 'canonical-email',
  block: 'canonical-email.block',
  lift: 'canonical-email.lift',
  read: readEmail,
  domainOf: () => null,
  rails: () => free,
  valueOf: item => item.canonical_email_hash,
  kept: () => ({}),
  again: kept => kept,
  ...canonicalEmailBlockTable,
  store: canonicalEmailBlockStore,
  listName: 'canonical-email-blocks',
  list: canonicalEmailBlocksThere.list,
  there: canonicalEmailBlocksThere.find,
  entity: CanonicalEmailBlockEntity,
  create: (work, hash) => blockCanonicalEmail(work.context.guard, work.session, hash, work.cls, work.signal),
  remove: (work, id) => liftBlock(work.context.guard, work.session, 'canonical-email', id, work.cls, work.signal),
}
