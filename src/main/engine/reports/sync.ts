import { listReports } from '../mastodon/endpoints/reports.ts'
import type { List } from '../sync/list.ts'
import { passOver } from '../sync/settle.ts'
import { readAlone } from './read-alone.ts'
import { storeReports } from './store.ts'
import { heldClosed, heldOpen } from './table.ts'

/** Reports that one step of the sweep reads by themselves. */
const MOST_GONE = 25

const both = {
  ability: 'reports.see',
  most: () => 200,
  first: 40,
  lookMs: { usual: 60_000, whenPushed: 300_000 },
} as const satisfies Partial<List>

const read =
  (resolved: boolean): List['read'] =>
  async (context, session, ask) => {
    const page = await listReports(context.guard, session, { ...ask, resolved })
    return { ...page, store: (by, _, also) => storeReports(by, session.key, page.items, page.askedAt, also) }
  }

/** What vanished from a list went to the other, or with its account: it is read by itself, once. */
const settle: List['settle'] = async (reading, gone) => {
  const { context, session, cls, signal } = reading
  const alone = gone.slice(0, MOST_GONE)
  for (const id of alone) await passOver(() => readAlone(context, session, [id], cls, signal, reading.wentBack))
  return { asked: alone.length, all: gone.length === alone.length }
}

/** Reports that wait for someone. */
export const openReports: List = {
  ...both,
  name: 'reports-open',
  hinted: true,
  sweepMs: 300_000,
  leavesTo: 'reports-resolved',
  read: read(false),
  held: heldOpen,
  settle,
}

/**
 * Reports that were closed: history. One that is opened again comes back with the sweep of the open ones; the walk through the closed
 * ones, now and then, finds those that were closed anew in between, and those that went with their account.
 */
export const resolvedReports: List = {
  ...both,
  name: 'reports-resolved',
  sweepMs: 86_400_000,
  comesFrom: 'reports-open',
  read: read(true),
  held: heldClosed,
  settle,
}
