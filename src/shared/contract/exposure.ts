import { z } from 'zod'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** A day where the person sits: the engine may run in another time zone. */
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** What may be asked and said about what a person had to look at. */
export const exposure = {
  /**
   * What was shown on a day, to whoever sits at this computer. `suggestions`: how often a pause is due by now, none where it is switched
   * off. It never leaves this computer: no log, no export, no backup holds it.
   */
  'exposure.today': query(z.object({ day: Day }), z.object({ media: z.int(), legal: z.int(), suggestions: z.int() }), [
    'exposure',
    'settings',
  ] as const satisfies Topic[]),
  /** Counts one piece of media, or one legal case, that came into view. Days before this one are forgotten. */
  'exposure.add': command(z.object({ day: Day, kind: z.enum(['media', 'legal']) }), z.object({})),
}
