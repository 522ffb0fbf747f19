import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { bitByBit } from '../bit-by-bit.ts'
import type { Context } from '../context.ts'
import { emptied, emptySome, isEmptied } from '../db/emptying.ts'
import type { Session } from '../mastodon/session.ts'
import { askAnew, begunAnew } from './went-back.ts'

/** Whoever asks something else of the engine comes in between. */
const PAUSE_MS = 1
/** Lists on screen are read again so seldom meanwhile. */
const TOLD_EVERY = 40
/** After a failure, such as of a full disk. */
const AGAIN_MS = 60_000

/** Forgets what is left of servers that were put back. Until that is done nothing that they tell is kept, since nothing is asked of them. */
export type Emptying = {
  /** Goes on where something is left. */
  soon(): void
  /** True while something is left of the server that a session is signed in to. */
  isOn(session: Session): boolean
  /** Ends when nothing is. Fails with `cancelled`, also when somebody signed out meanwhile. */
  over(session: Session, signal: AbortSignal): Promise<void>
}

/** Makes it, and goes on with what an earlier run left; `fault` hears what went wrong, after which it is tried again. */
export const makeEmptying = (context: Context, fault: (error: unknown) => void): Emptying => {
  const { gate, clock, stop } = context
  const waiting = new Set<() => void>()
  const isCurrent = (session: Session) => context.sessions.get(session.key) === session
  const isOn = (session: Session) => isCurrent(session) && gate.read(db => isEmptied(db, session.key))
  const turn = (signal: AbortSignal) =>
    new Promise<void>(resolve => {
      const end = () => {
        waiting.delete(end)
        signal.removeEventListener('abort', end)
        resolve()
      }
      waiting.add(end)
      signal.addEventListener('abort', end)
    })
  let slices = 0
  const slice = (server: ServerKey) => {
    const tells = ++slices % TOLD_EVERY === 0
    const more = gate.write(tells ? begunAnew : [], (db, touch) => {
      if (emptySome(db, server)) return true
      // What was decided meanwhile was decided by what was left.
      askAnew(context, db, server)
      for (const topic of begunAnew) touch(topic)
      return false
    })
    if (!more) context.readAnew(server)
  }
  const bit = () => {
    const [server] = gate.read(emptied)
    try {
      if (server !== undefined) slice(server)
    } catch (error) {
      if (server !== undefined && error instanceof Failure) context.heard(server, error)
      throw error
    }
    for (const look of [...waiting]) look()
    return server !== undefined
  }
  const again = (error: unknown) => {
    fault(error)
    clock.after(AGAIN_MS, () => soon())
  }
  const soon = bitByBit({ clock, stop, fault: again, pauseMs: PAUSE_MS }, bit)
  soon()
  return {
    soon,
    isOn,
    over: async (session, signal) => {
      if (!isOn(session)) return
      while (isOn(session) && !signal.aborted) await turn(signal)
      if (signal.aborted || !isCurrent(session)) throw new Failure('cancelled')
    },
  }
}
