import { z } from 'zod'
import { Account, AccountFlags, AccountName, KeptProfile } from './accounts.ts'
import { Decision, RowDecision } from './decisions.ts'
import { KnownOrigin } from './domains.ts'
import { RemoteId, ServerKey, Target, Time } from './ids.ts'
import { Interest } from './interests.ts'
import { LogEntry } from './log.ts'
import { command, query } from './method.ts'
import { Reported } from './posts.ts'
import type { Topic } from './topics.ts'

/** What a report is about, as its reporter or a moderator filed it. */
export const Category = z.enum(['legal', 'violation', 'spam', 'other'])
export type Category = z.infer<typeof Category>

/** Who filed a report, as far as a desk needs it: a member of this server, or the server that sent it. */
const Reporter = z.object({ domain: z.string().nullable() })

/** A report as one row. */
export const ReportRow = z.object({
  server: ServerKey,
  id: RemoteId,
  category: Category,
  /** Plain text of the reporter, at most the first 300 characters. */
  comment: z.string(),
  createdAt: Time,
  resolvedAt: Time.nullable(),
  /** Who closed it, by username; null when open or unknown. */
  resolvedBy: z.string().nullable(),
  assignedTo: z.object({ name: z.string(), me: z.boolean() }).nullable(),
  target: AccountName.extend({ flags: AccountFlags }),
  reporter: Reporter,
  posts: z.int(),
  /** Until when it is left alone and why; `back`: what brought it back since. */
  snooze: z.object({ until: Time, reason: z.string(), back: z.enum(['time', 'change']).nullable() }).nullable(),
  /** Why it is better left to a colleague. */
  interest: Interest.nullable(),
  /** How many open reports there are about the target. */
  openOnTarget: z.int(),
  /** The newest decision of ours on the report or its target that is not long settled. */
  decision: RowDecision.nullable(),
})
export type ReportRow = z.infer<typeof ReportRow>

/** The most characters that are searched for, in UTF-16 units. */
export const SEARCH_LENGTH = 200

/** The most characters of the reason of a snooze, in UTF-16 units. */
export const SNOOZE_REASON = 200

/** The key of a campaign: `link:` and an address without its dress, or `text:` and a digest of a text without its own. */
export const CampaignKey = z
  .string()
  .regex(/^(link|text):./)
  .max(300)
export type CampaignKey = z.infer<typeof CampaignKey>

/** Members of the subscribed servers themselves where `domain` is null, else those of another server. */
const Home = z.object({ domain: z.string().nullable() })

/** What a list holds; null and the defaults leave everything in. All that is given must fit. */
export const ReportFilter = z.object({
  server: ServerKey.nullable().default(null),
  state: z.enum(['open', 'resolved']).default('open'),
  category: Category.nullable().default(null),
  /** `mine`: assigned to me; `unclaimed`: to nobody. */
  claim: z.enum(['any', 'mine', 'unclaimed']).default('any'),
  /** The moderator whom it is assigned to, or `nobody`. */
  assignee: Target.or(z.literal('nobody')).nullable().default(null),
  /** A rule of one server that the report names. */
  rule: Target.nullable().default(null),
  /** Where the reported account is. */
  origin: Home.nullable().default(null),
  /** Where the report came from. */
  source: Home.nullable().default(null),
  /** The account that it is about. */
  target: Target.nullable().default(null),
  /** The language of a reported post, as its author said (BCP 47). */
  language: z.string().max(40).nullable().default(null),
  /** Ms since it was filed, or closed: at least, and less than. */
  age: z
    .object({ least: z.int().min(0).nullable(), below: z.int().min(0).nullable() })
    .default({ least: null, below: null }),
  /** Those of one campaign; `any`: those of all that are one now. */
  campaign: CampaignKey.or(z.literal('any')).nullable().default(null),
  snoozed: z.enum(['out', 'only', 'in']).default('out'),
  /**
   * Words of the comment, the reported posts, or the account's name and handle, in any script: each matches from its beginning, a
   * quotation as it stands.
   */
  text: z.string().max(SEARCH_LENGTH).default(''),
})
export type ReportFilter = z.infer<typeof ReportFilter>
/** `campaign`: campaigns, and what is in none by its account. */
export const ReportGrouping = z.enum(['campaign', 'target', 'origin', 'none'])
export type ReportGrouping = z.infer<typeof ReportGrouping>
/** In which order a queue stands. */
export const ReportSort = z.enum(['severest', 'oldest', 'newest', 'most'])
export type ReportSort = z.infer<typeof ReportSort>

/** Many reporters, one account, in a short time: a hint at a brigade, or at someone whom many had enough of. */
export const Brigade = z.object({ reporters: z.int(), reports: z.int(), withinMs: z.int() })
export type Brigade = z.infer<typeof Brigade>

