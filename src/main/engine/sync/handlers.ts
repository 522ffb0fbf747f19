import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import type { ServerSync, SyncedList, sync } from '../../../shared/contract/sync.ts'
import type { Context } from '../context.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { listServers } from '../servers/table.ts'
import { type Cursor, readCursor } from './cursor.ts'
import { type List, mayRead } from './list.ts'
import type { Walks } from './work.ts'

const stateOf = (cursor: Cursor, permitted: boolean, failed: boolean): SyncedList['state'] => {
  if (!permitted) return 'not-permitted'
  if (cursor.refused_at !== null) return 'refused'
  if (failed) return 'failed'
  if (cursor.complete === 1) return 'complete'
  return cursor.pages > 0 ? 'reading' : 'waiting'
}

/** How far a server's lists are, and how it goes with the server. */
const standingOf = (context: Context, schedule: Schedule, lists: readonly List[], server: Server): ServerSync => {
  const standing = schedule.standing(server.key)
  const cursors = context.gate.read(db => lists.map(list => ({ list, cursor: readCursor(db, server.key, list.name) })))
  return {
    server: server.key,
    lists: cursors.map(({ list, cursor }) => ({
      list: list.name,
      state: stateOf(cursor, mayRead(server, list), standing.failure !== null),
      pages: cursor.pages,
      rows: cursor.rows,
      bad: cursor.bad,
      complete: cursor.complete === 1,
    })),
    lastAt: cursors[0]?.cursor.looked_at ?? null,
    nextAt: standing.nextAt,
    ...(context.sessions.get(server.key)?.budget.used() ?? { used: 0, limit: 300 }),
    offlineSince: standing.offlineSince,
    failure: standing.failure === null ? null : { code: standing.failure.code, detail: standing.failure.detail },
  }
}

/** Tells of the sync in numbers, and looks now when a person asks. `heard` is told how that went. */
export const syncHandlers = (
  context: Context,
  schedule: Schedule,
  lists: readonly List[],
  walks: Walks,
  heard: (server: ServerKey, failure: Failure | null) => void,
): Handlers<typeof sync, unknown> => {
  const all = (): ServerSync[] =>
    context.gate.read(listServers).map(server => standingOf(context, schedule, lists, server))
  return {
    'sync.status': () => ({ servers: all(), paused: schedule.isPaused() }),
    'sync.now': async ({ server, all: whole }) => {
      let failure: unknown
      for (const [key, session] of context.sessions) {
        if (server !== undefined && server !== key) continue
        try {
          await schedule.occupy(key, () => walks.readNow(session, whole, context.stop))
          heard(key, null)
        } catch (error) {
          // One server that is away is no reason not to look at the others.
          failure ??= error
          if (error instanceof Failure) heard(key, error)
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
