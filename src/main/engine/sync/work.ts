import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import { AWAY } from '../mastodon/breaker.ts'
import { isStumble } from '../mastodon/outcome.ts'
import type { Session } from '../mastodon/session.ts'
import type { Step, Work } from '../schedule/schedule.ts'
import { findServer } from '../servers/table.ts'
import { readSettings } from '../settings/table.ts'
import { type Asking, makeAsLeft } from './as-left.ts'
import type { Cursor } from './cursor.ts'
import { type List, mayRead, type Reading } from './list.ts'
import { lookOnce } from './seen.ts'
import { latestLook, moveBack, wasSetBack } from './set-back.ts'
import { cursorOf, dueAt, fill, look, type Rest, sweep } from './walk.ts'

/** What the server said is not for us is tried again after this long. */
const REFUSED_MS = 3_600_000
/** Where the looks of a slow server take every turn, what was never read gets one this often. */
const TURN_MS = 300_000
/** In a flood of hints, which have taken so much of the paged calls, there is so much time between two looks: the rest lasts for all of it. */
const [FLOOD, FLOOD_MS] = [1 / 4, 10_000]

/** When a hint that came after the last look is followed: at once, so long as that is not what a flood of them asks for. */
const followAt = ({ budget }: Session, lookedAt: number, now: number): number => {
  const { used, limit } = budget.usedPaged()
  return used < limit * FLOOD ? now : Math.min(now, lookedAt) + FLOOD_MS
}

/** The walks through all lists of all servers. */
export type Walks = {
  /** What to read next of a server, for the schedule. */
  next: Work
  /**
   * Reads every list up to its newest item now, and with `all` down to its oldest. Answers the first failure of one that failed alone, with
   * its name as the detail `list`; what is so for the whole server is thrown.
   */
  readNow(session: Session, all: boolean, signal: AbortSignal): Promise<Failure | null>
  /** Before something is decided on a server: sees that it was not put back, at first and after it was away. */
  prove(asking: Asking): Promise<void>
  /** Tells how a request to a server went. */
  heard(server: ServerKey, failure: Failure | null): void
}

type ToRead = { reading: Reading; cursor: Cursor; fills: boolean }

/** When something that was never read of a server had its last turn; `take` notes the next. */
type Turn = { at: number; take(run: () => Promise<void>): () => Promise<void> }

/** What could be read next of one list, and when, but for its sweep. `fills`: it may also go down to the oldest. */
const stepsOf = ({ reading, cursor, fills }: ToRead, now: number, turn: Turn): Step[] => {
  const { context, session, list } = reading
  const { name: of } = list
  if (cursor.refused_at !== null && now < cursor.refused_at + REFUSED_MS)
    return [{ of, at: cursor.refused_at + REFUSED_MS, run: () => look(reading) }]
  const every = context.push.isLive(session.key) ? list.lookMs.whenPushed : list.lookMs.usual
  const hintedAt = context.push.hintedAt(session.key)
  // One of a time to come was heard before the clock was set back: no look would be late enough for it.
  const hinted = list.hinted === true && hintedAt >= (cursor.looked_at ?? 0) && hintedAt <= now
  const freshAt = now - turn.at > TURN_MS ? turn.at : now
  const lookOn = () => look(reading)
  const steps: Step[] =
    cursor.looked_at === null
      ? [{ of, at: freshAt, run: turn.take(lookOn) }]
      : [{ of, at: hinted ? followAt(session, cursor.looked_at, now) : cursor.looked_at + every, run: lookOn }]
  if (fills && cursor.complete === 0 && cursor.floor !== null)
    steps.push({ of, at: freshAt, run: turn.take(() => fill(reading)) })
  return steps
}

/** The sweeps of a server's lists, the longest due first: else one that is always due again would leave no turn to the others. */
const sweepsOf = (toRead: readonly ToRead[], now: number, metered: boolean, rest: Rest): Step[] =>
  toRead
    .filter(
      ({ reading: { list }, cursor, fills }) =>
        list.sweepMs !== null &&
        cursor.complete === 1 &&
        cursor.top !== null &&
        (cursor.refused_at === null || now >= cursor.refused_at + REFUSED_MS) &&
        (fills || list.comesFrom === undefined),
    )
    .map(({ reading, cursor }) => ({ reading, due: dueAt(reading, cursor, metered, now) }))
    .sort((one, other) => one.due - other.due)
    .map(({ reading, due }) => ({
      of: reading.list.name,
      at: Math.max(due, rest.until.get(reading.session.key) ?? 0),
      run: () => sweep(reading, rest),
    }))

