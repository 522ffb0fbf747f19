import { Failure } from '../../shared/contract/failure.ts'
import type { ServerKey } from '../../shared/contract/ids.ts'
import { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/contract/method.ts'
import { serve } from '../../shared/contract/rpc.ts'
import type { Wire } from '../../shared/contract/wires.ts'
import { accountsHandlers } from './accounts/handlers.ts'
import { indexInTheBackground } from './accounts/search-index.ts'
import { backupHandlers } from './backup/handlers.ts'
import { settleRestore } from './backup/settle.ts'
import { batchesHandlers } from './batches/handlers.ts'
import { blocksHandlers } from './blocks/handlers.ts'
import { campaignsHandlers } from './campaigns/handlers.ts'
import type { Context } from './context.ts'
import { type Data, openData } from './db/open.ts'
import { decisionsHandlers } from './decisions/handlers.ts'
import { makeRunner } from './decisions/runner.ts'
import type { RoleCheck } from './decisions/send.ts'
import { domainsHandlers } from './domains/handlers.ts'
import { draftsHandlers } from './drafts/handlers.ts'
import { exposureHandlers } from './exposure/handlers.ts'
import { makeFaultLog } from './fault-log.ts'
import { finderHandlers } from './finder/handlers.ts'
import type { From, Given } from './given.ts'
import { handoverHandlers } from './handover/handlers.ts'
import { interestsHandlers } from './interests/handlers.ts'
import { allKinds } from './kinds.ts'
import { guardLocked, lockHandlers } from './lock/handlers.ts'
import { makeLock } from './lock/lock.ts'
import { appendLog } from './log/append.ts'
import { logHandlers } from './log/handlers.ts'
import { checkSearch, makeSearchWhole } from './log/search-index.ts'
import { openWriter } from './log/writer.ts'
import { lookalikesHandlers } from './lookalikes/handlers.ts'
import { lookInTheBackground } from './lookalikes/table.ts'
import { makeGuard } from './mastodon/request.ts'
import { followReports } from './mastodon/stream.ts'
import { mediaHandlers } from './media/handlers.ts'
import { notesHandlers } from './notes/handlers.ts'
import { postsHandlers } from './posts/handlers.ts'
import { makeReportsDesk } from './reports/desk.ts'
import { makePush } from './schedule/push.ts'
import { makeSchedule } from './schedule/schedule.ts'
import { guardArming } from './servers/arming.ts'
import { serversHandlers } from './servers/handlers.ts'
import { refreshWork } from './servers/refresh.ts'
import { makeRevocations } from './servers/revocations.ts'
import { endSession, readRoleAgain } from './servers/standing.ts'
import { openSessions, putTokensAway, tokenFor } from './servers/tokens.ts'
import { settingsHandlers } from './settings/handlers.ts'
import { readSettings } from './settings/table.ts'
import { signupsHandlers } from './signups/handlers.ts'
import { makeEmptying } from './sync/emptying.ts'
import { syncHandlers } from './sync/handlers.ts'
import { makeWalks } from './sync/work.ts'
import { synced } from './synced.ts'
import { templatesHandlers } from './templates/handlers.ts'
import { trendsHandlers } from './trends/handlers.ts'
import { makeUpkeep } from './upkeep.ts'
import { viewsHandlers } from './views/handlers.ts'

/** An engine on an open data folder. */
export type RunningEngine = {
  /** Answers one wire until it closes. */
  attach(wire: Wire, from: From): void
  /** Lets what is on the wire end, at most for `patienceMs`, then closes the data. */
  close(patienceMs?: number): Promise<void>
}

/**
 * Opens a data folder, unless it was opened before, and everything that works on it. Fails with `owned`, `newer-data` or `storage`; the
 * data is closed then.
 */
export const createEngine = async (
  given: Given,
  data = openData(given.folder, given.clock.now()),
): Promise<RunningEngine> => {
  try {
    return await start(given, data)
  } catch (error) {
    data.close()
    throw error
  }
}

const start = async (
  { folder, fetch, clock, random = Math.random, door: given, runTask }: Given,
  data: Data,
): Promise<RunningEngine> => {
  const { gate } = data
  const keyFile = () => gate.read(readSettings).keyFile
  const door: Context['door'] = {
    seal: secret => given.seal(secret, keyFile()),
    unseal: sealed => given.unseal(sealed, keyFile()),
  }
  const stop = new AbortController()
  const fault = makeFaultLog(folder, clock.now)
  gate.write([], checkSearch)
  const writer = await openWriter(gate, door, clock.now())
  const context: Context = {
    folder,
    gate,
    clock,
    random,
    door,
    guard: makeGuard(
      fetch,
      clock,
      ({ key }) => context.sessions.has(key) && gate.announce(['servers']),
      session => tokenFor(context, lock, session),
      { held: () => emptying },
    ),
    log: (db, draft) => void appendLog(db, writer, clock.now(), draft),
    sessions: new Map(),
    readAnew: server => {
      emptying.soon()
      schedule.poke(server)
    },
    emptied: (...asking) => emptying.over(...asking),
    heard: (server, failure) => void heardFrom(server, failure),
    push: {
      isLive: server => push.isLive(server),
      hintedAt: server => push.hintedAt(server),
      close: server => push.close(server),
    },
    stop: stop.signal,
  }
  const upkeep = makeUpkeep(context, data, runTask, { fault: error => fault(error, 'inspect') })
  const emptying = makeEmptying(context, error => fault(error, 'emptying'))
  const walks = makeWalks(context, synced)
  /** How a request to a server went; ends when it is known why it was refused, where it was. */
  const heardFrom = async (server: ServerKey, failure: Failure | null): Promise<void> => {
    // A computer that slept wakes before its timers do.
    lock.isLocked()
    // To a token that it has forgotten the server answers 403 (contract K.3): who asks who we are is told.
    const session = context.sessions.get(server)
    if (failure?.detail.reason === 'failure.role' && session) {
      const still = await readRoleAgain(context, session).catch(error => fault(error, 'role'))
      // Told by then, and it means more than each no that follows from it.
      if (still === 'closed') return
    }
    schedule.heard(server, failure)
    walks.heard(server, failure)
    if (failure === null) runner.back(server)
    else if (failure.code === 'signed-out' && context.sessions.has(server))
      endSession(context, server, 'server.token-refused')
    else if (failure.detail.reason === 'failure.damaged') upkeep.soon()
  }
  const schedule = makeSchedule({
    clock,
    random,
    works: [walks.next, refreshWork(context)],
    stop: stop.signal,
    heard: heardFrom,
    fault,
    changed: () => gate.announce(['sync']),
  })
  /** Reading by itself pauses and goes on as the settings say, whoever changed them. */
  const pauseAsSet = () => {
    const { paused } = gate.read(readSettings)
    if (paused !== schedule.isPaused()) schedule.pause(paused)
  }
  pauseAsSet()
  gate.onChange(topics => topics.has('settings') && pauseAsSet())
  const push = makePush({
    clock,
    random,
    stop: stop.signal,
    follow: (server, signal, on) => {
      const session = context.sessions.get(server)
      return session && !lock.isLocked() ? followReports(context.guard, session, signal, on) : undefined
    },
    hinted: server => schedule.poke(server),
  })
  const begin = (server: ServerKey) => {
    schedule.poke(server)
    push.open(server)
  }
  const kinds = allKinds(clock)
  const graceMs = () => gate.read(readSettings).graceSeconds * 1000
  const checkRole: RoleCheck = async ({ session }, refused) => {
    if (refused === 'forbidden') return await readRoleAgain(context, session)
    endSession(context, session.key, 'server.token-refused')
    return 'signed-out'
  }
  const runner = makeRunner({ context, kinds, graceMs, checkRole, prove: walks.prove, fault })
  const inverses = new Map([...kinds].map(([name, kind]) => [name, kind.inverse]))
  const revocations = makeRevocations(context, error => fault(error, 'revocations'))
  const reportsDesk = makeReportsDesk(context, inverses, fault)
  const lock = makeLock(context, {
    locked: () => putTokensAway(context),
    opened: () => {
      for (const key of context.sessions.keys()) {
        begin(key)
        runner.back(key)
      }
    },
  })
  const handlers: Handlers<typeof contract, From> = guardLocked(lock, {
    ...serversHandlers(context, revocations, lock, key => {
      // A sign-in that was begun before the desk locked, and is not whose opens it.
      if (lock.isLocked()) putTokensAway(context)
      begin(key)
      runner.back(key)
      runner.wake()
    }),
    ...lockHandlers(context, lock),
    ...reportsDesk.handlers,
    ...campaignsHandlers(context),
    ...viewsHandlers(context),
    ...accountsHandlers(context, inverses),
    ...signupsHandlers(context),
    ...notesHandlers(context),
    ...guardArming(
      context,
      decisionsHandlers(context, kinds, runner, graceMs),
      batchesHandlers(context, kinds, runner, graceMs, inverses),
    ),
    ...domainsHandlers(context, inverses),
    ...lookalikesHandlers(context),
    ...logHandlers({
      gate,
      runTask,
      now: clock.now,
      writer,
      folder,
      writeBack: data.writeBack,
      logged: draft => gate.write(['log'], db => appendLog(db, writer, clock.now(), draft)),
    }),
    ...blocksHandlers(context),
    ...trendsHandlers(context),
    ...templatesHandlers(context),
    ...syncHandlers(context, schedule, synced.lists, walks, heardFrom),
    ...settingsHandlers(context),
    ...draftsHandlers(context),
    ...exposureHandlers(context),
    ...postsHandlers(context),
    ...mediaHandlers(context),
    ...finderHandlers(context),
    ...backupHandlers(context, lock, runTask),
    ...interestsHandlers(context),
    ...handoverHandlers(context),
  })

  upkeep.opened()
  settleRestore(context)
  makeSearchWhole(gate, clock, stop.signal, error => fault(error, 'log-search'))
  indexInTheBackground(gate, clock, stop.signal, error => fault(error, 'account-search'))
  lookInTheBackground(gate, clock, stop.signal, error => fault(error, 'lookalikes'))
  await openSessions(context, lock.isLocked)
  runner.start()
  revocations.start()
  reportsDesk.start()
  for (const key of context.sessions.keys()) begin(key)

  let begun = false
  return {
    attach: (wire, from) => {
      const isDesk = from !== 'cli'
      const changed = serve(contract, handlers, wire, {
        from,
        newSignal: () => {
          const controller = new AbortController()
          return Object.assign(controller.signal, { abort: () => controller.abort() })
        },
        later: run => void setImmediate(run),
        onFault: fault,
        onClose: () => {
          stopListening()
          if (isDesk) runner.desks(-1)
        },
      })
      const stopListening = gate.onChange(changed)
      if (!isDesk) return
      runner.desks(1)
      if (begun) return
      begun = true
      clock.after(0, reportsDesk.readAhead)
      upkeep.begin()
    },
    close: async (patienceMs = 5_000) => {
      upkeep.stop()
      schedule.pause(true)
      const cut = clock.after(patienceMs, () => stop.abort(new Failure('cancelled')))
      await Promise.all([runner.close(), revocations.quiet()])
      cut()
      stop.abort(new Failure('cancelled'))
      data.close()
    },
  }
}
