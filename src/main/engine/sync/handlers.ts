import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import type { ServerSync, SyncedList, sync } from '../../../shared/contract/sync.ts'
import type { Context } from '../context.ts'
import type { Session } from '../mastodon/session.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { readRoleAgain } from '../servers/standing.ts'
import { findServer, listServers } from '../servers/table.ts'
import { changeSettings } from '../settings/change.ts'
import { readSettings } from '../settings/table.ts'
import { type Cursor, readCursor } from './cursor.ts'
import { type List, mayRead } from './list.ts'
import { readSkipped, type Skipped } from './skipped.ts'
import type { Walks } from './work.ts'

/** `stuck`: why it could not be read three times in a row. */
type Asked = {
  list: List
  cursor: Cursor
  permitted: boolean
  waits: boolean
  stuck: Failure | null
  skipped: Skipped[]
}

const stateOf = ({ cursor, permitted, waits, stuck }: Asked, failed: boolean): SyncedList['state'] => {
  if (!permitted) return 'not-permitted'
  if (cursor.refused_at !== null) return 'refused'
  if (failed || stuck) return 'failed'
  if (cursor.complete === 1) return 'complete'
  if (waits) return 'metered'
  return cursor.pages > 0 ? 'reading' : 'waiting'
}

/** Ids that are counted from 1 on tell about how many rows are below, if they lie as close as those above; ids made of a time tell nothing. */
const COUNTED = /^[1-9]\d{0,11}$/
const pagesLeft = ({ list, cursor }: Asked, session: Session | undefined): number | null => {
  const { complete, floor, top, rows, page_size } = cursor
  if (complete === 1) return 0
  if (!session || floor === null || top === null || !COUNTED.test(floor) || !COUNTED.test(top)) return null
  const close = Math.min(1, rows / (Number(top) - Number(floor) + 1))
  return Math.ceil(((Number(floor) - 1) * close) / Math.min(page_size, list.most(session)))
}

/** About how long the lists that are read take until they are whole: by what pages took so far, or by what the limits let through. */
const leftMs = (asked: readonly Asked[], session: Session | undefined): number | null => {
  const reading = asked.filter(
    ({ cursor, permitted, waits }) => permitted && !waits && cursor.refused_at === null && cursor.complete === 0,
  )
  if (reading.length === 0) return 0
  const left = reading.map(one => ({ pages: pagesLeft(one, session), cursor: one.cursor }))
  if (!session || left.some(({ pages }) => pages === null)) return null
  const pages = left.reduce((sum, one) => sum + (one.pages ?? 0), 0)
  const ms = left.reduce((sum, one) => sum + (one.pages ?? 0) * (one.cursor.ms / Math.max(1, one.cursor.pages)), 0)
  return Math.ceil(Math.max(1000, ms, session.budget.timeFor('background', pages, true)))
}

const told = (failure: Failure | null) => failure && { code: failure.code, detail: failure.detail }

/** How far a server's lists are, and how it goes with the server. */
const standingOf = (
  context: Context,
  schedule: Schedule,
  lists: readonly List[],
  server: Server,
  metered: boolean,
): ServerSync => {
  const standing = schedule.standing(server.key)
  const session = context.sessions.get(server.key)
  const asked = context.gate.read(db =>
    lists.map(
      (list): Asked => ({
        list,
        cursor: readCursor(db, server.key, list.name),
        permitted: mayRead(server, list),
        waits: metered && list.comesFrom !== undefined,
        stuck: schedule.stuck(server.key, list.name),
        skipped: readSkipped(db, server.key, list.name),
      }),
    ),
  )
  const { failure } = standing
  // A list that waits for its turn has not stopped; nor has one beside those of which it is known that what comes of them cannot be read.
  const isOfSome = failure?.code === 'upstream' && asked.some(({ stuck }) => stuck !== null)
  const allFail = failure !== null && failure.code !== 'rate-limited' && !isOfSome
  const paged = session?.budget.usedPaged() ?? { used: 0, limit: 300 }
  return {
    server: server.key,
    lists: asked.map(one => ({
      list: one.list.name,
      state: stateOf(one, allFail),
      pages: one.cursor.pages,
      rows: one.cursor.rows,
      bad: one.cursor.bad,
      complete: one.cursor.complete === 1,
      pagesLeft: pagesLeft(one, session),
      leftOut: one.skipped.map(({ low, high, sinceAt }) => ({ from: String(low), to: String(high), since: sinceAt })),
      sweptAt: one.cursor.swept_at,
      failure: one.permitted && one.cursor.refused_at === null ? told(one.stuck) : null,
    })),
    lastAt: asked[0]?.cursor.looked_at ?? null,
    nextAt: standing.nextAt,
    ...(session?.budget.used() ?? { used: 0, limit: 300 }),
    pagedUsed: paged.used,
    pagedLimit: paged.limit,
    leftMs: leftMs(asked, session),
    offlineSince: standing.offlineSince,
    failure: told(failure),
  }
}

/** A server that does not let us in at all refused each list with a no of less meaning. */
const shutOf = (failure: Failure | null) => (failure?.detail.reason === 'failure.login-closed' ? failure : undefined)

/** So did one that has taken the role away. */
const noRole = (error: unknown) =>
  error instanceof Failure && error.detail.reason === 'failure.role'
    ? new Failure('not-allowed', { reason: 'failure.no-role' })
    : error

/** Tells of the sync in numbers, and looks now when a person asks. `heard` is told how that went. */
export const syncHandlers = (
  context: Context,
  schedule: Schedule,
  lists: readonly List[],
  walks: Walks,
  heard: (server: ServerKey, failure: Failure | null) => Promise<void>,
): Handlers<typeof sync, unknown> => {
  const { gate } = context
  const all = (): ServerSync[] => {
    const { metered } = gate.read(readSettings)
    return gate.read(listServers).map(server => standingOf(context, schedule, lists, server, metered))
  }
  const maySeeReports = (key: ServerKey) => gate.read(db => findServer(db, key))?.role.manageReports ?? false
  const readNow = async (session: Session, whole: boolean) => {
    // Only the server can say whether a role that was taken was given back.
    if (!maySeeReports(session.key)) await readRoleAgain(context, session)
    return await walks.readNow(session, whole, context.stop)
  }
  return {
    'sync.status': () => {
      const { paused, metered } = gate.read(readSettings)
      return { servers: all(), paused, metered }
    },
    'sync.now': async ({ server, all: whole }) => {
      let failure: unknown
      for (const [key, session] of context.sessions) {
        if (server !== undefined && server !== key) continue
        try {
          const alone = await schedule.occupy(key, () => readNow(session, whole))
          await heard(key, null)
          failure ??= alone ?? undefined
        } catch (error) {
          // Where it was only the role, the server answered well all the same.
          if (error instanceof Failure) await heard(key, error.detail.reason === 'failure.no-role' ? null : error)
          // One server that is away is no reason not to look at the others. Why it refused may be known better by now.
          failure ??= shutOf(schedule.standing(key).failure) ?? (maySeeReports(key) ? error : noRole(error))
        }
        schedule.poke(key)
      }
      if (failure !== undefined) throw failure
      return { servers: all() }
    },
    'sync.pause': ({ paused }) => {
      changeSettings(context, { paused })
      return {}
    },
  }
}
