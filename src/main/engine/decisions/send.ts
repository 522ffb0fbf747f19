import type { WaitingFor } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ReadDb } from '../db/handle.ts'
import { fetchOwnAccount } from '../mastodon/endpoints/accounts.ts'
import { isOfOne } from '../mastodon/endpoints/entity.ts'
import type { Outcome } from '../mastodon/outcome.ts'
import { pauseBatch } from './batch.ts'
import { sendBack } from './freeze.ts'
import { askAbout, decisionsIn, moveDecision, readDecision, setLook, setWaiting } from './journal.ts'
import type { Kind, ReadBack, Work } from './kind.ts'

/** Read-backs after the request left, in ms. Only the last may conclude that nothing happened: the server may still be at it. */
export const LOOKS_MS = [2_000, 15_000, 90_000, 600_000] as const

/**
 * A server that is away is tried again so soon; one that fails on all that it is asked, then; one that something stands before, which
 * refuses, only then, or once it is heard.
 */
const AWAY_MS = 5_000
const BROKEN_MS = 15_000
const REFUSED_BEFORE_MS = 60_000

/** What the runner is told: wait this long before the server is tried again, or go on. */
export type Verdict = { retryInMs: number } | null

/**
 * Asked after a 403 or 401: who we still are. Where the role has lost a right, or the login is closed, the server's queue was put before a
 * person by then.
 */
export type RoleCheck = (
  work: Work,
  refused: 'forbidden' | 'signed-out',
) => Promise<'signed-out' | 'closed' | 'changed' | 'same'>

const whyRefused = { 'signed-out': 'why.signed-out', closed: 'why.login-closed', changed: 'why.role-changed' } as const

/** Looks whether a server is the one that was decided about, where that is in doubt; puts its decisions before a person where it is not. */
export type Proof = (work: Work) => Promise<void>

const write = (work: Work, run: Parameters<Work['context']['gate']['write']>[1]) =>
  work.context.gate.write(['decisions', 'log'], run)

/** False once it was taken back, paused, or put to a person while something was read for it. */
const isToGo = (db: ReadDb, { decision }: Work): boolean => {
  const { state, waiting_for: waits } = readDecision(db, decision.id)
  return state === 'ready' && waits !== 'confirm' && waits !== 'paused'
}

const wait = (work: Work, waitingFor: 'server' | 'rate' | 'sign-in', retryInMs: number): Verdict => {
  work.context.gate.write(waitingFor === 'rate' ? ['decisions', 'servers'] : ['decisions'], db => {
    if (isToGo(db, work)) setWaiting(db, work.decision.id, waitingFor)
  })
  return { retryInMs }
}

/** Waits here and not on the wire: what waits for the budget can still be taken back, and is not `sending`. */
const waitForBudget = (work: Work): Verdict => {
  const { context, session } = work
  const ms = session.budget.nextAt(work.cls, false) - context.clock.now()
  return ms > 0 ? wait(work, 'rate', ms) : null
}

/** A right that was found lost while this was asked is why it was forbidden, and need not be asked about again. */
const minding = (checkRole: RoleCheck, { session }: Work): RoleCheck => {
  const before = session.rightsLost
  return async (work, refused) =>
    refused === 'forbidden' && session.rightsLost > before ? 'changed' : await checkRole(work, refused)
}

/** What the server's no means, where reading tells; what cannot be read now explains nothing. */
const explain = async (kind: Kind, work: Work, status: number): Promise<string | null> => {
  try {
    return (await kind.explain?.(work, status)) ?? null
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return null
  }
}

/** Whether the server answers us, so that what it fails on is one record, on which it will fail again. */
const answers = async ({ context, session, cls, signal }: Work): Promise<boolean> => {
  try {
    await fetchOwnAccount(context.guard, session, signal, cls)
    return true
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return false
  }
}

