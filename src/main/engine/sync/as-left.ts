import type { Failure } from '../../../shared/contract/failure.ts'
import type { Session } from '../mastodon/session.ts'
import type { Reading } from './list.ts'

/** Who asks a server, for whom, until when. */
export type Asking = Omit<Reading, 'list' | 'wentBack'>

/** Whether servers are still as they were left: nobody knows what was done to one that nothing was heard of for a while. */
export type AsLeft = {
  /** Tells how a request went: a server that was away may be another when it is back. */
  heard(session: Session, failure: Failure): void
  /** Before something is decided there: looks, once in a session and after each time away. Fails as the look fails, which is made again then. */
  prove(asking: Asking): Promise<void>
}

/** `look` finds out whether a server was put back, and sees to what follows. */
export const makeAsLeft = (look: (asking: Asking) => Promise<unknown>): AsLeft => {
  const looks = new WeakMap<Session, Promise<unknown>>()
  return {
    heard: (session, { code }) => {
      if (code === 'offline' || code === 'timeout' || code === 'upstream') looks.delete(session)
    },
    prove: async asking => {
      const { session } = asking
      const going = looks.get(session) ?? look(asking)
      looks.set(session, going)
      try {
        await going
      } catch (error) {
        if (looks.get(session) === going) looks.delete(session)
        throw error
      }
    },
  }
}
