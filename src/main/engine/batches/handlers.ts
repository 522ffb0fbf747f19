import { setImmediate } from 'node:timers/promises'
import type { Batch, batches } from '../../../shared/contract/batches.ts'
import type { DecisionKind, DecisionState } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import { localeOf } from '../accounts/table.ts'
import type { Context } from '../context.ts'
import type { ReadDb } from '../db/handle.ts'
import { armDecision, readFields } from '../decisions/arm.ts'
import {
  beginBatch,
  countsOf,
  holdBatch,
  isStopped,
  pauseBatch,
  putBatch,
  readBatch,
  resumeBatch,
  type StoredBatch,
} from '../decisions/batch.ts'
import { moveDecision, newDecisionId } from '../decisions/journal.ts'
import type { Kind } from '../decisions/kind.ts'
import { type Inverses, toDecision, troubleOf } from '../decisions/read.ts'
import type { Runner } from '../decisions/runner.ts'
import { makePlan, planBatch, spread } from './plan.ts'

/** How long an ended batch stays in the list of those that matter now. */
const SHOWN_MS = 120_000
/** So many are taken back in one transaction, so that a large batch does not keep the desk waiting. */
const MOST_AT_A_TIME = 25
/** So many of those that did not come about are told. */
const MOST_TOLD = 50
/** So many are armed, or looked at, in one go. */
const [MOST_ARMED, MOST_LOOKED_AT] = [25, 100]

