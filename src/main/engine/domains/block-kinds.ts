import { Fields, type Subject } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import {
  type Arming,
  type Before,
  type Kind,
  noFields,
  rungOfForm,
  type StoredDecision,
  type Work,
} from '../decisions/kind.ts'
import { doneSince } from '../decisions/ours.ts'
import { shownBy } from '../decisions/read-back.ts'
import { changeDomainBlock, createDomainBlock, liftDomainBlock } from '../mastodon/endpoints/domain-blocks.ts'
import { DomainBlockEntity, ExistingBlockEntity } from '../mastodon/entities/domain-block.ts'
import { releaseNumber } from '../mastodon/session.ts'
import { findServer } from '../servers/table.ts'
import { armOn, roleRefusal } from './arming.ts'
import {
  BlockFields,
  type BlockState,
  ChangeFields,
  changesOf,
  isHarsher,
  isRefusedBelow,
  isSo,
  stateOf,
  stateOfRow,
} from './fields.ts'
import { brakeFor, refusalFor } from './guard-rails.ts'
import { brakeNow, cutBy, readUnmeasured } from './measuring.ts'
import { lineOf } from './name.ts'
import { keepInTheWay, readBlockAgain, readBlocksOnce, readNewBlock } from './reading.ts'
import { domainBlockStore } from './store.ts'
import { findCovering, findDomainBlock, findDomainBlockOf, type StoredDomainBlock } from './table.ts'

/** What a rung of the block is looked at for: the strongest, which nothing but the domain itself can refuse. */
const strongest: BlockFields = BlockFields.parse({ severity: 'suspend' })
const blockWanted = ({ fields }: StoredDecision): BlockFields => BlockFields.parse(JSON.parse(fields))
const changeWanted = ({ fields }: StoredDecision): ChangeFields => ChangeFields.parse(JSON.parse(fields))
const heldBlock = ({ context, session, decision }: Work): StoredDomainBlock | undefined =>
  context.gate.read(db => findDomainBlockOf(db, session.key, decision.domain ?? ''))

const armBlock = (db: ReadDb, server: ServerKey, subject: Subject, wanted: BlockFields): Arming =>
  armOn(subject, domain => {
    const parent = findCovering(db, server, lineOf(domain).slice(1))
    const release = releaseNumber(findServer(db, server)?.release ?? '')
    const isCovered = parent !== undefined && isRefusedBelow(wanted, stateOfRow(parent), release)
    const refusal =
      roleRefusal(db, server) ??
      refusalFor(db, server, domain) ??
      (findDomainBlockOf(db, server, domain) ? 'refusal.blocked' : isCovered ? 'refusal.covered' : null)
    return { refusal, brake: brakeFor(db, server, domain, wanted.severity === 'suspend'), before: {} }
  })

const block: Kind = {
  kind: 'domain.block',
  subjects: ['domain'],
  place: 'rung',
  hasGrace: true,
  inverse: 'domain.lift',
  fields: BlockFields,
  codes: ['severity'],
  // A new block leans on the server's own 422.
  requests: 1,
  cuts: (db, server, { id }, fields) => (fields.severity === 'suspend' ? cutBy(db, server, id) : 0),
  unread: readUnmeasured,
  arming: (db, server, subject, fields) => armBlock(db, server, subject, BlockFields.parse(fields)),
  rung: (db, server, subject) => rungOfForm('domain.block', armBlock(db, server, subject, strongest)),
  precondition: async work => {
    const { context, session, decision, cls } = work
    if (cls === 'decision') await readNewBlock(work)
    const held = heldBlock(work)
    if (held) return isSo(blockWanted(decision), stateOfRow(held)) ? 'why.already-so' : 'why.blocked-otherwise'
    // An allow may have come since it was armed, or a server that someone signed in to; what was small may be large by now.
    return (
      context.gate.read(db => refusalFor(db, session.key, decision.domain ?? '')) ??
      (await brakeNow(work, blockWanted(decision).severity === 'suspend'))
    )
  },
  request: ({ context, session, decision, cls, signal }) => {
    const wanted = { domain: decision.domain ?? '', ...blockWanted(decision) }
    return createDomainBlock(context.guard, session, wanted, cls, signal)
  },
  refused: (work, status, json) => {
    const { decision } = work
    const existing = status === 422 ? ExistingBlockEntity.safeParse(json).data?.existing_domain_block : undefined
    if (!existing) return null
    keepInTheWay(work, existing)
    // The server says the same of the domain's own block and of a parent's.
    if (existing.domain.toLowerCase() !== decision.domain) return { isDone: false, why: 'why.covered' }
    return isSo(blockWanted(decision), stateOf(existing))
      ? { isDone: true, why: 'why.already-so' }
      : { isDone: false, why: 'why.blocked-otherwise' }
  },
  readBack: async work => {
    // The sync may have found it first.
    const all = heldBlock(work) !== undefined || (await readNewBlock(work))
    const held = heldBlock(work)
    if (!held) return shownBy(false, all)
    return isSo(blockWanted(work.decision), stateOfRow(held))
      ? { shows: 'done' }
      : { shows: 'not-done', why: 'why.blocked-otherwise' }
  },
  take: ({ context, session }, json) => {
    const made = DomainBlockEntity.safeParse(json)
    if (made.success) domainBlockStore.put(context, session.key, [made.data], context.clock.now())
    return made.success
  },
  refresh: async work => {
    if (!heldBlock(work)) await readNewBlock(work)
  },
}

