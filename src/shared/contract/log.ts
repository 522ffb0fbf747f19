import { z } from 'zod'
import { ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'

/** One entry of the log. Personal values stand apart, so that they can be erased; `erased` then names them. */
export const LogEntry = z.object({
  seq: z.number().int(),
  at: Time,
  /** `did`: by Howdah; `saw`: done by someone else, noticed between two looks. */
  source: z.enum(['did', 'saw']),
  /** Dotted verb, such as `decision.armed`, `server.signed-in`, `log.exported`. */
  action: z.string(),
  server: z.string().nullable(),
  /** Facts of the entry, without personal values. */
  facts: z.record(z.string(), z.unknown()),
  /** Personal values that still stand. */
  personal: z.record(z.string(), z.string()),
  erased: z.array(z.string()),
  hash: z.string(),
})
export type LogEntry = z.infer<typeof LogEntry>

export const LogFormat = z.enum(['csv', 'jsonl'])
export type LogFormat = z.infer<typeof LogFormat>

export const LogVerdict = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  /** The first entry that does not hold, and the message code `verdict.*` of what is wrong with it. */
  firstBad: z.object({ seq: z.number().int(), why: z.string() }).nullable(),
  head: z.string(),
})
export type LogVerdict = z.infer<typeof LogVerdict>

export const log = {
  'log.page': query(
    z.object({
      before: z.number().int().optional(),
      limit: z.number().int().min(1).max(200).default(100),
      server: ServerKey.optional(),
      text: z.string().max(200).optional(),
    }),
    z.object({ entries: z.array(LogEntry), total: z.number().int() }),
    ['log'] as const,
  ),
  /** Writes the log to a file: complete under its final name, or absent. `personal` adds the personal values that still stand. */
  'log.export': command(
    z.object({ format: LogFormat, file: z.string().min(1).max(4096).optional(), personal: z.boolean().default(false) }),
    z.object({
      file: z.string(),
      name: z.string(),
      entries: z.number().int(),
      bytes: z.number().int(),
      head: z.string(),
    }),
  ),
  'log.verify': command(z.object({}), LogVerdict),
  /** The newest moments worth telling at the top of the screen. */
  'log.since': query(z.object({ since: Time }), z.object({ entries: z.number().int() }), ['log'] as const),
}