/** What stands between rows: the head of a group, with counts over the whole group. */
export const GroupHead = z.object({
  /** Names the group: the same for as long as it is the same group, wherever it stands. */
  name: z.string(),
  /** For `target` the account, for `origin` the domain, for `campaign` what they share, or nothing for the reports that stand alone. */
  account: AccountName.nullable(),
  server: ServerKey.nullable(),
  origin: z.string().nullable(),
  /** `shows`: the link, or the beginning of such a text; `said`: what was said about the campaign here. */
  campaign: z.object({ key: CampaignKey, shows: z.string(), said: z.string().nullable() }).nullable(),
  kind: z.enum(['legal', 'target', 'campaign', 'origin', 'single']),
  reports: z.int(),
  accounts: z.int(),
  /** How many people filed them, as far as servers tell them apart: some file all under one name. */
  reporters: z.int(),
  /** How many servers the reports came from, members counting as one. */
  sources: z.int(),
  oldestAt: Time,
  newestAt: Time,
  brigade: Brigade.nullable(),
})
export type GroupHead = z.infer<typeof GroupHead>

/** Which groups are folded to their heads, by name: these, or all but these. */
export const Folding = z.object({ all: z.boolean(), but: z.array(z.string().max(400)).max(5_000) })
export type Folding = z.infer<typeof Folding>
/** Every group open. */
export const nothingFolded: Folding = { all: false, but: [] }

/** One line of a list: a group's head or a report. `index` is its place, from 0. `folded`: the first of the reports that a head stands for. */
export const ListLine = z.discriminatedUnion('line', [
  z.object({ line: z.literal('group'), index: z.int(), group: GroupHead, folded: Target.nullable() }),
  z.object({ line: z.literal('report'), index: z.int(), row: ReportRow }),
])
export type ListLine = z.infer<typeof ListLine>

const Opened = z.object({
  list: z.string(),
  lines: z.int(),
  reports: z.int(),
  accounts: z.int(),
  oldestAt: Time.nullable(),
})
const Targets = z.object({ targets: z.array(Target), left: z.int() })

const News = z.object({ added: z.int(), older: z.int() })
const rowTopics = ['reports', 'accounts', 'decisions', 'servers'] as const satisfies Topic[]

