import type { handover } from '../../../shared/contract/handover.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { lastSat, sit } from './seat.ts'
import { endedSince, seenSince, stale, waiting } from './table.ts'

/** A desk that is new tells of this long. */
const NEW_DESK_MS = 7 * 86_400_000

/** Answers `handover.*`. */
export const handoverHandlers = ({ gate, clock }: Context): Handlers<typeof handover, unknown> => ({
  'handover.here': () => gate.write([], db => sit(db, clock.now())),
  'handover.read': ({ since: given }) =>
    gate.read(db => {
      const now = clock.now()
      const left = lastSat(db, now)
      const since = given ?? left ?? now - NEW_DESK_MS
      return {
        since,
        left,
        ...seenSince(db, since),
        ended: endedSince(db, since),
        waits: waiting(db),
        stale: stale(db, since, now),
      }
    }),
})
