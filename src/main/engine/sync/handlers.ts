import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { ServerSync, sync } from '../../../shared/contract/sync.ts'
import type { Context } from '../context.ts'
import { type ListName, readCursor } from '../reports/cursor.ts'
import { syncNow } from '../reports/sync.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { listServers } from '../servers/table.ts'

const lists: readonly ListName[] = ['reports-open', 'reports-resolved']

/** How far each server's lists are, and how it goes with the server. */
const standingOf = (context: Context, schedule: Schedule, server: ServerKey): ServerSync => {
  const standing = schedule.standing(server)
  const cursors = context.gate.read(db => lists.map(list => ({ list, cursor: readCursor(db, server, list) })))
  return {
    server,
    lists: cursors.map(({ list, cursor }) => ({
      list,
      state:
        standing.failure !== null
          ? 'failed'
          : cursor.complete === 1
            ? 'complete'
            : cursor.pages > 0
              ? 'reading'
              : 'waiting',
      pages: cursor.pages,
      rows: cursor.rows,
      bad: cursor.bad,
      complete: cursor.complete === 1,
    })),
    lastAt: cursors[0]?.cursor.looked_at ?? null,
    nextAt: standing.nextAt,
    ...(context.sessions.get(server)?.budget.used() ?? { used: 0, limit: 300 }),
    offlineSince: standing.offlineSince,
    failure: standing.failure === null ? null : { code: standing.failure.code, detail: standing.failure.detail },
  }
}

/** Tells of the sync in numbers, and looks now when a person asks. */
export const syncHandlers = (context: Context, schedule: Schedule): Handlers<typeof sync, unknown> => {
  const all = (): ServerSync[] =>
    context.gate.read(listServers).map(server => standingOf(context, schedule, server.key))
  return {
    'sync.status': () => ({ servers: all(), paused: schedule.isPaused() }),
    'sync.now': async ({ server, all: whole }) => {
      let failure: unknown
      for (const [key, session] of context.sessions) {
        if (server !== undefined && server !== key) continue
        try {
          await schedule.occupy(key, () => syncNow(context, session, whole, context.stop))
          context.heard(key, null)
        } catch (error) {
          // One server that is away is no reason not to look at the others.
          failure ??= error
        }
        schedule.poke(key)
      }
      if (failure !== undefined) throw failure
      return { servers: all() }
    },
    'sync.pause': ({ paused }) => {
      schedule.pause(paused)
      return {}
    },
  }
}
