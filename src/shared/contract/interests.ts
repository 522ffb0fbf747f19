import { z } from 'zod'
import { RemoteId, ServerKey } from './ids.ts'
import { command } from './method.ts'

/**
 * Why someone should leave a report to a colleague: it is about them (`self`), they filed it (`reporter`), or it is about someone who acts on
 * reports of this server (`staff`) or whom they marked as close to them (`marked`). The strongest one where there are several.
 */
export const Interest = z.enum(['self', 'reporter', 'staff', 'marked'])
export type Interest = z.infer<typeof Interest>

/** What may be said about interests of one’s own. */
export const interests = {
  /** Marks an account as close to oneself, or no longer. `not-found` where it is not known here. */
  'interests.mark': command(
    z.object({ server: ServerKey, account: RemoteId, close: z.boolean() }),
    z.object({ close: z.boolean() }),
  ),
}