/** What a failed reading before the send means: wait, or stop. Nothing was sent. */
const onPreconditionFailure = async (work: Work, failure: Failure, checkRole: RoleCheck): Promise<Verdict> => {
  const stop = (why: string): null => {
    write(work, db => {
      if (isToGo(db, work)) moveDecision(work.context, db, work.decision.id, 'ready', 'stopped', { why })
    })
    return null
  }
  if (failure.code === 'not-found') return stop('why.gone')
  if (failure.code === 'rate-limited') return waitForBudget(work) ?? wait(work, 'rate', 10_000)
  if (failure.code === 'signed-out' || failure.code === 'not-allowed') {
    const still = await checkRole(work, failure.code === 'signed-out' ? 'signed-out' : 'forbidden')
    if (still === 'signed-out') return wait(work, 'sign-in', 0)
    // Nothing of it was sent: it asks a person with the rest.
    return still === 'same' ? stop('why.forbidden') : null
  }
  // All others would wait behind it.
  const failsAgain = isOfOne(failure) && work.decision.waiting_for === 'server'
  if (failsAgain && (await answers(work)))
    return stop(failure.detail.status === 500 ? 'why.server-fails' : 'why.unreadable')
  work.context.heard(work.session.key, failure)
  return wait(work, 'server', failsAgain ? BROKEN_MS : AWAY_MS)
}

/** Why it is not known whether it happened. */
const whyUnknown = ({ status, failure }: Extract<Outcome, { kind: 'unknown' }>): string => {
  if (failure?.code === 'timeout') return 'why.timeout'
  if (status === null) return 'why.cut'
  return status === 429 ? 'why.limit-within' : 'why.odd-answer'
}

const settle = async (
  kind: Kind,
  work: Work,
  { outcome, answeredAt }: { outcome: Outcome; answeredAt: number },
  checkRole: RoleCheck,
): Promise<Verdict> => {
  const { context, decision, session } = work
  const move = (to: 'done' | 'failed' | 'unknown', change: Parameters<typeof moveDecision>[5]) =>
    write(work, db => moveDecision(context, db, decision.id, 'sending', to, change))
  const goBack = (why: string, waitingFor: WaitingFor) =>
    write(work, db => sendBack(context, db, decision.id, { why, status: outcome.status, waitingFor }))
  switch (outcome.kind) {
    case 'done':
      move('done', { why: kind.besides?.(work) ?? null, status: outcome.status, answeredAt })
      return null
    case 'not-sent':
      if (outcome.failure.code === 'rate-limited') {
        goBack('why.throttled', 'rate')
        return waitForBudget(work) ?? { retryInMs: 1_000 }
      }
      goBack('why.not-sent', 'server')
      context.heard(session.key, outcome.failure)
      return { retryInMs: AWAY_MS }
    case 'throttled':
      goBack('why.throttled', 'rate')
      return waitForBudget(work) ?? { retryInMs: 1_000 }
    case 'refused': {
      const means = kind.refused?.(work, outcome.status, outcome.json)
      if (means) move(means.isDone ? 'done' : 'failed', { why: means.why, status: outcome.status, answeredAt })
      else {
        const why = await explain(kind, work, outcome.status)
        const plain = outcome.status === 404 ? 'why.gone' : 'why.refused'
        move('failed', { why: why ?? plain, status: outcome.status })
      }
      return null
    }
    case 'signed-out':
      move('failed', { why: 'why.signed-out', status: outcome.status })
      await checkRole(work, 'signed-out')
      return null
    case 'forbidden': {
      const still = await checkRole(work, 'forbidden')
      const why =
        still === 'same' ? ((await explain(kind, work, outcome.status)) ?? 'why.forbidden') : whyRefused[still]
      move('failed', { why, status: outcome.status })
      return null
    }
    case 'unknown':
      move('unknown', {
        why: whyUnknown(outcome),
        status: outcome.status,
        lookAt: context.clock.now() + LOOKS_MS[0],
      })
      return null
    case 'page': {
      const { status, failure } = outcome
      move('unknown', { why: 'why.page', status, lookAt: context.clock.now() + LOOKS_MS[0] })
      // It may let reading through: each decision of a batch would be put in doubt, one after the other.
      const { batch_id: batch } = decision
      if (batch !== null && failure.code === 'upstream') write(work, db => pauseBatch(context, db, batch, 'pause.page'))
      context.heard(session.key, failure)
      return waitForBudget(work) ?? { retryInMs: failure.code === 'offline' ? AWAY_MS : REFUSED_BEFORE_MS }
    }
  }
}

/** Fetching what changed is for the screen; a sweep finds what is missed here. */
const refresh = async (kind: Kind, work: Work) => {
  try {
    await kind.refresh(work)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    work.context.heard(work.session.key, error)
  }
}

/**
 * Sends one ready decision: precondition, `sending` on disk, the request, and what it came to. Where the precondition took longer
 * than `staleMs`, the computer slept over it, and a person is asked. `prove` looks first whether the server is still as it was left.
 */