/** What was kept when it was armed gives the block back as it was. */
const asKept = ({ kept }: StoredDecision): Fields => Fields.parse(JSON.parse(kept))

/** What was before, as it is logged; comments are free text, and left out. */
const beforeOf = (row: StoredDomainBlock): Before => {
  const { privateComment, publicComment, ...facts } = stateOfRow(row)
  return { block: row.id, ...facts }
}
const idOf = ({ before }: StoredDecision): string => String(JSON.parse(before).block)

/** What a person who armed it could expect by now: what was, and what our own changes, behind which it waited, have made of it. */
const expected = (db: ReadDb, decision: StoredDecision): Before => {
  const { server, target, armed_at, before } = decision
  const earlier = doneSince(db, server, { column: 'target', is: target }, armed_at)
  const ours = earlier.filter(({ kind }) => kind === 'domain.change').map(({ fields }) => JSON.parse(fields))
  return Object.assign(JSON.parse(before), ...ours)
}

/** The block as it is now: read by itself, or in a batch once for all. Or why it is not the one that was decided about. */
const readTarget = async (work: Work): Promise<StoredDomainBlock | string> => {
  const { context, session, decision, cls } = work
  const id = idOf(decision)
  if (cls === 'batch') await readBlocksOnce(work)
  else await readBlockAgain(work, id)
  return context.gate.read(db => {
    const now = findDomainBlock(db, session.key, id)
    // An id may name another block by now, where the server was put back.
    if (now?.domain !== decision.domain) return 'why.block-lifted'
    const before = expected(db, decision)
    return Object.entries(beforeOf(now)).some(([name, value]) => before[name] !== value) ? 'why.block-changed' : now
  })
}

const refreshBlock = async (work: Work): Promise<void> => void (await readBlockAgain(work, idOf(work.decision)))

const suspendsNow = (wanted: ChangeFields, now: BlockState): boolean =>
  wanted.severity === 'suspend' && now.severity !== 'suspend'

const armChange = (db: ReadDb, server: ServerKey, subject: Subject, wanted: ChangeFields): Arming =>
  armOn(subject, domain => {
    const held = findDomainBlockOf(db, server, domain)
    const role = roleRefusal(db, server)
    if (!held) return { refusal: role ?? 'refusal.not-blocked', brake: null, before: {} }
    const now = stateOfRow(held)
    const before = beforeOf(held)
    const kept = Object.fromEntries(Object.entries(now).filter(([name, value]) => name in wanted && value !== null))
    const same = isSo(wanted, now) && Object.keys(wanted).length > 0 ? 'refusal.same-block' : null
    if (!isHarsher(wanted, now)) return { refusal: role ?? same, brake: null, before, kept }
    return {
      refusal: role ?? refusalFor(db, server, domain),
      brake: brakeFor(db, server, domain, suspendsNow(wanted, now)),
      before,
      kept,
    }
  })

