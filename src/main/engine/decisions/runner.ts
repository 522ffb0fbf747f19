import type { DecisionKind } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import { pauseBatch } from './batch.ts'
import { decisionsIn, moveDecision, NOT_ENDED, readDecision, setWaiting, setWindow } from './journal.ts'
import type { Kind, StoredDecision, Work } from './kind.ts'
import { dueWindows, moveTimesBack, nextReady, nextTimes, setAway, setTurns } from './queue.ts'
import { recoverDecisions, recoverSending } from './recover.ts'
import { bringLooks, lookAtDecision, type Proof, type RoleCheck, sendDecision, type Verdict } from './send.ts'

/** A decision that was ready this long ago, before a crash or sleep, asks before it goes. */
const STALE_MS = 900_000
/** A timer this late means that the computer slept. */
const SLEPT_MS = 30_000
/** A clock that shows so much less than it had shown was ahead and is set right. */
const SET_BACK_MS = 1_000
/** While something is ready the runner wakes this often: a timer of its own is how it notices that the computer slept. */
const PULSE_MS = 15_000
/** Requests of decisions that may be on the wire to one server. */
const AT_ONCE = 4
/** So many windows end in one transaction, so that a large batch does not keep the desk waiting. */
const MOST_AT_A_TIME = 25

/** Carries out what the journal holds, a server at a time. */
export type Runner = {
  /** Reads the journal after a start; then wakes. */
  start(): void
  /** Looks what is due: after arming, a change, a server's return. */
  wake(): void
  /** A desk opened (+1) or closed (-1): held decisions of an earlier run get their new window only while one is there. */
  desks(change: 1 | -1): void
  /** A server answers again, or someone signed in: what waited for it goes on. */
  back(server: ServerKey): void
  /** Looks at an unknown decision now. */
  lookNow(id: string): Promise<void>
  /** Starts nothing more, and waits for what is on the wire until it ends or `stop` cuts it. */
  close(): Promise<void>
}