export const sendDecision = async (
  kind: Kind,
  work: Work,
  asksRole: RoleCheck,
  staleMs: number,
  prove: Proof,
): Promise<Verdict> => {
  const { context, decision } = work
  const checkRole = minding(asksRole, work)
  const started = context.clock.now()
  const full = waitForBudget(work)
  if (full) return full
  let stopped: Awaited<ReturnType<Kind['precondition']>>
  try {
    await prove(work)
    if (!context.gate.read(db => isToGo(db, work))) return null
    stopped = await kind.precondition(work)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return await onPreconditionFailure(work, error, checkRole)
  }
  if (!context.gate.read(db => isToGo(db, work))) return null
  if (context.clock.now() - started > staleMs) {
    context.gate.write(['decisions'], db => void setWaiting(db, decision.id, 'confirm'))
    return null
  }
  if (stopped !== null && typeof stopped === 'object') {
    const { asks } = stopped
    write(work, db => askAbout(context, db, decision.id, asks))
    return null
  }
  if (stopped !== null) {
    write(work, db => moveDecision(context, db, decision.id, 'ready', 'stopped', { why: stopped }))
    return null
  }
  const spent = waitForBudget(work)
  if (spent) return spent
  write(work, db => moveDecision(context, db, decision.id, 'ready', 'sending'))
  const outcome = await kind.request(work)
  const answeredAt = context.clock.now()
  // What it changed is read before it counts as done, so that nothing on screen contradicts it.
  if (outcome.kind === 'done' && !kind.take(work, outcome.json)) await refresh(kind, work)
  const verdict = await settle(kind, work, { outcome, answeredAt }, checkRole)
  if (outcome.kind === 'refused' || outcome.kind === 'forbidden') await refresh(kind, work)
  return verdict
}

/** Looks whether an unknown decision happened; concludes that it did not only when the last look is due. */
export const lookAtDecision = async (kind: Kind, work: Work): Promise<void> => {
  const { context, decision } = work
  const now = context.clock.now()
  const sentAt = decision.sent_at ?? now
  const last = now - sentAt >= (LOOKS_MS.at(-1) ?? 0)
  try {
    const back = await kind.readBack(work).catch(async (error: unknown): Promise<ReadBack> => {
      if (!(error instanceof Failure)) throw error
      // What is gone, hidden from our role, or broken there shows nothing; to ask for it for ever would not help.
      const hidden = error.code === 'not-found' || error.code === 'not-allowed'
      if (hidden || (last && isOfOne(error) && (await answers(work)))) return { shows: 'nothing' }
      throw error
    })
    const { state } = context.gate.read(db => readDecision(db, decision.id))
    // Ended, or put to a person, while it was read.
    if (state !== decision.state || (state !== 'unknown' && state !== 'needs-person')) return
    if (back.shows === 'done')
      write(work, db =>
        moveDecision(context, db, decision.id, state, 'done', { why: 'why.read-back', answeredAt: now }),
      )
    else if (last && back.shows === 'not-done')
      write(work, db => moveDecision(context, db, decision.id, state, 'not-done', { why: back.why }))
    else if (last && state === 'unknown')
      write(work, db => moveDecision(context, db, decision.id, state, 'needs-person', { why: 'why.nothing-shows' }))
    else if (state === 'unknown') {
      const looks = Math.min(decision.looks + 1, LOOKS_MS.length - 1)
      context.gate.write(['decisions'], db =>
        setLook(db, decision.id, looks, Math.max(now + 1_000, sentAt + (LOOKS_MS[looks] ?? 0))),
      )
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    context.heard(work.session.key, error)
    context.gate.write(['decisions'], db => setLook(db, decision.id, decision.looks, now + 60_000))
  }
}

/** What was to be looked at while its server was away is looked at now that it answers; how many there are. */
export const bringLooks = (context: Work['context'], server: string): number => {
  const now = context.clock.now()
  const missed = context.gate
    .read(db => decisionsIn(db, ['unknown']))
    .filter(one => one.server === server && (one.look_at ?? now) > now)
    .filter(one => (one.sent_at ?? now) + (LOOKS_MS[one.looks] ?? 0) <= now)
  if (missed.length > 0)
    context.gate.write(['decisions'], db => {
      for (const { id, looks } of missed) setLook(db, id, looks, now)
    })
  return missed.length
}
