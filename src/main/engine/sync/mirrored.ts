import { type DecisionKind, Fields } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Topic } from '../../../shared/contract/topics.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { mayBeOurs, oursOn } from '../decisions/ours.ts'
import type { RequestClass } from '../mastodon/budget.ts'
import type { Answered } from '../mastodon/endpoints/entity.ts'
import type { Ask, Page } from '../mastodon/endpoints/page.ts'
import type { Guard } from '../mastodon/request.ts'
import type { Session } from '../mastodon/session.ts'
import { hasLeft } from './left.ts'
import type { List, Since } from './list.ts'
import { settleRemoved } from './settle.ts'
import { beginAnew, contradicts, weigh } from './went-back.ts'

type Fact = string | number | null | string[]

/** The columns that an item of the server fills, as they are stored. */
export type Columns = { id: string } & Record<string, string | number | null>

/** What someone else did, for the log: its action, and the facts beside the interval. */
export type Seen = { action: string; facts: Record<string, Fact>; personal?: Record<string, string> }

/** A noun whose items only come, change and go: a value of the noun. */
export type Mirrored<Item extends { id: string }, Row extends Columns> = {
  /** Its name in `mirror.left_list`. */
  noun: string
  topic: Topic
  rowOf(item: Item): Row
  find(db: ReadDb, server: ServerKey, id: string): (Row & { seen_at: number }) | undefined
  put(db: WriteDb, server: ServerKey, item: Item, now: number): void
  remove(db: WriteDb, server: ServerKey, id: string, at: number): boolean
  /** What a decision on such an item has as its target. */
  targetOf(row: Row): string
  /** The decisions of ours on that target that make one, change it or take it away. */
  kinds: { adds: DecisionKind; changes?: DecisionKind; removes: DecisionKind }
  added(row: Row): Seen
  /** Nothing where what differs is nobody's doing, such as a count, or what we chose ourselves. */
  changed(before: Row, now: Row, chosen: Fields): Seen | undefined
  /** Nothing where it went by itself. */
  removed(row: Row, at: number): Seen | undefined
  /** True when it may have come or gone along with a decision of ours about something else. */
  comesWithOurs?(db: ReadDb, server: ServerKey, since: number): boolean
}

/** How the items of a noun are stored, and forgotten. */
export type Store<Item> = {
  /**
   * Stores items, as they were when the server was asked at `askedAt`, in one transaction with whatever `also` moves. What was read or
   * removed later than the page was asked for stays so. What someone else did is logged, from when it was last seen otherwise.
   */
  put(
    context: Context,
    server: ServerKey,
    items: readonly Item[],
    askedAt: number,
    since?: Since,
    also?: (db: WriteDb) => void,
  ): void
  /** The same of one item that a decision of ours cannot have made, since it stood in its way. */
  putOther(
    context: Context,
    server: ServerKey,
    item: Item,
    askedAt: number,
    of: { since: Since; decision: string },
  ): void
  /** Forgets what is no longer on the server, and logs it where it was not us. */
  remove(context: Context, server: ServerKey, ids: readonly string[], askedAt: number): void
}

const madeAt = ({ created_at: at }: Columns): number | undefined => (typeof at === 'number' ? at : undefined)

/** What of these items shows that the server was put back: an id that was given again. */
const wentBack = <Item extends { id: string }, Row extends Columns>(
  of: Mirrored<Item, Row>,
  db: ReadDb,
  server: ServerKey,
  items: readonly Item[],
  askedAt: number,
) =>
  weigh(
    items.flatMap(item => {
      const before = of.find(db, server, item.id)
      const [held, now] = [before && madeAt(before), madeAt(of.rowOf(item))]
      if (!before || held === undefined || now === undefined) return []
      const shows = contradicts({ created_at: held, seen_at: before.seen_at }, { created_at: now }, askedAt)
      return shows ? [{ shows, lost: held }] : []
    }),
  )

