import { listReports } from '../mastodon/endpoints/reports.ts'
import type { List } from '../sync/list.ts'
import { readAlone } from './read-alone.ts'
import { storeReports } from './store.ts'
import { heldOpen } from './table.ts'

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
    return { ...page, store: (_, also) => storeReports(context, session.key, page.items, page.askedAt, also) }
  }

/** Reports that wait for someone. What vanished from the list was closed, or its account deleted: it is read by itself, once. */
export const openReports: List = {
  ...both,
  name: 'reports-open',
  hinted: true,
  sweepMs: 300_000,
  leavesTo: 'reports-resolved',
  read: read(false),
  held: heldOpen,
  settle: async ({ context, session, cls, signal }, gone) => {
    const alone = gone.slice(0, MOST_GONE)
    await readAlone(context, session, alone, cls, signal)
    return { asked: alone.length, all: gone.length === alone.length }
  },
}

/** Reports that were closed: history. One that is opened again comes back with the sweep of the open ones. */
export const resolvedReports: List = {
  ...both,
  name: 'reports-resolved',
  sweepMs: null,
  comesFrom: 'reports-open',
  read: read(true),
  held: () => [],
  settle: async () => ({ asked: 0, all: true }),
}
