import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import { makeBudget } from '../mastodon/budget.ts'
import { type HeldSession, makeSession, releaseNumber } from '../mastodon/session.ts'
import { revokeOwn } from './application.ts'
import {
  dropRevocation,
  keepUnproved,
  noteTry,
  pendingRevocations,
  type Revocation,
  settleRevocations,
} from './revocation-table.ts'

/** Waits between two tries; a server may be away for days. */
const AGAIN_MS = [60_000, 300_000, 1_800_000, 7_200_000, 21_600_000]
/** A command that runs every minute does not ask an absent server every minute. */
const AT_START_MS = 60_000

/** Tokens of ours that must die: they are revoked, again and again, until the server proves it or a person says so. */
export type Revocations = {
  /** Looks what an earlier run left behind. */
  start(): void
  /** Tries all of a server now; true when nothing is left. Never fails. */
  tryNow(server: ServerKey): Promise<boolean>
  /** A token that a new sign-in brought is in use again, whatever was to become of it. */
  claim(origin: string, token: string): Promise<void>
  /** A token of a sign-in that came to nothing is revoked; one that is not proved dead is kept until it is, where a `server` is here for it. */
  discard(session: HeldSession, server: ServerKey | undefined): Promise<void>
  /** A person says that they are dead. */
  settle(server: ServerKey): void
  /** When no try is under way any more. */
  quiet(): Promise<void>
}

/** The revocations of one engine: one try a server at a time. `fault` is told of what is neither the server's doing nor the network's. */
export const makeRevocations = (context: Context, fault: (error: unknown) => void): Revocations => {
  const { gate, clock } = context
  const pending = (server: ServerKey | null) => gate.read(db => pendingRevocations(db, server))
  const timers = new Map<ServerKey, () => void>()
  const lanes = new Map<ServerKey, Promise<void>>()

  const tryOne = async (one: Revocation): Promise<void> => {
    const { origin, ownNetwork, release } = one
    const opened = await context.door.unseal(one.sealed_token).catch(() => undefined)
    const session =
      opened &&
      makeSession({
        key: one.server,
        origin,
        ownNetwork,
        release: releaseNumber(release),
        token: opened.secret,
        budget: makeBudget(clock, context.random),
      })
    const isDead = session !== undefined && (await revokeOwn(context, session))
    if (context.stop.aborted) return
    gate.write(isDead ? ['servers', 'log'] : ['servers'], db => {
      if (!isDead) return noteTry(db, one, clock.now())
      if (dropRevocation(db, one))
        context.log(db, { source: 'did', action: 'server.token-revoked', server: one.server, facts: {} })
    })
  }
  const plan = (server: ServerKey) => {
    timers.get(server)?.()
    timers.delete(server)
    if (context.stop.aborted) return
    const tries = pending(server).map(one => one.tries)
    if (tries.length === 0) return
    const wait = AGAIN_MS[Math.min(Math.max(0, Math.min(...tries) - 1), AGAIN_MS.length - 1)] ?? 0
    timers.set(
      server,
      clock.after(wait, () => void tryNow(server)),
    )
  }
  /** After what is under way with this server. */
  const inLane = (server: ServerKey, run: () => Promise<void>): Promise<void> => {
    const next = (lanes.get(server) ?? Promise.resolve())
      .then(run)
      .catch(fault)
      .finally(() => {
        if (lanes.get(server) === next) lanes.delete(server)
      })
    lanes.set(server, next)
    return next
  }
  const tryNow = async (server: ServerKey): Promise<boolean> => {
    let isDone = false
    await inLane(server, async () => {
      for (const one of pending(server)) {
        await tryOne(one)
        if (context.stop.aborted) return
      }
      plan(server)
      isDone = pending(server).length === 0
    })
    return isDone
  }
  return {
    start: () => {
      const due = (one: Revocation) => one.tried_at === null || Math.abs(clock.now() - one.tried_at) >= AT_START_MS
      const all = pending(null)
      for (const server of new Set(all.map(one => one.server)))
        if (all.some(one => one.server === server && due(one))) void tryNow(server)
        else plan(server)
    },
    tryNow,
    claim: async (origin, token) => {
      for (const one of pending(null).filter(each => each.origin === origin))
        await inLane(one.server, async () => {
          const opened = await context.door.unseal(one.sealed_token).catch(() => undefined)
          if (opened?.secret === token) gate.write(['servers'], db => void dropRevocation(db, one))
        })
    },
    discard: async (session, server) => {
      if ((await revokeOwn(context, session)) || server === undefined || context.stop.aborted) return
      // Why the sign-in came to nothing is told before that it could not be sealed.
      const kept = await context.door.seal(session.token).catch(() => undefined)
      if (!kept) return
      gate.write(['servers'], db => keepUnproved(db, server, kept.sealed, clock.now()))
      plan(server)
    },
    settle: server => {
      gate.write(['servers', 'log'], db => {
        if (settleRevocations(db, server))
          context.log(db, { source: 'did', action: 'server.token-settled-by-person', server, facts: {} })
      })
      plan(server)
    },
    quiet: async () => {
      await Promise.all(lanes.values())
    },
  }
}
