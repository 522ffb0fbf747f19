import { z } from 'zod'

/** Our own short name of a subscribed server, such as `s1`; never used again for another server. */
export const ServerKey = z.string().regex(/^s\d{1,9}$/)
export type ServerKey = z.infer<typeof ServerKey>

/** An id as the server gave it: opaque text, compared only for equality, but never a piece of an address or a formula. */
export const RemoteId = z.string().regex(/^[\w-]{1,64}$/)
export type RemoteId = z.infer<typeof RemoteId>

/** A moment: milliseconds since the Unix epoch. */
export const Time = z.int()
export type Time = z.infer<typeof Time>

/** One thing on one server, so that nothing can be acted on elsewhere. */
export const Target = z.object({ server: ServerKey, id: RemoteId })
export type Target = z.infer<typeof Target>

/** A batch's own id (UUID version 7). */
export const BatchId = z.uuid()
export type BatchId = z.infer<typeof BatchId>

/** A decision's own id (UUID version 7). */
export const DecisionId = z.uuid()
export type DecisionId = z.infer<typeof DecisionId>
