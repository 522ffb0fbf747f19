import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Topic } from '../../../shared/contract/topics.ts'
import type { Context } from '../context.ts'
import { emptySome, isEmptied } from '../db/emptying.ts'
import type { WriteDb } from '../db/handle.ts'
import { doubtRead } from '../decisions/doubt.ts'
import { freezeDecisions } from '../decisions/freeze.ts'
import { putWentBack } from '../servers/table.ts'

/** Two times of one moment that a server told twice differ by less. */
const SAME_MS = 1_000
/** An answer from a copy of the database that lags behind is no older than this. */
const LAG_MS = 60_000

/** What a row is told apart by, as it is held or as it was just told; times in ms by the server's clock, `seen_at` by ours. */
type Told = { created_at: number; updated_at?: number }

/**
 * Why what a server shows now cannot have come after what we hold of it: the id names something that was made at another time (`other`), or
 * it was changed last before the change that we have seen (`older`). Null where nothing speaks against it.
 */
export const contradicts = (held: Told & { seen_at: number }, now: Told, askedAt: number): 'other' | 'older' | null => {
  if (held.seen_at > askedAt) return null
  if (Math.abs(held.created_at - now.created_at) >= SAME_MS) return 'other'
  const isOlder = (now.updated_at ?? 0) < (held.updated_at ?? 0)
  return isOlder && askedAt - held.seen_at >= LAG_MS ? 'older' : null
}

/** How many rows showed that a server went back: ids that name something else, rows as they were before, the newest ones gone. */
export type Evidence = {
  other: number
  older: number
  gone: number
  /** The earliest moment, in ms by the server's clock, of what is known to be lost there. */
  lostFrom: number
}

/** Adds up what the rows of a page show; null where they show nothing of it. */
export const weigh = (found: readonly { shows: 'other' | 'older' | 'gone'; lost: number }[]): Evidence | null => {
  if (found.length === 0) return null
  const count = (what: string) => found.filter(({ shows }) => shows === what).length
  return {
    other: count('other'),
    older: count('older'),
    gone: count('gone'),
    lostFrom: Math.min(...found.map(({ lost }) => lost)),
  }
}

/**
 * A server was put back to an earlier state, such as a backup: nothing that we hold of it is believed, all of it is read anew as of a server
 * never seen, so that no colleague is said to have done what the backup undid. What was waiting for it asks a person, since its ids may name
 * others now; what may have been sent is read back no more. In the caller's one transaction, with the entry that says so; what is too much for
 * one goes after it, slice by slice (`emptying.ts`).
 */
export const beginAnew = (
  context: Context,
  db: WriteDb,
  touch: (topic: Topic) => void,
  server: ServerKey,
  { lostFrom, ...evidence }: Evidence,
): void => {
  // What is left of before contradicts whatever is told now, and was believed no more already.
  if (isEmptied(db, server)) return
  const now = context.clock.now()
  emptySome(db, server)
  putWentBack(db, server, now, lostFrom)
  const shown = Object.fromEntries(Object.entries(evidence).filter(([, rows]) => rows > 0))
  context.log(db, { source: 'saw', action: 'server.seen-put-back', server, facts: { ...shown, lostFrom } })
  askAnew(context, db, server)
  for (const topic of begunAnew) touch(topic)
  context.readAnew(server)
}

/** Puts all before a person that was decided by what is no longer believed. */
export const askAnew = (context: Context, db: WriteDb, server: ServerKey): void => {
  freezeDecisions(context, db, server, 'went-back')
  doubtRead(context, db, server)
}

/** What may show otherwise when a server's part of the mirror begins anew. */
export const begunAnew: readonly Topic[] = [
  'servers',
  'reports',
  'campaigns',
  'accounts',
  'posts',
  'domains',
  'lookalikes',
  'signups',
  'blocks',
  'trends',
  'decisions',
  'sync',
  'log',
]
