import { z } from 'zod'
import { FailureCode, FailureDetail } from './failure.ts'
import { RemoteId, ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/**
 * How far one list of one server is. `not-permitted`: the role may not read it, so it is not asked for; `refused`: the server said no
 * although the role may, such as to a token of narrower scope; `metered`: the rest of it waits for a connection that costs nothing.
 */
export const SyncedList = z.object({
  list: z.enum([
    'reports-open',
    'reports-resolved',
    'signups',
    'domain-blocks',
    'domain-allows',
    'email-domain-blocks',
    'ip-blocks',
    'canonical-email-blocks',
  ]),
  state: z.enum(['waiting', 'reading', 'complete', 'failed', 'not-permitted', 'refused', 'metered']),
  pages: z.int(),
  rows: z.int(),
  /** Rows that could not be read and were set aside. */
  bad: z.int(),
  complete: z.boolean(),
  /** Pages that are left, about, 0 when complete; null where nothing tells. */
  pagesLeft: z.int().nullable(),
  /**
   * Ids, from one to another, both included, among which is what the server fails on: the list is read past them since then, and they are
   * asked for again whenever it is walked whole.
   */
  leftOut: z.array(z.object({ from: RemoteId, to: RemoteId, since: Time })),
  /** Since when nothing that was changed elsewhere can be unknown here: a walk through all of it ended then. Null for history, and before. */
  sweptAt: Time.nullable(),
  /** Why it could not be read three times in a row, though others may be; null where it could be. */
  failure: z.object({ code: FailureCode, detail: FailureDetail }).nullable(),
})
export type SyncedList = z.infer<typeof SyncedList>

/** How it stands with reading from one server. */
export const ServerSync = z.object({
  server: ServerKey,
  lists: z.array(SyncedList),
  /** When the open reports were last known to be whole. */
  lastAt: Time.nullable(),
  nextAt: Time.nullable(),
  /** Calls used in the current window of 5 minutes, and how many there are. */
  used: z.int(),
  limit: z.int(),
  /** The same of paged calls, in the current window of 15 minutes. */
  pagedUsed: z.int(),
  pagedLimit: z.int(),
  /** Milliseconds until all lists are complete, about; 0 when they are, null where nothing tells. */
  leftMs: z.int().nullable(),
  /** Since when the server does not answer, and the failure. */
  offlineSince: Time.nullable(),
  failure: z.object({ code: FailureCode, detail: FailureDetail }).nullable(),
})
export type ServerSync = z.infer<typeof ServerSync>

/** What may be asked and said about reading from servers. */
export const sync = {
  'sync.status': query(
    z.object({}),
    z.object({ servers: z.array(ServerSync), paused: z.boolean(), metered: z.boolean() }),
    ['sync', 'servers', 'settings'] as const satisfies Topic[],
  ),
  /** Looks now. Returns when every list of the server (of all servers) was read up to its newest report, and `all` also all history. */
  'sync.now': command(
    z.object({ server: ServerKey.optional(), all: z.boolean().default(false) }),
    z.object({ servers: z.array(ServerSync) }),
  ),
  /** Stops reading by itself, or goes on; kept over a restart. */
  'sync.pause': command(z.object({ paused: z.boolean() }), z.object({})),
}
