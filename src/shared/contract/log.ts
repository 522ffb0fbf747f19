import { z } from 'zod'
import { RemoteId, ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** `did`: by Howdah; `saw`: done by someone else, noticed between two looks. */
export const LogSource = z.enum(['did', 'saw'])

/** One entry of the log. Personal values stand apart, so that they can be erased; `erased` then names them. */
export const LogEntry = z.object({
  seq: z.int(),
  at: Time,
  source: LogSource,
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

/** How a log is exported: for reading, or to be verified. */
export const LogFormat = z.enum(['csv', 'jsonl'])
export type LogFormat = z.infer<typeof LogFormat>

/** Whether a log holds, and how far it was followed; `head` is the newest entry’s hash. */
export const LogVerdict = z.object({
  ok: z.boolean(),
  entries: z.int(),
  /** The first entry that does not hold, and the message code `verdict.*` of what is wrong with it. */
  firstBad: z.object({ seq: z.int(), why: z.string() }).nullable(),
  head: z.string(),
})
export type LogVerdict = z.infer<typeof LogVerdict>

const Typed = z.string().max(200).optional()

/** Which entries: all that fit each of what is given; what is empty is not asked. */
export const LogFilter = z.object({
  server: ServerKey.optional(),
  /** User name of one of us, or of a colleague who was seen; `ada@town.example` names the server too. */
  moderator: Typed,
  /** A kind of decision (`account.limit`), or what happened (`decision.done`). */
  kind: Typed,
  /** A handle, or an account's id. */
  target: Typed,
  /** What happened to it, to accounts on it, and to domains below it. */
  domain: Typed,
  /** A rule's id. */
  rule: Typed,
  /** A report's id. */
  report: Typed,
  source: LogSource.optional(),
  /** From this moment on, and before this one. */
  from: Time.optional(),
  to: Time.optional(),
  /** Words in facts and in personal values that still stand; the last letters may be left out. In quotation marks: side by side. */
  text: Typed,
})
export type LogFilter = z.infer<typeof LogFilter>

/** Whom to erase: an account of a server, or whoever has a handle (`@bob@weide.example`; without a domain, a member of `server`). */
export const LogPerson = z.object({
  server: ServerKey.optional(),
  account: RemoteId.optional(),
  handle: z.string().min(1).max(400).optional(),
})
export type LogPerson = z.infer<typeof LogPerson>

/** Why a person is erased, for the log: they asked, it is no longer needed, or something else. */
export const EraseReason = z.enum(['request', 'retention', 'other'])
export type EraseReason = z.infer<typeof EraseReason>

/** What is erased, with the number of entries that was shown before. */
export const LogErasure = LogPerson.extend({ reason: EraseReason, entries: z.int().min(0) })
export type LogErasure = z.infer<typeof LogErasure>

/** What erasing a person touches. Nothing is erased while decisions are `undecided`; posts are kept while reports are open. */
export const LogTouched = z.object({
  /** Every handle under which the person stands here. */
  handles: z.array(z.string()),
  entries: z.int(),
  values: z.int(),
  decisions: z.int(),
  notes: z.int(),
  /** Copies of posts and profiles. */
  posts: z.int(),
  undecided: z.int(),
  openReports: z.int(),
})
export type LogTouched = z.infer<typeof LogTouched>

/** What in the facts of an entry looks as if it named a person: `name` is one that stands among the personal values. */
export const LogHit = z.object({
  seq: z.int(),
  action: z.string(),
  fact: z.string(),
  looksLike: z.enum(['handle', 'email', 'address', 'phone', 'name']),
  text: z.string(),
})
export type LogHit = z.infer<typeof LogHit>

/** The most hits that are told. */
export const HITS_TOLD = 200

/** The most entries that are counted: whoever found more narrows the search. */
export const LOG_COUNTED = 10_000

/** What may be asked and said about the log. */
export const log = {
  /**
   * Entries newest first, from below the number `before`. `total` counts those that fit, at most `LOG_COUNTED` (`more`: there are
   * more). Entries before `searchedFrom` are not found yet, since the search is still being made.
   */
  'log.page': query(
    LogFilter.extend({
      before: z.int().optional(),
      limit: z.int().min(1).max(200).default(100),
    }),
    z.object({
      entries: z.array(LogEntry),
      total: z.int(),
      more: z.boolean(),
      searchedFrom: z.int().nullable(),
    }),
    ['log'] as const,
  ),
  /** What an export without personal values would still tell of people: the first of them, and how many there are. */
  'log.hits': command(z.object({}), z.object({ total: z.int(), hits: z.array(LogHit) })),
  /**
   * Writes the log to a file: complete under its final name, or absent. `personal` adds the personal values that still stand.
   * Without them it fails with `conflict` (`export.hits`) where there are more than the `hits` that were shown.
   */
  'log.export': command(
    z.object({
      format: LogFormat,
      file: z.string().min(1).max(4096).optional(),
      personal: z.boolean().default(false),
      hits: z.int().min(0).default(0),
    }),
    z.object({
      file: z.string(),
      name: z.string(),
      entries: z.int(),
      bytes: z.int(),
      head: z.string(),
    }),
  ),
  /** What erasing a person would touch. `invalid-input` (`erase.whose`) for a handle that could be anyone's. */
  'log.touched': query(LogPerson, LogTouched, ['log', 'decisions', 'notes', 'reports'] as const satisfies Topic[]),
  /** Erases a person from this computer; `conflict` where something is undecided, or other than was shown. What was exported stays. */
  'log.erase': command(LogErasure, LogTouched),
  'log.verify': command(z.object({}), LogVerdict),
}
