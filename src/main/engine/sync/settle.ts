import { Failure } from '../../../shared/contract/failure.ts'
import type { Context } from '../context.ts'
import { type Answered, isOfOne } from '../mastodon/endpoints/entity.ts'
import type { Page } from '../mastodon/endpoints/page.ts'
import type { List, Reading } from './list.ts'
import { endsOf, ordOf } from './ord.ts'
import { storeSeen } from './seen.ts'

/** Items that one step reads by themselves. */
const MOST_ALONE = 25

/**
 * Reads one item by itself and passes over it where that cannot be done: it stays as it is held, and keeps neither its page nor the list
 * from going on.
 */
export const passOver = async (read: () => Promise<void>): Promise<void> => {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof Failure) || !isOfOne(error)) throw error
  }
}

/** True for what was newer than all that a page shows: where it is gone, the server itself may have gone back to before it came. */
export const isAbove = (id: string, { ids }: Page): boolean => {
  const { highest } = endsOf(ids)
  return highest === null || ordOf(id) > ordOf(highest)
}

/**
 * Settles what a list no longer shows where that can only mean that it was removed: up to 25 are asked for by themselves, so that no
 * broken page empties a mirror; where all of those are gone the others are believed. `store` is given an item that is there after all,
 * as it was at `askedAt`; `remove` what is gone since then.
 */
export const settleRemoved =
  <Item>(how: {
    find(reading: Reading, id: string): Promise<Answered<Item | undefined>>
    store(context: Context, reading: Reading, item: Item, askedAt: number): void
    remove(context: Context, reading: Reading, ids: readonly string[], askedAt: number): void
  }): List['settle'] =>
  async (reading, gone, page) => {
    const alone = gone.slice(0, MOST_ALONE)
    let removed = 0
    for (const id of alone)
      await passOver(async () => {
        const { item, askedAt } = await how.find(reading, id)
        if (item === undefined && isAbove(id, page) && (await reading.wentBack())) return
        if (item === undefined) {
          await storeSeen(reading, context => how.remove(context, reading, [id], askedAt))
          removed++
        } else await storeSeen(reading, context => how.store(context, reading, item, askedAt))
      })
    const others = gone.slice(MOST_ALONE)
    const believed = removed === alone.length && page.nameless === 0
    if (believed && others.length > 0)
      await storeSeen(reading, context => how.remove(context, reading, others, page.askedAt))
    return { asked: alone.length, all: believed || others.length === 0 }
  }
