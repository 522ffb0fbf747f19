import { z } from 'zod'
import { Account } from './accounts.ts'
import { Decision } from './decisions.ts'
import { KnownOrigin } from './domains.ts'
import { RemoteId, Target, Time } from './ids.ts'
import { LogEntry } from './log.ts'
import { command, query } from './method.ts'
import { Category } from './reports.ts'
import type { Topic } from './topics.ts'

/** What is known here of one account, whether or not a report names it. `accounts.ts` has its shape, which decisions and reports use too. */
export const accountPage = {
  /** The page of an account. `not-found` when it is not known here: `accounts.refresh` asks the server for it. */
  'accounts.show': query(
    Target,
    z.object({
      account: Account,
      /** It waits for approval. */
      pending: z.boolean(),
      /** Its e-mail and address are not kept here, but the server may be asked: it is a member, and our role sees members. */
      canAsk: z.boolean(),
      /** Of its server; null for a member. */
      origin: KnownOrigin.nullable(),
      /** Reports about it, the open ones first, then the newest (at most 20 of them told, 200 closed ones counted). */
      about: z.object({
        open: z.int(),
        closed: z.int(),
        reports: z.array(
          z.object({
            id: RemoteId,
            category: Category,
            createdAt: Time,
            resolvedAt: Time.nullable(),
            resolvedBy: z.string().nullable(),
          }),
        ),
      }),
      /**
       * What it reported in 90 days (at most 200): how much is closed and was upheld, see `reports.case`. Never which: that would name a
       * reporter.
       */
      filed: z.object({ filed: z.int(), closed: z.int(), upheld: z.int() }),
      /** Our own decisions about it, newest first (at most 20). */
      decisions: z.array(Decision),
      /** What others were seen to do to it, newest first (at most 20). */
      since: z.array(LogEntry.pick({ seq: true, at: true, action: true, facts: true, personal: true })),
      /** The rules of its server, for the reasons of a decision. */
      rules: z.array(z.object({ id: RemoteId, text: z.string() })),
      /** The page of the server's web admin. */
      webAdmin: z.string(),
    }),
    ['accounts', 'reports', 'signups', 'decisions', 'log', 'domains', 'servers'] as const satisfies Topic[],
  ),
  /** Reads it from the server now, at interactive class. `not-found` when the server has no such account. */
  'accounts.refresh': command(Target, z.object({})),
  /** Ids of the open reports about it, the oldest first (at most 5,000), for closing them as a batch. */
  'accounts.openReports': query(Target, z.object({ ids: z.array(RemoteId) }), ['reports'] as const),
}
