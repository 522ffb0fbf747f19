/** The world: all records with the indexes that keep a page cheap at 200,000 reports and 1,000,000 accounts. */
import { Handles } from './handles.ts'
import { compareIds, Serials, Snowflakes } from './ids.ts'
import type {
  AccountRecord,
  CanonicalEmailBlockRecord,
  DomainAllowRecord,
  DomainBlockRecord,
  EmailDomainBlockRecord,
  IpBlockRecord,
  ReportRecord,
  RoleRecord,
  RuleRecord,
  StatusRecord,
  StrikeRecord,
} from './model.ts'
import type {
  AppRecord,
  BackgroundEvent,
  Caller,
  DeletionRecord,
  EmojiRecord,
  FileRecord,
  GrantRecord,
  InstanceRecord,
  NotificationRecord,
  PublisherRecord,
  SeveranceRecord,
  TagRecord,
  TokenRecord,
  TrendLinkRecord,
  TrendsRecord,
} from './model-more.ts'
import { Table } from './table.ts'

/** Id of the account that speaks for the server itself; it is in no list. */
export const instanceActorId = '-99'

/** Id of the base role, which everybody has. */
export const baseRoleId = '-99'

/** All that the sample server knows. Add rows through the `add…` methods; change fields of rows in place (see model.ts). */
export class World {
  readonly instance: InstanceRecord
  readonly snowflakes = new Snowflakes()
  /** Serial ids by kind, for rows that have no table of their own here. */
  readonly userIds = new Serials()
  readonly pollIds = new Serials()

  readonly accounts = new Table<AccountRecord>()
  /** Accounts by domain, '' for local ones; ascending by id. */
  readonly accountsByDomain = new Map<string, Table<AccountRecord>>()
  /** `name` or `name@domain`, lower case, to account. */
  readonly accountsByHandle = new Handles(this.accountsByDomain)
  instanceActor: AccountRecord | null = null

  readonly statuses = new Table<StatusRecord>()
  readonly statusesByAccount = new Map<string, StatusRecord[]>()
  readonly repliesTo = new Map<string, string[]>()

  readonly reports = new Table<ReportRecord>()
  readonly reportsByTarget = new Map<string, ReportRecord[]>()
  readonly reportsByReporter = new Map<string, ReportRecord[]>()

  readonly roles = new Map<string, RoleRecord>()
  readonly rules = new Table<RuleRecord>()
  readonly strikes = new Table<StrikeRecord>()
  readonly domainBlocks = new Table<DomainBlockRecord>(row => row.domain)
  readonly domainAllows = new Table<DomainAllowRecord>(row => row.domain)
  readonly emailDomainBlocks = new Table<EmailDomainBlockRecord>(row => row.domain)
  readonly ipBlocks = new Table<IpBlockRecord>()
  readonly canonicalEmailBlocks = new Table<CanonicalEmailBlockRecord>(row => row.hash)
  readonly tags = new Table<TagRecord>(row => row.name)
  readonly trendLinks = new Table<TrendLinkRecord>()
  readonly publishers = new Table<PublisherRecord>()
  readonly trends: TrendsRecord = { links: [], statuses: [], tags: [] }
  /** `shortcode` or `shortcode@domain` to emoji. */
  readonly emojis = new Map<string, EmojiRecord>()
  readonly notifications = new Table<NotificationRecord>()
  readonly severances = new Table<SeveranceRecord>()
  readonly deletions = new Map<string, DeletionRecord>()
  /** Text of warning presets by id (contract E.1 `warning_preset_id`). */
  readonly warningPresets = new Map<string, string>()

  /** Who follows whom, both ways: follower id to the ids followed, and back. */
  readonly following = new Map<string, Set<string>>()
  readonly followers = new Map<string, Set<string>>()

  readonly apps = new Table<AppRecord>()
  readonly tokens = new Map<string, TokenRecord>()
  readonly tokenIds = new Serials()
  /** Authorisation codes by their text. */
  readonly grants = new Map<string, GrantRecord>()
  readonly callers = new Map<string, Caller>()

