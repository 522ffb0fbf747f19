import type { Context } from '../context.ts'
import type { Work } from '../decisions/kind.ts'
import { domainAllowsThere } from '../mastodon/endpoints/domain-allows.ts'
import { domainBlocksThere } from '../mastodon/endpoints/domain-blocks.ts'
import type { DomainBlockEntity } from '../mastodon/entities/domain-block.ts'
import { askingFirst, storeShown } from '../reports/lost.ts'
import { readAbove } from '../sync/above.ts'
import { readCursor } from '../sync/cursor.ts'
import type { List } from '../sync/list.ts'
import type { Store } from '../sync/mirrored.ts'
import { endsOf } from '../sync/ord.ts'
import { storeSeen } from '../sync/seen.ts'
import { sinceOf } from '../sync/walk.ts'
import { domainAllowStore, domainBlockStore } from './store.ts'
import { domainAllows, domainBlocks } from './sync.ts'
import { findDomainBlock, heldDomainBlocks, type StoredDomainBlock } from './table.ts'

/** One list that was read for a batch is good for this long; a batch that was paused for longer reads it again. */
const LIST_GOOD_MS = 900_000

/** Reads what came to a list since we last looked, until one of the decision's domain is there: one page as a rule. False as `readAbove`. */
const readNew = async <Item extends { domain: string }>(
  work: Work,
  { name, most }: List,
  store: Store<Item>,
  { list }: Pick<Parameters<typeof readAbove<Item>>[1], 'list'>,
): Promise<boolean> =>
  await readAbove(
    { ...work, ...askingFirst(work) },
    { name, most: most(work.session), store, list },
    one => one.domain.toLowerCase() === work.decision.domain,
  )

/** Reads whether a block of the decision's domain came since we last looked. */
export const readNewBlock = (work: Work): Promise<boolean> =>
  readNew(work, domainBlocks, domainBlockStore, domainBlocksThere)

/** The same of an allow. */
export const readNewAllow = (work: Work): Promise<boolean> =>
  readNew(work, domainAllows, domainAllowStore, domainAllowsThere)

/** Stores the block that stood in the way of ours: someone else made it, which the log tells. */
export const keepInTheWay = ({ context, session, decision }: Work, block: DomainBlockEntity): void => {
  const since = sinceOf(context.gate.read(db => readCursor(db, session.key, 'domain-blocks')))
  domainBlockStore.putOther(context, session.key, block, context.clock.now(), { since, decision: decision.id })
}

/** Reads one block again and stores what became of it; nothing when it was lifted. */
export const readBlockAgain = async (work: Work, id: string): Promise<StoredDomainBlock | undefined> => {
  const { context, session, cls, signal } = work
  const { item: block, askedAt } = await domainBlocksThere.find(context.guard, session, id, cls, signal)
  await storeShown(work, by =>
    block
      ? domainBlockStore.put(by, session.key, [block], askedAt)
      : domainBlockStore.remove(by, session.key, [id], askedAt),
  )
  return context.gate.read(db => findDomainBlock(db, session.key, id))
}

const readAllBlocks = async (work: Work): Promise<void> => {
  const { context, session, cls, signal } = work
  const asking = askingFirst(work)
  const startedAt = context.clock.now()
  const seen = new Set<string>()
  let whole = true
  for (let max: string | undefined; ; ) {
    const page = await domainBlocksThere.list(context.guard, session, {
      ...(max === undefined ? {} : { max }),
      limit: domainBlocks.most(session),
      cls,
      signal,
    })
    await storeSeen(asking, by => domainBlockStore.put(by, session.key, page.items, page.askedAt))
    for (const id of page.ids) seen.add(id)
    whole &&= page.nameless === 0
    const { lowest } = endsOf(page.ids)
    if (!page.full || lowest === null || lowest === max) break
    max = lowest
  }
  const held = context.gate.read(db => heldDomainBlocks(db, session.key, '', '~'))
  const gone = held.filter(id => !seen.has(id))
  if (whole && gone.length > 0) await storeSeen(asking, by => domainBlockStore.remove(by, session.key, gone, startedAt))
}

const reads = new WeakMap<Context, Map<string, { at: number; done: Promise<void> }>>()

/** Reads the whole list of blocks once for a batch: its changes and lifts lean on that instead of one request each (DESIGN §6). */
export const readBlocksOnce = async (work: Work): Promise<void> => {
  const { context, session, decision } = work
  const known = reads.get(context) ?? new Map<string, { at: number; done: Promise<void> }>()
  reads.set(context, known)
  const key = `${session.key} ${decision.batch_id}`
  const now = context.clock.now()
  for (const [each, { at }] of known) if (now - at > LIST_GOOD_MS) known.delete(each)
  const read = known.get(key) ?? { at: now, done: readAllBlocks(work) }
  known.set(key, read)
  try {
    await read.done
  } catch (error) {
    known.delete(key)
    throw error
  }
}
