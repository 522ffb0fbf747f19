import type { exposure } from '../../../shared/contract/exposure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../settings/table.ts'
import { countSeen, seenOn } from './table.ts'

/** How much someone has looked at today, and whether a pause would be good. Nothing of it is logged. */
export const exposureHandlers = ({ gate }: Context): Handlers<typeof exposure, unknown> => ({
  'exposure.today': ({ day }) =>
    gate.read(db => {
      const seen = seenOn(db, day)
      const { restAfter } = readSettings(db)
      return { ...seen, suggestions: restAfter === 0 ? 0 : Math.floor((seen.media + seen.legal) / restAfter) }
    }),
  'exposure.add': ({ day, kind }) =>
    gate.write(['exposure'], db => {
      countSeen(db, day, kind)
      return {}
    }),
})
