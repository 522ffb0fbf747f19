import { z } from 'zod'
import { FailureCode, FailureDetail } from './failure.ts'

/** What a client says: call (`later`: nobody waits for the answer), wait for such a call after all (`hurry`), give up a call, name the topics it shows, and that it has seen the last `changed`. */
export const Asked = z.discriminatedUnion('t', [
  z.object({ t: z.literal('call'), id: z.number(), m: z.string(), p: z.unknown(), later: z.literal(true).optional() }),
  z.object({ t: z.literal('hurry'), id: z.number() }),
  z.object({ t: z.literal('cancel'), id: z.number() }),
  z.object({ t: z.literal('watch'), topics: z.array(z.string()).max(64) }),
  z.object({ t: z.literal('seen') }),
])
export type Asked = z.infer<typeof Asked>

/** What a server says: the answer of a call, its failure, and topics whose answers are stale. */
export const Told = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ok'), id: z.number(), r: z.unknown() }),
  z.object({ t: z.literal('err'), id: z.number(), e: z.object({ code: FailureCode, detail: FailureDetail }) }),
  z.object({ t: z.literal('changed'), topics: z.array(z.string()) }),
])
export type Told = z.infer<typeof Told>

/** A frame as the schema says, or nothing: then the wire that carried it is closed. */
export const readFrame = <T>(schema: z.ZodType<T>, text: string): T | undefined => {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