/** The journal's runner: moves what is due, one decision a target, order kept. It knows only the shape of a kind. */
export const makeRunner = (given: {
  context: Context
  kinds: ReadonlyMap<DecisionKind, Kind>
  graceMs(): number
  checkRole: RoleCheck
  prove: Proof
  fault(error: unknown, where: string): void
}): Runner => {
  const { context, kinds, graceMs, checkRole, prove } = given
  const { gate, clock } = context
  const busy = new Map<string, ServerKey>()
  const looking = new Map<string, ServerKey>()
  const retryAt = new Map<ServerKey, number>()
  /** Since when nobody is signed in, as far as this run saw. */
  const outSince = new Map<ServerKey, number>()
  let desks = 0
  let closing: (() => void) | undefined
  let stopTimer = () => {}
  let dueAt = Number.POSITIVE_INFINITY
  let lookedAt = Number.NEGATIVE_INFINITY

  const workOf = (decision: StoredDecision): { kind: Kind; work: Work } | undefined => {
    const kind = kinds.get(decision.kind)
    const session = context.sessions.get(decision.server)
    const cls = decision.batch_id === null ? 'decision' : 'batch'
    return kind && session && { kind, work: { context, session, decision, cls, signal: context.stop } }
  }
  const many = (of: ReadonlyMap<string, ServerKey>, server: ServerKey) =>
    [...of.values()].filter(one => one === server).length
  const occupied = (server: ServerKey) => many(busy, server) - many(looking, server)
  const run = (decision: StoredDecision, go: () => Promise<Verdict>) => {
    busy.set(decision.id, decision.server)
    go()
      .then(verdict => {
        if (verdict) retryAt.set(decision.server, clock.now() + verdict.retryInMs)
      })
      .catch((error: unknown) => {
        given.fault(error, 'decisions')
        retryAt.set(decision.server, clock.now() + 60_000)
      })
      .finally(() => {
        busy.delete(decision.id)
        looking.delete(decision.id)
        if (closing && busy.size === 0) closing()
        look()
      })
  }

  /** What was ready long ago, and could not go out since, asks before it goes. */
  const askStale = (now: number, isMeant: (server: ServerKey) => boolean) =>
    gate.write(['decisions', 'log'], db => {
      for (const { id, server, ready_at, batch_id } of decisionsIn(db, ['ready'])) {
        if (!isMeant(server) || (ready_at ?? now) >= now - STALE_MS) continue
        if (batch_id === null) setWaiting(db, id, 'confirm')
        else pauseBatch(context, db, batch_id, 'pause.stale')
      }
    })

  /** A window that ended while the computer slept was not seen by anybody: it begins again. */
  const endWindows = (now: number, slept: boolean): { ended: boolean; more: boolean } => {
    const { due, waiting } = gate.read(db => dueWindows(db, now, desks > 0, MOST_AT_A_TIME))
    if (due.length + waiting.length > 0)
      gate.write(['decisions', 'log'], db => {
        for (const { id, send_at } of due)
          if (slept && (send_at ?? now) < now - SLEPT_MS) setWindow(db, id, desks > 0 ? now + graceMs() : null)
          else moveDecision(context, db, id, 'held', 'ready')
        for (const { id } of waiting) setWindow(db, id, now + graceMs())
      })
    if (slept) askStale(now, () => true)
    return { ended: due.length > 0, more: Math.max(due.length, waiting.length) === MOST_AT_A_TIME }
  }

  /** What a person takes for ten seconds lasts ten seconds, whatever the clock is set to meanwhile. */
  const mindSetBack = (now: number) => {
    const by = lookedAt - now
    lookedAt = now
    if (by < SET_BACK_MS) return
    retryAt.clear()
    gate.write([], (db, touch) => moveTimesBack(db, by, now) > 0 && touch('decisions'))
  }

  const sendReady = (now: number) => {
    for (const server of gate.read(db => db.column<ServerKey>('SELECT key FROM server'))) {
      const session = context.sessions.get(server)
      if (!session) {
        gate.write([], (db, touch) => {
          const changed = db.run(
            `UPDATE decision SET waiting_for = 'sign-in' WHERE ${NOT_ENDED} AND state = 'ready' AND server = ? AND (waiting_for IS NULL OR waiting_for NOT IN ('sign-in', 'confirm', 'paused', 'turn'))`,
            [server],
          )
          if (changed > 0) touch('decisions')
        })
        if (!outSince.has(server)) outSince.set(server, now)
        continue
      }
      const out = outSince.get(server)
      outSince.delete(server)
      if (out !== undefined && now - out > STALE_MS) askStale(now, one => one === server)
      if ((retryAt.get(server) ?? 0) > now) {
        gate.write([], (db, touch) => setAway(db, server) > 0 && touch('decisions'))
        continue
      }
      const free = AT_ONCE - occupied(server)
      if (free <= 0) continue
      for (const decision of gate.read(db => nextReady(db, server, [...busy.keys()], free))) {
        const found = workOf(decision)
        if (!found) continue
        if (decision.waiting_for !== null) gate.write(['decisions'], db => void setWaiting(db, decision.id, null))
        run(decision, () => sendDecision(found.kind, found.work, checkRole, STALE_MS, prove))
      }
    }
  }

  /** What a failed write left as `sending` would stand in the way of its target for ever. */
  const endLost = () => {
    if (gate.read(db => decisionsIn(db, ['sending'])).some(one => !busy.has(one.id)))
      gate.write(['decisions', 'log'], db => recoverSending(context, db, id => !busy.has(id)))
  }

  const lookBack = (now: number) => {
    for (const decision of gate.read(db => decisionsIn(db, ['unknown']))) {
      if (busy.has(decision.id) || decision.look_at === null || decision.look_at > now) continue
      const found = workOf(decision)
      // After a restore there may be thousands.
      if (!found || many(looking, decision.server) >= AT_ONCE) continue
      looking.set(decision.id, decision.server)
      run(decision, () => lookAtDecision(found.kind, found.work).then(() => null))
    }
  }

  const plan = (now: number, more: boolean) => {
    const { times, isReady } = gate.read(nextTimes)
    const later = [...times, ...retryAt.values(), ...(isReady ? [now + PULSE_MS] : [])].filter(at => at > now)
    stopTimer()
    dueAt = Math.min(...(more ? [now] : []), ...later)
    if (Number.isFinite(dueAt)) stopTimer = clock.after(Math.min(dueAt - now, 0x7fff_ffff), look)
  }

  /** Looks what is due. `changed`: something may have come to wait behind another on its target. */
  const look = (changed = false) => {
    if (closing || context.stop.aborted) return
    const now = clock.now()
    const slept = now - dueAt > SLEPT_MS
    try {
      mindSetBack(now)
      endLost()
      const { ended, more } = endWindows(now, slept)
      if (changed || ended) gate.write([], (db, touch) => setTurns(db) > 0 && touch('decisions'))
      sendReady(now)
      lookBack(now)
      plan(now, more)
    } catch (error) {
      given.fault(error, 'decisions')
      stopTimer = clock.after(5_000, look)
    }
  }
  const wake = () => look(true)

  return {
    start: () => {
      recoverDecisions(context, STALE_MS)
      wake()
    },
    wake,
    desks: change => {
      desks += change
      if (change === 1) wake()
    },
    back: server => {
      const missed = bringLooks(context, server)
      if (
        !retryAt.delete(server) &&
        missed === 0 &&
        !gate.read(db => decisionsIn(db, ['ready'])).some(one => one.server === server)
      )
        return
      wake()
    },
    lookNow: async id => {
      const decision = gate.read(db => readDecision(db, id))
      const found = workOf(decision)
      if (found) await lookAtDecision(found.kind, found.work)
      wake()
    },
    close: () =>
      new Promise(resolve => {
        stopTimer()
        closing = resolve
        if (busy.size === 0) resolve()
      }),
  }
}
