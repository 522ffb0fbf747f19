import type { Ask, Page } from '../mastodon/endpoints/page.ts'
import type { Guard } from '../mastodon/request.ts'
import type { Session } from '../mastodon/session.ts'
import { type ListName, readCursor } from './cursor.ts'
import type { Reading } from './list.ts'
import type { Store } from './mirrored.ts'
import { endsOf } from './ord.ts'
import { storeSeen } from './seen.ts'
import { around, readSkipped } from './skipped.ts'

/** A list that can be searched for one item only by reading it. */
type Searched<Item> = {
  name: ListName
  most: number
  store: Store<Item>
  list(guard: Guard, session: Session, ask: Ask): Promise<Page & { items: Item[] }>
}

/**
 * Reads what came to a list above its top until what `isSought` is there: there is no look-up. Below the top everything is held; what we
 * read or made ourselves since may stand above others that we do not know. Every page is kept whole: what is read and thrown away is seen
 * later as it is by then, and what a colleague changed in between would be told by nobody. False where something of the list cannot be
 * read: it may be what is sought.
 */
export const readAbove = async <Item>(
  { context, session, cls, signal, wentBack }: Omit<Reading, 'list'>,
  { name, most, store, list }: Searched<Item>,
  isSought: (item: Item) => boolean,
): Promise<boolean> => {
  const { top, looked_at } = context.gate.read(db => readCursor(db, session.key, name))
  const skipped = context.gate.read(db => readSkipped(db, session.key, name))
  let bad = 0
  for (let min = top; ; ) {
    const { asked, stop } = around(skipped, min === null ? {} : { min })
    const page = await list(context.guard, session, { ...asked, limit: most, cls, signal })
    await storeSeen({ context, wentBack }, by => store.put(by, session.key, page.items, page.askedAt, () => looked_at))
    bad += page.bad
    const next = page.full ? endsOf(page.ids).highest : stop
    if (page.items.some(isSought) || next === null || min === null || next === min) break
    min = next
  }
  bad += context.gate.read(db => readCursor(db, session.key, name)).bad
  return bad === 0 && skipped.length === 0
}