/** What may be asked and said about reports. */
export const reports = {
  /**
   * Puts a list in order and keeps it: what comes later does not move it. `list` names it for the other calls; the engine forgets
   * lists that were not asked for in a while, and then those calls fail with `not-found`: open it again.
   */
  'reports.open': command(
    z.object({
      filter: ReportFilter,
      group: ReportGrouping.default('campaign'),
      sort: ReportSort.default('severest'),
      folding: Folding.default(nothingFolded),
    }),
    Opened,
  ),
  /** The same reports in the same order with other groups folded, under another name; counts are of all of them, folded or not. */
  'reports.fold': command(z.object({ list: z.string(), folding: Folding }), Opened),
  /** The lines `from` … `from + count - 1` as they are now; reports closed since stay in their place. */
  'reports.lines': query(
    z.object({ list: z.string(), from: z.int().min(0), count: z.int().min(1).max(200) }),
    z.object({ lines: z.array(ListLine) }),
    rowTopics,
  ),
  /** How many reports a list opened now would have that this one has not; `older`: of them what was there already, read of a server only since. */
  'reports.news': query(z.object({ list: z.string() }), News, ['reports'] as const),
  /**
   * The reports between two lines, both counted; heads, and what is folded under them, left out. At most 5,000; `left`: how many more there
   * are.
   */
  'reports.targets': query(z.object({ list: z.string(), from: z.int().min(0), to: z.int().min(0) }), Targets, [
    'reports',
  ] as const),
  /** All reports of the group whose head stands there, folded or not; as above. */
  'reports.group': query(z.object({ list: z.string(), head: z.int().min(0) }), Targets, ['reports'] as const),
  /** Whom reports are about, before all of them are decided at once: accounts, members among them, and all open reports about those. */
  'reports.about': query(
    z.object({ reports: z.array(Target).min(1).max(5000) }),
    z.object({ accounts: z.int(), members: z.int(), open: z.int(), ofMembers: z.int() }),
    ['reports', 'accounts'] as const,
  ),
  /**
   * Where a report stands in a list, or where the next open report after it stands that no group hides; null when there is none. `folded`:
   * the name of the group that hides it; `index` is then its head.
   */
  'reports.place': query(
    z.object({ list: z.string(), report: Target, next: z.boolean().default(false) }),
    z.object({ index: z.int().nullable(), report: Target.nullable(), folded: z.string().nullable() }),
    ['reports', 'decisions'] as const,
  ),
  /** Of the open reports, of one server or of all; snoozed ones count only as such. `campaigns`: how many there are now; `byServer`: always of each, and whether all of them were read once. */
  'reports.counts': query(
    z.object({ server: ServerKey.nullable().default(null) }),
    z.object({
      open: z.int(),
      mine: z.int(),
      unclaimed: z.int(),
      legal: z.int(),
      campaigns: z.int(),
      snoozed: z.int(),
      byServer: z.array(z.object({ server: ServerKey, open: z.int(), whole: z.boolean() })),
    }),
    ['reports', 'servers'] as const,
  ),
  /** What the open or closed reports can be filtered by, the most frequent first, each with how many reports there are of it. */
  'reports.choices': query(
    ReportFilter.pick({ server: true, state: true }),
    z.object({
      /** The accounts with the most reports (at most 50). */
      targets: z.array(z.object({ target: Target, account: AccountName, count: z.int() })),
      rules: z.array(z.object({ rule: Target, text: z.string(), count: z.int() })),
      origins: z.array(Home.extend({ count: z.int() })),
      sources: z.array(Home.extend({ count: z.int() })),
      languages: z.array(z.object({ language: z.string(), count: z.int() })),
      assignees: z.array(z.object({ assignee: Target, name: z.string(), me: z.boolean(), count: z.int() })),
      unassigned: z.int(),
    }),
    ['reports', 'servers'] as const,
  ),
  /** Takes an open report out of the open queue until then, or until it changes on the server. Once more changes time and reason. */
  'reports.snooze': command(
    z.object({ reports: z.array(Target).min(1).max(5000), until: Time, reason: z.string().trim().max(SNOOZE_REASON) }),
    z.object({ snoozed: z.int() }),
  ),
  /** Brings snoozed reports back now. */
  'reports.wake': command(z.object({ reports: z.array(Target).min(1).max(5000) }), z.object({ woken: z.int() })),
  /** Everything about one report and its target. `not-found` when it is not held here. */
  'reports.case': query(
    Target,
    z.object({
      report: ReportRow,
      /** The whole comment. */
      comment: z.string(),
      account: Account,
      ...Reported.shape,
      /** All open reports about the target, newest first, this one among them (at most 100). */
      told: z.array(
        z.object({
          id: RemoteId,
          category: Category,
          reporter: Reporter,
          comment: z.string(),
          createdAt: Time,
          forwarded: z.boolean().nullable(),
        }),
      ),
      /** Rules that the open reports name; `here` are those of this one, and so the reasons by default. They stand first. */
      rules: z.array(z.object({ id: RemoteId, text: z.string(), here: z.boolean() })),
      /** What it can be filed under as a violation: the rules in force, in the server's order, and those it names although they
       * were deleted. */
      rulesToName: z.array(z.object({ id: RemoteId, text: z.string() })),
      /** Earlier closed reports about the target, newest first (at most 20). */
      past: z.array(
        z.object({ id: RemoteId, category: Category, resolvedAt: Time, resolvedBy: z.string().nullable() }),
      ),
      /** Our own decisions about the target, newest first (at most 20). */
      decisions: z.array(Decision),
      /** What others were seen to do to this report, newest first (at most 20). */
      since: z.array(LogEntry.pick({ seq: true, at: true, action: true, facts: true, personal: true })),
      /**
       * Of those who filed the open reports: how many of them are theirs (`here`), and of what they filed in 90 days (at most 200) how much is
       * closed and was upheld: the target is restricted now, or was acted on from here. At most 12, by no more than their server.
       */
      records: z.array(Reporter.extend({ here: z.int(), filed: z.int(), closed: z.int(), upheld: z.int() })),
      /** Of the target's server; null for a member. */
      origin: KnownOrigin.nullable(),
      /** The profile as it was while it was reported by itself, newest first. */
      profiles: z.array(KeptProfile),
      /** This report, or another open one about the target, says that something is illegal: nothing is shown until asked for. */
      legal: z.boolean(),
      /** When the server last told us of this report. */
      seenAt: Time,
      /** The page of the server's web admin. */
      webAdmin: z.string(),
    }),
    ['reports', 'accounts', 'posts', 'decisions', 'servers', 'log', 'domains'] as const satisfies Topic[],
  ),
  /** More of its posts than the case has: the first so many. `not-found` when the report is not held here. */
  'reports.posts': query(Target.extend({ most: z.int().min(1).max(20_000) }), Reported, [
    'reports',
    'posts',
    'accounts',
    'servers',
  ] as const satisfies Topic[]),
  /** Reads the report and its target from the server now. */
  'reports.refresh': command(Target, z.object({ changed: z.boolean() })),
}