  /** Files made by code: path on this server (`/system/…`) to file. */
  readonly files = new Map<string, FileRecord>()
  /** What happens in the background, by time. */
  background: readonly BackgroundEvent[] = []

  constructor(instance: InstanceRecord) {
    this.instance = instance
  }

  addAccount(account: AccountRecord): AccountRecord {
    this.snowflakes.seen(account.id)
    if (account.user !== null) this.userIds.seen(account.user.id)
    this.accounts.add(account)
    ensure(this.accountsByDomain, account.domain ?? '', accountTable).add(account)
    return account
  }

  removeAccount(account: AccountRecord): void {
    this.accounts.remove(account.id)
    this.accountsByDomain.get(account.domain ?? '')?.remove(account.id)
  }

  /** The account with this id, the instance actor included. */
  account(id: string): AccountRecord | undefined {
    return this.accounts.get(id) ?? (id === instanceActorId ? (this.instanceActor ?? undefined) : undefined)
  }

  /** Adds a status; the account's counters are not touched. */
  addStatus(status: StatusRecord): StatusRecord {
    this.snowflakes.seen(status.id)
    this.statuses.add(status)
    insertById(listOf(this.statusesByAccount, status.accountId), status)
    if (status.inReplyToId !== null) listOf(this.repliesTo, status.inReplyToId).push(status.id)
    return status
  }

  /** Takes a status away for good (a soft-deleted one keeps its row, see `StatusRecord.deletedAt`). */
  removeStatus(status: StatusRecord): void {
    this.statuses.remove(status.id)
    const own = this.statusesByAccount.get(status.accountId)
    if (own !== undefined) own.splice(own.indexOf(status), 1)
  }

  addReport(report: ReportRecord): ReportRecord {
    this.reports.add(report)
    insertById(listOf(this.reportsByTarget, report.targetAccountId), report)
    insertById(listOf(this.reportsByReporter, report.accountId), report)
    return report
  }

  removeReport(report: ReportRecord): void {
    this.reports.remove(report.id)
    for (const list of [this.reportsByTarget.get(report.targetAccountId), this.reportsByReporter.get(report.accountId)])
      if (list?.includes(report)) list.splice(list.indexOf(report), 1)
  }

  addRole(role: RoleRecord): RoleRecord {
    this.roles.set(role.id, role)
    return role
  }

  addEmoji(emoji: EmojiRecord): EmojiRecord {
    this.emojis.set(emoji.domain === null ? emoji.shortcode : `${emoji.shortcode}@${emoji.domain}`, emoji)
    return emoji
  }

  /** `from` follows `to`; true when that is new. Counters of the accounts are not touched. */
  addFollow(from: string, to: string): boolean {
    const set = setOf(this.following, from)
    if (set.has(to)) return false
    set.add(to)
    setOf(this.followers, to).add(from)
    return true
  }

  /** Cuts a follow; true when there was one. Counters of the accounts are not touched. */
  removeFollow(from: string, to: string): boolean {
    this.followers.get(to)?.delete(from)
    return this.following.get(from)?.delete(to) ?? false
  }

  /** Adds somebody who may call by name: the name is the bearer token. */
  addCaller(caller: Caller): Caller {
    this.callers.set(caller.name, caller)
    return caller
  }
}

const accountTable = (): Table<AccountRecord> => new Table(row => row.username.toLowerCase())

function listOf<T>(map: Map<string, T[]>, key: string): T[] {
  return ensure(map, key, () => [])
}

function setOf(map: Map<string, Set<string>>, key: string): Set<string> {
  return ensure(map, key, () => new Set())
}

function ensure<V>(map: Map<string, V>, key: string, make: () => V): V {
  const there = map.get(key)
  if (there !== undefined) return there
  const made = make()
  map.set(key, made)
  return made
}

/** Keeps a list ascending by id; rows nearly always come in order, so this is a push. */
function insertById<T extends { readonly id: string }>(list: T[], row: T): void {
  let at = list.length
  while (at > 0 && compareIds((list[at - 1] as T).id, row.id) > 0) at -= 1
  if (at === list.length) list.push(row)
  else list.splice(at, 0, row)
}