/** Makes the walks through these lists, the most urgent first. `newestAreLost` looks whether a server was put back, once a step. */
export const makeWalks = (
  context: Context,
  { lists, newestAreLost }: { lists: readonly List[]; newestAreLost(asking: Asking): Promise<boolean> },
): Walks => {
  const asLeft = makeAsLeft(newestAreLost)
  const rest: Rest = { until: new Map(), bad: new Map() }
  const turns = new Map<ServerKey, number>()
  const turnOf = (server: ServerKey, now: number): Turn => {
    const at = turns.get(server) ?? now
    turns.set(server, at)
    return { at, take: run => () => run().finally(() => turns.set(server, context.clock.now())) }
  }
  let latest = context.gate.read(latestLook)
  /** A clock that was ahead and is set right takes with it what was noted by it. */
  const minded = (now: number) => {
    if (wasSetBack(latest, now)) {
      context.gate.write(['sync'], db => moveBack(db, latest, now))
      rest.until.clear()
      turns.clear()
    }
    latest = now
  }
  const readingOf = (reading: Omit<Reading, 'wentBack'>): Reading => ({
    ...reading,
    wentBack: lookOnce(() => newestAreLost(reading)),
  })
  const readable = (server: ServerKey): List[] => {
    const role = context.gate.read(db => findServer(db, server))
    return role ? lists.filter(list => mayRead(role, list)) : []
  }
  return {
    prove: async asking => {
      await context.emptied(asking.session, asking.signal)
      await asLeft.prove(asking)
    },
    heard: (server, failure) => {
      const session = context.sessions.get(server)
      if (session && failure) asLeft.heard(session, failure)
    },
    next: (server, now) => {
      minded(now)
      const { metered } = context.gate.read(readSettings)
      const session = context.sessions.get(server)
      if (!session) return []
      const readings = readable(server).map((list): { reading: Reading; cursor: Cursor } => {
        const reading = readingOf({ context, session, list, cls: 'background', signal: context.stop })
        return { reading, cursor: cursorOf(reading) }
      })
      // History waits until all that is in force is whole; what the server refuses is not waited for.
      const whole = readings.every(
        ({ reading, cursor }) =>
          reading.list.comesFrom !== undefined || cursor.complete === 1 || cursor.refused_at !== null,
      )
      const toRead = readings.map(
        (one): ToRead => ({ ...one, fills: one.reading.list.comesFrom === undefined || (whole && !metered) }),
      )
      const turn = turnOf(server, now)
      return [...toRead.flatMap(one => stepsOf(one, now, turn)), ...sweepsOf(toRead, now, metered, rest)]
    },
    readNow: async (session, all, signal) => {
      await context.emptied(session, signal)
      minded(context.clock.now())
      const [first] = lists
      let refusal: Failure | undefined
      let alone: Failure | undefined
      /** Whether it answered. What is not for us, or fails alone, keeps no other list waiting. */
      const ask = async (read: () => Promise<unknown>, list?: List): Promise<boolean> => {
        try {
          await read()
          return true
        } catch (error) {
          if (!(error instanceof Failure)) throw error
          if (isRefusal(error)) refusal = list !== undefined && list === first ? error : refusal
          else if (isOfOneList(error))
            alone ??= list ? new Failure(error.code, { ...error.detail, list: list.name }) : error
          else throw error
          return false
        }
      }
      await ask(() => newestAreLost({ context, session, cls: 'interactive', signal }))
      const permitted = readable(session.key)
      if (first && !permitted.includes(first)) refusal = new Failure('not-allowed', { reason: 'failure.no-role' })
      let answers = 0
      for (const list of permitted) {
        const reading = readingOf({ context, session, list, cls: all ? 'background' : 'interactive', signal })
        if (await ask(() => readList(reading, all, rest), list)) answers++
      }
      // Without the first of them Howdah has nothing to do here; where none answers it is the server.
      if (refusal) throw refusal
      if (alone && answers === 0) throw alone
      return alone ?? null
    },
  }
}

const isRefusal = ({ code, detail }: Failure) =>
  (code === 'not-allowed' && detail.status === 403) || code === 'not-found'

/** What came was wrong, which may be so for this list alone; a server that is away, busy or knows us no more is so for all of them. */
const isOfOneList = (failure: Failure) =>
  (failure.code === 'upstream' || isStumble(failure)) && !AWAY.has(Number(failure.detail.status))

const readList = async (reading: Reading, all: boolean, rest: Rest): Promise<void> => {
  const { context, signal } = reading
  const wasWhole = cursorOf(reading).complete === 1
  const started = context.clock.now()
  while ((cursorOf(reading).looked_at ?? -1) < started && !signal.aborted) await look(reading)
  while (all && cursorOf(reading).complete === 0 && cursorOf(reading).floor !== null && !signal.aborted)
    await fill(reading)
  // What was filled just now needs no second look.
  if (all && wasWhole) await sweep(reading, rest)
}