/** Decides on many things at once: N decisions in one batch that is paused, resumed and taken back as one. */
export const batchesHandlers = (
  context: Context,
  kinds: ReadonlyMap<DecisionKind, Kind>,
  runner: Runner,
  graceMs: () => number,
  inverses: Inverses,
): Handlers<typeof batches, unknown> => {
  const { gate, clock } = context
  const kindOf = (name: DecisionKind): Kind => {
    const kind = kinds.get(name)
    if (!kind) throw new Failure('not-found')
    return kind
  }
  /** Servers work side by side: the slowest tells how long it takes. */
  const secondsFor = (requests: ReadonlyMap<ServerKey, number>): number => {
    const times = [...requests].map(
      ([server, count]) => context.sessions.get(server)?.budget.timeFor('batch', count) ?? 0,
    )
    return Math.ceil(Math.max(0, ...times) / 1000)
  }
  const sum = (counts: ReadonlyMap<ServerKey, number>) => [...counts.values()].reduce((all, each) => all + each, 0)

  const leftOf = (db: ReadDb, batch: StoredBatch): Map<ServerKey, number> => {
    const { requests } = kindOf(batch.kind)
    const waiting = db.all<{ server: ServerKey; n: number }>(
      `SELECT server, count(*) AS n FROM decision WHERE batch_id = ? AND state IN ('held', 'ready') GROUP BY server`,
      [batch.id],
    )
    return new Map(waiting.map(({ server, n }) => [server, n * requests]))
  }
  /** Only what is first in its server's line says so: where each of them waits, and nothing is on the wire, all of it does. */
  const waitsFor = (db: ReadDb, batch: StoredBatch): Batch['waitingFor'] => {
    const servers = db.all<{ waits: Batch['waitingFor']; sending: number }>(
      `SELECT max(CASE WHEN waiting_for IN ('server', 'sign-in') THEN waiting_for END) AS waits, max(state = 'sending') AS sending
       FROM decision WHERE batch_id = ? AND state IN ('ready', 'sending') GROUP BY server`,
      [batch.id],
    )
    return servers.every(each => each.waits !== null && each.sending === 0) ? (servers[0]?.waits ?? null) : null
  }
  const toBatch = (db: ReadDb, batch: StoredBatch): Batch => {
    const counts = countsOf(db, batch.id)
    const left = leftOf(db, batch)
    const sendAt = db.get<{ at: number | null }>(
      `SELECT min(send_at) AS at FROM decision WHERE batch_id = ? AND state = 'held'`,
      [batch.id],
    )
    const is = (state: DecisionState) => (counts[state] ?? 0) > 0
    return {
      id: batch.id,
      kind: batch.kind,
      label: batch.label,
      state: batch.ended_at !== null ? 'ended' : batch.paused_why !== null ? 'paused' : is('held') ? 'held' : 'running',
      why: batch.ended_at === null ? batch.paused_why : null,
      waitingFor: waitsFor(db, batch),
      armedAt: batch.armed_at,
      sendAt: sendAt?.at ?? null,
      counts,
      size: batch.size,
      servers: db.column<ServerKey>(
        'SELECT DISTINCT server FROM decision WHERE batch_id = ? ORDER BY length(server), server',
        [batch.id],
      ),
      requestsLeft: sum(left),
      secondsLeft: secondsFor(left),
    }
  }
  const told = (id: string): { batch: Batch } => gate.read(db => ({ batch: toBatch(db, readBatch(db, id)) }))
  /** Batches that are just being armed; who is taken out of it is armed no further. */
  const arming = new Set<string>()
  const tooLate = () => new Failure('conflict', { reason: 'failure.batch-ended' })

  return {
    'batches.preview': async ({ kind: name, items, kept, fields, sample }) => {
      const kind = kindOf(name)
      const given = readFields(kind, fields)
      const { possible, spared, left, unread } = await planBatch(gate, kind, { items, kept }, given)
      const sums = { closes: 0, mails: 0, cuts: 0 }
      const readers = new Map<string | null, number>()
      for (let from = 0; from < possible.length; from += MOST_LOOKED_AT) {
        if (from > 0) await setImmediate()
        gate.read(db => {
          for (const { server, subject, arming: on } of possible.slice(from, from + MOST_LOOKED_AT)) {
            const rung = kind.rung(db, server, subject)
            sums.closes += rung.closes
            if (rung.mail === 'yes') {
              const language = on.account && localeOf(db, server, on.account.id)
              readers.set(language, (readers.get(language) ?? 0) + 1)
              sums.mails++
            }
            sums.cuts += kind.cuts?.(db, server, subject, given) ?? 0
          }
        })
      }
      const requests = new Map<ServerKey, number>()
      for (const { server } of possible) requests.set(server, (requests.get(server) ?? 0) + kind.requests)
      return {
        possible: possible.length,
        left: left(),
        sample: spread(
          [...possible, ...spared].sort((a, b) => a.at - b.at),
          sample,
        ).map(one => one.at),
        ...sums,
        readers: [...readers].map(([language, count]) => ({ language, count })).sort((a, b) => b.count - a.count),
        unread: unread.length,
        requests: sum(requests),
        seconds: secondsFor(requests),
      }
    },
    'batches.read': async ({ kind: name, items, kept, fields, most }, { signal }) => {
      const kind = kindOf(name)
      const given = readFields(kind, fields)
      const { unread } = await planBatch(gate, kind, { items, kept }, given)
      const now = unread.slice(0, most)
      const cancelled = new AbortController()
      signal.addEventListener('abort', () => cancelled.abort())
      const stop = AbortSignal.any([cancelled.signal, context.stop])
      const reads = now.map(async ({ server, subject }) => {
        const session = context.sessions.get(server)
        if (!session) throw new Failure('signed-out')
        await kind.unread?.read({ context, session, subject, fields: given, signal: stop })
      })
      await Promise.all(reads)
      // What the server does not count stays as it is: to ask again would not help.
      const plan = await planBatch(gate, kind, { items, kept }, given)
      return { left: plan.unread.filter(({ subject }) => !now.some(one => one.subject.id === subject.id)).length }
    },
    'batches.arm': async ({ kind: name, items, kept, label, ...reasons }) => {
      const kind = kindOf(name)
      const choice = { ...reasons, fields: readFields(kind, reasons.fields) }
      const { possible } = await planBatch(gate, kind, { items, kept }, choice.fields)
      if (possible.length === 0) throw new Failure('not-allowed', { reason: 'failure.empty-batch' })
      const id = newDecisionId(clock.now())
      arming.add(id)
      try {
        gate.write(['decisions', 'log'], db => putBatch(context, db, { id, kind: name, label, size: possible.length }))
        const again = makePlan(kind, choice.fields)
        const stillPossible = (db: ReadDb, from: number) => {
          const before = again.possible.length
          again.look(db, possible.slice(from, from + MOST_ARMED))
          return again.possible.slice(before)
        }
        let armed = 0
        for (let from = 0; from < possible.length && arming.has(id); from += MOST_ARMED) {
          if (from > 0) await setImmediate()
          gate.write(['decisions', 'log'], db => {
            // Looked at once more: since the plan was made someone may have decided about one of them. Of a batch that was stopped
            // meanwhile all stands there with the reason, and none goes out unseen.
            const due = isStopped(db, id) ? possible.slice(from, from + MOST_ARMED) : stillPossible(db, from)
            for (const { server, subject, arming: on } of due)
              armDecision(context, db, kind, {
                server,
                subject,
                arming: on,
                choice,
                interest: null,
                batch: id,
                graceMs: graceMs(),
              })
            armed += due.length
            holdBatch(db, id)
          })
        }
        if (arming.has(id))
          gate.write(['decisions', 'log'], db => beginBatch(context, db, id, armed, clock.now() + graceMs()))
      } finally {
        arming.delete(id)
      }
      runner.wake()
      return told(id)
    },
    'batches.pause': ({ id }) => {
      gate.write(['decisions', 'log'], db => {
        if (readBatch(db, id).ended_at !== null) throw tooLate()
        pauseBatch(context, db, id, 'pause.by-person')
      })
      return told(id)
    },
    'batches.resume': ({ id }) => {
      gate.write(['decisions', 'log'], db => {
        if (readBatch(db, id).ended_at !== null || arming.has(id)) throw tooLate()
        resumeBatch(context, db, id, clock.now() + graceMs())
      })
      runner.wake()
      return told(id)
    },
    'batches.takeBack': async ({ id }) => {
      gate.write(['decisions', 'log'], db => {
        if (readBatch(db, id).ended_at !== null) throw tooLate()
        arming.delete(id)
        pauseBatch(context, db, id, 'pause.taking-back')
      })
      let taken = 0
      for (;;) {
        const some = gate.write(['decisions', 'log'], db => {
          const rows = db.all<{ id: string; state: 'held' | 'ready' }>(
            `SELECT id, state FROM decision WHERE batch_id = ? AND state IN ('held', 'ready') LIMIT ${MOST_AT_A_TIME}`,
            [id],
          )
          for (const row of rows) moveDecision(context, db, row.id, row.state, 'cancelled', { why: 'why.taken-back' })
          return rows.length
        })
        taken += some
        if (some < MOST_AT_A_TIME) break
        await setImmediate()
      }
      runner.wake()
      return { ...told(id), taken }
    },
    'batches.trouble': ({ id }) =>
      gate.read(db => ({
        decisions: troubleOf(db, readBatch(db, id).id, MOST_TOLD).map(row => toDecision(db, row, inverses)),
      })),
    'batches.list': ({ all }) =>
      gate.read(db => {
        const since = all ? 0 : clock.now() - SHOWN_MS
        const rows = db.all<StoredBatch>(
          'SELECT * FROM batch WHERE ended_at IS NULL OR ended_at >= ? ORDER BY armed_at DESC, id DESC LIMIT 50',
          [since],
        )
        return { batches: rows.map(row => toBatch(db, row)) }
      }),
  }
}