/** Makes the store of a noun. */
export const makeStore = <Item extends { id: string }, Row extends Columns>(of: Mirrored<Item, Row>): Store<Item> => {
  const observe = (context: Context, db: WriteDb, server: ServerKey, seen: Seen, from: number) =>
    context.log(db, { source: 'saw', server, ...seen, facts: { ...seen.facts, from, to: context.clock.now() } })
  const isOurs = (db: ReadDb, server: ServerKey, row: Row, kind: DecisionKind, since: number, but?: string): boolean =>
    mayBeOurs(db, server, of.targetOf(row), [kind], since, but) || (of.comesWithOurs?.(db, server, since) ?? false)
  const chosenSince = (db: ReadDb, server: ServerKey, row: Row, since: number): Fields =>
    Object.assign(
      {},
      ...oursOn(db, server, of.targetOf(row), since)
        .filter(({ kind }) => kind === of.kinds.changes)
        .map(({ fields }) => Fields.parse(JSON.parse(fields))),
    )
  /** What someone else did to an item that is so now, since it was last seen otherwise. */
  const seenOf = (
    db: ReadDb,
    server: ServerKey,
    before: Row | undefined,
    row: Row,
    from: number,
    but?: string,
  ): Seen | undefined => {
    if (before) return of.changed(before, row, chosenSince(db, server, row, from))
    return isOurs(db, server, row, of.kinds.adds, from, but) ? undefined : of.added(row)
  }
  const putAll = (
    context: Context,
    server: ServerKey,
    { items, askedAt, since, but }: { items: readonly Item[]; askedAt: number; since: Since; but?: string },
    also: (db: WriteDb) => void = () => {},
  ) =>
    context.gate.write(['sync'], (db, touch) => {
      const evidence = wentBack(of, db, server, items, askedAt)
      if (evidence) beginAnew(context, db, touch, server, evidence)
      const sinceThen = evidence ? () => null : since
      for (const item of items) {
        const before = of.find(db, server, item.id)
        if (before ? before.seen_at > askedAt : hasLeft(db, server, of.noun, item.id, askedAt)) continue
        const row = of.rowOf(item)
        const differs = !before || Object.keys(row).some(name => row[name] !== before[name])
        if (differs) touch(of.topic)
        const from = before ? before.seen_at : sinceThen(item.id)
        const seen = from !== null && differs ? seenOf(db, server, before, row, from, but) : undefined
        if (seen && from !== null) {
          observe(context, db, server, seen, from)
          touch('log')
        }
        of.put(db, server, item, askedAt)
      }
      also(db)
    })
  return {
    put: (context, server, items, askedAt, since = () => null, also) =>
      putAll(context, server, { items, askedAt, since }, also),
    putOther: (context, server, item, askedAt, { since, decision: but }) =>
      putAll(context, server, { items: [item], askedAt, since, but }),
    remove: (context, server, ids, askedAt) =>
      context.gate.write([of.topic], (db, touch) => {
        for (const id of ids) {
          const before = of.find(db, server, id)
          if (!before || before.seen_at > askedAt) continue
          of.remove(db, server, id, askedAt)
          const seen = of.removed(before, askedAt)
          if (!seen || isOurs(db, server, before, of.kinds.removes, before.seen_at)) continue
          observe(context, db, server, seen, before.seen_at)
          touch('log')
        }
      }),
  }
}

/** The list of such a noun: how it is asked for, and what is done with the answers. */
export const makeList = <Item>(
  of: Omit<List, 'read' | 'settle'> & {
    store: Store<Item>
    list(guard: Guard, session: Session, ask: Ask): Promise<Page & { items: Item[] }>
    find(
      guard: Guard,
      session: Session,
      id: string,
      cls: RequestClass,
      signal: AbortSignal,
    ): Promise<Answered<Item | undefined>>
  },
): List => {
  const { store, list, find, ...rest } = of
  return {
    ...rest,
    read: async (context, session, ask) => {
      const page = await list(context.guard, session, ask)
      return {
        ...page,
        store: (by, since, also) => store.put(by, session.key, page.items, page.askedAt, since, also),
      }
    },
    settle: settleRemoved({
      find: ({ context, session, cls, signal }, id) => find(context.guard, session, id, cls, signal),
      store: (context, { session }, item, askedAt) => store.put(context, session.key, [item], askedAt),
      remove: (context, { session }, ids, askedAt) => store.remove(context, session.key, ids, askedAt),
    }),
  }
}
