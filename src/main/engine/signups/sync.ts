import { findAccountThere, listPendingAccounts } from '../mastodon/endpoints/accounts.ts'
import type { List } from '../sync/list.ts'
import { storeSeen } from '../sync/seen.ts'
import { isAbove, passOver } from '../sync/settle.ts'
import { storeAnswered, storeSignups } from './store.ts'
import { heldSignups } from './table.ts'

/** Accounts that one step of the sweep reads by themselves. */
const MOST_GONE = 25

/** Accounts that wait for approval. Who vanished from the list was approved or rejected: read by itself, once, to tell which. */
export const pendingAccounts: List = {
  name: 'signups',
  ability: 'accounts.see',
  most: () => 200,
  lookMs: { usual: 60_000, whenPushed: 60_000 },
  sweepMs: 300_000,
  read: async (context, session, ask) => {
    const page = await listPendingAccounts(context.guard, session, ask)
    return { ...page, store: (by, _, also) => storeSignups(by, session.key, page.items, page.askedAt, also) }
  },
  held: heldSignups,
  settle: async (reading, gone, page) => {
    const { context, session, cls, signal } = reading
    const alone = gone.slice(0, MOST_GONE)
    for (const id of alone)
      await passOver(async () => {
        const { item: account, askedAt } = await findAccountThere(context.guard, session, id, cls, signal)
        if (account === undefined && isAbove(id, page) && (await reading.wentBack())) return
        await storeSeen(reading, by =>
          account?.approved === false
            ? storeSignups(by, session.key, [account], askedAt)
            : storeAnswered(by, session.key, id, account, askedAt),
        )
      })
    return { asked: alone.length, all: gone.length === alone.length }
  },
}