const change: Kind = {
  kind: 'domain.change',
  subjects: ['domain'],
  place: 'rung',
  hasGrace: true,
  inverse: 'domain.change',
  wayBack: asKept,
  fields: ChangeFields,
  codes: ['severity'],
  requests: 1,
  cuts: (db, server, { id }, fields) => (fields.severity === 'suspend' ? cutBy(db, server, id) : 0),
  unread: readUnmeasured,
  arming: (db, server, subject, fields) => armChange(db, server, subject, ChangeFields.parse(fields)),
  rung: (db, server, subject) => rungOfForm('domain.change', armChange(db, server, subject, {})),
  precondition: async work => {
    const now = await readTarget(work)
    if (typeof now === 'string') return now
    const { context, session, decision } = work
    const wanted = changeWanted(decision)
    if (isSo(wanted, stateOfRow(now))) return 'why.already-so'
    if (!isHarsher(wanted, stateOfRow(now))) return null
    return (
      context.gate.read(db => refusalFor(db, session.key, now.domain)) ??
      (await brakeNow(work, suspendsNow(wanted, stateOfRow(now))))
    )
  },
  request: work => {
    const { context, session, decision, cls, signal } = work
    const id = idOf(decision)
    const wanted = changeWanted(decision)
    // Only what differs is sent. Should the sync have lost sight of it since it was read, all of it: the server then says 404.
    const now = context.gate.read(db => findDomainBlock(db, session.key, id))
    const sent = changesOf(wanted, now ? stateOfRow(now) : {})
    return changeDomainBlock(context.guard, session, id, sent, cls, signal)
  },
  readBack: async work => {
    const now = await readBlockAgain(work, idOf(work.decision))
    if (!now) return { shows: 'not-done', why: 'why.block-lifted' }
    return isSo(changeWanted(work.decision), stateOfRow(now))
      ? { shows: 'done' }
      : { shows: 'not-done', why: 'why.read-back-not' }
  },
  take: block.take,
  refresh: refreshBlock,
}

const armLift = (db: ReadDb, server: ServerKey, subject: Subject): Arming =>
  armOn(subject, domain => {
    const held = findDomainBlockOf(db, server, domain)
    return {
      refusal: roleRefusal(db, server) ?? (held ? null : 'refusal.not-blocked'),
      brake: null,
      before: held ? beforeOf(held) : {},
      ...(held && held.severity !== null ? { kept: stateOfRow(held) } : {}),
    }
  })

const lift: Kind = {
  kind: 'domain.lift',
  subjects: ['domain'],
  place: 'way',
  hasGrace: true,
  inverse: 'domain.block',
  wayBack: asKept,
  fields: noFields,
  codes: [],
  requests: 1,
  arming: (db, server, subject) => armLift(db, server, subject),
  rung: (db, server, subject) => rungOfForm('domain.lift', armLift(db, server, subject)),
  precondition: async work => {
    const now = await readTarget(work)
    return typeof now === 'string' ? now : null
  },
  request: ({ context, session, decision, cls, signal }) =>
    liftDomainBlock(context.guard, session, idOf(decision), cls, signal),
  readBack: async work =>
    (await readBlockAgain(work, idOf(work.decision)))
      ? { shows: 'not-done', why: 'why.read-back-not' }
      : { shows: 'done' },
  // The answer is empty: a 200 says that it is gone.
  take: ({ context, session, decision }) => {
    domainBlockStore.remove(context, session.key, [idOf(decision)], context.clock.now())
    return true
  },
  refresh: refreshBlock,
}

/** Everything that can be decided about a domain's block (contract E.4). */
export const domainBlockKinds: readonly Kind[] = [block, change, lift]

/** Why each cannot be, and why it is braked, as the page of a domain shows it. */
export const blockRails = (db: ReadDb, server: ServerKey, domain: string) => {
  const subject: Subject = { of: 'domain', id: domain }
  const suspend = armBlock(db, server, subject, strongest)
  return {
    refusals: {
      block: suspend.refusal,
      change: armChange(db, server, subject, {}).refusal,
      harsher: roleRefusal(db, server) ?? refusalFor(db, server, domain),
      lift: armLift(db, server, subject).refusal,
    },
    brakes: { suspend: suspend.brake, less: brakeFor(db, server, domain, false) },
  }
}
