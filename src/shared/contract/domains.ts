import { z } from 'zod'
import { AccountName } from './accounts.ts'
import { Consequence, Decision, RowDecision } from './decisions.ts'
import { RemoteId, ServerKey, Time } from './ids.ts'
import { Lookalike } from './lookalikes.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** How strongly a domain is blocked, in the server's words: on record only, limited, suspended (contract E.4). */
export const Severity = z.enum(['noop', 'silence', 'suspend'])
export type Severity = z.infer<typeof Severity>

/** A domain block as the server told it last. Without a severity: one that 4.3 stored blank. */
export const DomainBlock = z.object({
  id: RemoteId,
  domain: z.string(),
  severity: Severity.nullable(),
  rejectMedia: z.boolean(),
  rejectReports: z.boolean(),
  /** Its letters are hidden where the server shows its blocks in public. */
  obfuscate: z.boolean(),
  privateComment: z.string(),
  publicComment: z.string(),
  createdAt: Time,
})
export type DomainBlock = z.infer<typeof DomainBlock>

const Count = z.int().nullable()

/** What a server counts of a domain and its subdomains (contract E.9); null where it does not count that. */
export const DomainMeasure = z.object({
  accounts: Count,
  /** Follows of members here of accounts there. */
  follows: Count,
  /** Follows of accounts there of members here. */
  followers: Count,
  /** Reports about its accounts, ever. */
  reports: Count,
  statuses: Count,
  mediaBytes: Count,
  at: Time,
})
export type DomainMeasure = z.infer<typeof DomainMeasure>

/** A row of the table: the block, and our latest decision about its domain while that matters. */
export const DomainRow = z.object({
  server: ServerKey,
  block: DomainBlock,
  /** Made or last changed from this Howdah. The server tells nobody's name (contract F.4). */
  ours: z.boolean(),
  decision: RowDecision.nullable(),
})
export type DomainRow = z.infer<typeof DomainRow>

const code = z.string().nullable()
const tableTopics = ['domains', 'decisions', 'servers'] as const satisfies Topic[]
const pageTopics = ['domains', 'decisions', 'servers', 'reports', 'settings', 'lookalikes'] as const satisfies Topic[]
const place = { server: ServerKey, domain: z.string().max(300) }

/** What reports tell of another server (at most 10,000 are counted), and the block that covers it. Where the role may not see blocks, none is known. */
export const KnownOrigin = z.object({
  domain: z.string(),
  accounts: z.int(),
  open: z.int(),
  closed: z.int(),
  block: z
    .object({
      domain: z.string(),
      /** `suspend`, `silence` (limit) or `noop`; whatever else the server says. */
      severity: z.string().nullable(),
      rejectMedia: z.boolean(),
      rejectReports: z.boolean(),
    })
    .nullable(),
})

/** What may be asked about domains. */
export const domains = {
  /**
   * Reads what a person typed: the domain in the form that is sent, and as people write it; or `problem`, a message code
   * `field.domain.*` that says what to do.
   */
  'domains.read': query(
    z.object({ text: z.string().max(2_000) }),
    z.object({ domain: z.string().nullable(), unicode: z.string(), problem: code }),
    ['domains'] as const,
  ),
  /** Rows of the table of blocks from a place on, and how many there are in all. `server` null: of every server. */
  'domains.list': query(
    z.object({
      server: ServerKey.nullable(),
      /** Found in domains and both comments, whatever the case. */
      search: z.string().max(300).default(''),
      severity: Severity.nullable().default(null),
      also: z.enum(['media', 'reports', 'obfuscate', 'comment']).nullable().default(null),
      sort: z.enum(['domain', 'newest', 'severity']).default('domain'),
      from: z.int().min(0).default(0),
      count: z.int().min(1).max(200).default(100),
    }),
    z.object({ total: z.int(), from: z.int(), rows: z.array(DomainRow) }),
    tableTopics,
  ),
  /** All that is known of one domain on one server, and what each decision about it would do. `invalid-input` for what is no domain. */
  'domains.show': query(
    z.object(place),
    z.object({
      domain: z.string(),
      /** What is odd about the name itself. */
      lookalike: Lookalike.nullable(),
      block: DomainBlock.nullable(),
      /** The nearest block of a parent domain, which covers this one too. */
      covering: DomainBlock.nullable(),
      /** When it was allowed, for a server that federates only with what it allows. */
      allowedAt: Time.nullable(),
      measure: DomainMeasure.nullable(),
      /** Why a decision cannot be, `refusal.*`; null when it can. `harsher`: a change that weighs heavier. */
      refusals: z.object({ block: code, change: code, harsher: code, lift: code, allow: code, disallow: code }),
      /** Why it goes out only alone and with the domain typed, `brake.*`: where it suspends, and where it does anything less. */
      brakes: z.object({ suspend: code, less: code, disallow: code }),
      /** What each severity does, and refusing media beside it, in numbers of the server; what the list of allowed domains does there. */
      effects: z.object({
        noop: z.array(Consequence),
        silence: z.array(Consequence),
        suspend: z.array(Consequence),
        media: z.array(Consequence),
        lift: z.array(Consequence),
        allow: z.array(Consequence),
        disallow: z.array(Consequence),
      }),
      /** Open reports about accounts there, as held here; the accounts with the most of them. */
      openReports: z.int(),
      reported: z.array(z.object({ account: AccountName, report: RemoteId, open: z.int() })),
      /** Our decisions about it, newest first. */
      decisions: z.array(Decision),
    }),
    pageTopics,
  ),
  /** Ids of the open reports about accounts of the domain and its subdomains, the oldest first: 5,000 at most. */
  'domains.openReports': query(z.object(place), z.object({ ids: z.array(RemoteId) }), ['reports'] as const),
  /**
   * Asks the server for its numbers of a domain; what is younger than five minutes is not asked for again, since the server answers
   * with the same. `not-allowed` where the role may not see its dashboard.
   */
  'domains.measure': command(z.object(place), z.object({ measure: DomainMeasure })),
}
