import type { Account, AccountFlags, AccountName, PersonalData } from '../../../shared/contract/accounts.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { isClose } from '../interests/table.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { readContent } from '../posts/content.ts'
import { webAddress } from '../posts/kept-post.ts'
import { permits } from '../servers/capabilities.ts'
import { maskAddress, maskEmail } from './mask.ts'
import { isFoundAlike, nextPlace, putInSearch, type Searched, searchedColumns } from './search-index.ts'

/** Personal data of an account in a queue is forgotten after this long without being seen there again. */
const PERSONAL_KEPT_MS = 14 * 86_400_000

type Row = {
  id: string
  username: string
  domain: string | null
  display_name: string
  suspended: number
  limited: number
  sensitive: number
  frozen: number | null
  bot: number
  joined_at: number | null
  followers: number
  following: number
  posts: number
  last_post_on: string | null
  role_name: string
  permissions: string
  note: string
  fields: string
  url: string | null
  locale: string | null
  email: string | null
  address: string | null
  invite_text: string | null
  seen_at: number
}

/** Columns that name an account and its flags, for joins; `accountName` and `accountFlags` read them. */
export const nameColumns =
  'a.id AS a_id, a.username, a.domain, a.display_name, a.suspended, a.limited, a.sensitive, a.frozen'
/** What `nameColumns` select: `a_id` is the id. */
export type NameRow = Pick<
  Row,
  'username' | 'domain' | 'display_name' | 'suspended' | 'limited' | 'sensitive' | 'frozen'
> & { a_id: string }

/** Reads the name of an account from a row with `nameColumns`. */
export const accountName = (row: NameRow): AccountName => ({
  id: row.a_id,
  username: row.username,
  domain: row.domain,
  displayName: row.display_name,
})

/** Reads what is in force on an account. */
export const accountFlags = (row: Pick<Row, 'suspended' | 'limited' | 'sensitive' | 'frozen'>): AccountFlags => ({
  suspended: row.suspended === 1,
  limited: row.limited === 1,
  sensitive: row.sensitive === 1,
  frozen: row.frozen === null ? null : row.frozen === 1,
})

const bit = (value: boolean): number => (value ? 1 : 0)

/** What an account shows of itself: a suspended one comes with a blank profile, which changes nothing (contract K.17). */
const profile = ['display_name', 'note', 'fields'] as const
/** What only queues tell of members: where it is not told, what is held stays until its time has come. */
const personalData = ['email', 'address', 'invite_text'] as const
const lasting = [
  'username',
  'domain',
  'suspended',
  'limited',
  'sensitive',
  'frozen',
  'bot',
  'joined_at',
  'followers',
  'following',
  'posts',
  'last_post_on',
  'role_name',
  'permissions',
  'url',
  'locale',
] as const
const columns = ['server', 'id', ...lasting, ...profile, ...personalData, 'personal_until', 'seen_at', 'place'] as const
type Column = (typeof columns)[number]

const among = (names: readonly Column[], name: Column): boolean => names.includes(name)
const kept = (name: Column) =>
  among(profile, name)
    ? `${name} = CASE WHEN excluded.suspended = 1 AND excluded.display_name = '' AND excluded.note = '' THEN account.${name} ELSE excluded.${name} END`
    : among([...personalData, 'personal_until'], name)
      ? `${name} = coalesce(excluded.${name}, account.${name})`
      : `${name} = excluded.${name}`
// Put together once: a page has two hundred of them, and a new text each time costs more than the row.
const putSql = `
  INSERT INTO mirror.account (${columns.join(', ')}) VALUES (${columns.map(name => `@${name}`).join(', ')})
  ON CONFLICT (server, id) DO UPDATE SET ${columns.slice(2, -1).map(kept).join(', ')} WHERE excluded.seen_at >= account.seen_at
  RETURNING place, ${searchedColumns}`
type Placed = Searched & { place: number | null }

/** What is stored of an account whoever asks, and when. */
const publicOf = (entity: AdminAccountEntity) => {
  const { account } = entity
  return {
    id: entity.id,
    username: entity.username,
    domain: entity.domain,
    display_name: account.display_name,
    suspended: bit(entity.suspended),
    limited: bit(entity.silenced),
    sensitive: bit(entity.sensitized),
    frozen: entity.disabled === null ? null : bit(entity.disabled),
    bot: bit(account.bot),
    joined_at: entity.created_at,
    followers: Math.max(0, account.followers_count),
    following: account.following_count,
    posts: account.statuses_count,
    last_post_on: account.last_status_at ?? null,
    role_name: entity.role?.name ?? '',
    permissions: entity.role?.permissions ?? '0',
    note: account.note,
    fields: JSON.stringify(account.fields),
    url: webAddress(account.url),
    locale: entity.domain === null && entity.locale ? entity.locale : null,
  }
}
/** Pages tell the same few accounts over and over, and share what is told alike (`known.ts`). */
const made = new WeakMap<AdminAccountEntity, ReturnType<typeof publicOf>>()

/**
 * An account as the server told it, as it is stored. `personal`: it stands in a queue, so e-mail, address and invite text of a member are
 * kept for a while.
 */
export const toldAccount = (server: ServerKey, entity: AdminAccountEntity, now: number, personal: boolean) => {
  const known = made.get(entity)
  const told = known ?? publicOf(entity)
  if (!known) made.set(entity, told)
  const keeps = personal && entity.domain === null
  return {
    ...told,
    server,
    email: keeps ? entity.email : null,
    address: keeps ? entity.ip : null,
    invite_text: keeps ? (entity.invite_request ?? null) : null,
    personal_until: keeps ? now + PERSONAL_KEPT_MS : null,
    seen_at: now,
  } satisfies Record<Exclude<Column, 'place'>, string | number | null>
}
type ToldAccount = ReturnType<typeof toldAccount>

/** What names an account, as stored. */
export type Names = Pick<Row, 'username' | 'domain' | 'display_name'>

/** An account as it is held. */
export type HeldAccount = Row & Placed

/** An account as it is held, before it is told again; nothing where it is not. */
export const findHeld = (db: ReadDb, server: ServerKey, id: string): HeldAccount | undefined =>
  db.get<HeldAccount>('SELECT * FROM mirror.account WHERE server = ? AND id = ?', [server, id])

const isBlank = ({ suspended, display_name, note }: ToldAccount): boolean =>
  suspended === 1 && display_name === '' && note === ''

/**
 * Whether an account was told again just as it is held, as most of a page's hundred are. Compared here: what is held is read once, and
 * whatever else has to be known of it is at hand.
 */
export const isToldAgain = (held: HeldAccount, row: ToldAccount): boolean =>
  held.seen_at <= row.seen_at &&
  lasting.every(name => held[name] === row[name]) &&
  (isBlank(row) || profile.every(name => held[name] === row[name])) &&
  personalData.every(name => row[name] === null || held[name] === row[name])

/** Notes that an account was told again just as it is held: this moves no index. */
export const noteSeen = (db: WriteDb, { server, id, seen_at: now, personal_until: until }: ToldAccount): void => {
  if (until === null) db.run('UPDATE mirror.account SET seen_at = ? WHERE server = ? AND id = ?', [now, server, id])
  else
    db.run('UPDATE mirror.account SET seen_at = ?, personal_until = ? WHERE server = ? AND id = ?', [
      now,
      until,
      server,
      id,
    ])
}

/**
 * Stores an account as the server told it, in place of what is `held`. Suspended accounts come with blank profiles (contract K.17): what was
 * known of one before stays. What was read later than this one was asked for stays too. Answers what names it now.
 */
export const putAccount = (db: WriteDb, row: ToldAccount, held: HeldAccount | undefined): Names => {
  const after = db.get<Placed>(putSql, { ...row, place: held ? null : nextPlace(db) })
  // One that was known before there was an index is put into it with the others.
  if (after && after.place !== null && !(held && isFoundAlike(held, after))) putInSearch(db, after.place, after)
  return after ?? held ?? row
}

/** Forgets the personal data that is no longer needed; says how many accounts it was of. */
export const forgetPersonal = (db: WriteDb, now: number): number =>
  db.run(
    `UPDATE mirror.account SET email = NULL, address = NULL, invite_text = NULL, personal_until = NULL WHERE personal_until < ?`,
    [now],
  )

/** Forgets the personal data of one account, unless it stands in another queue: an open report is about it. */
export const forgetPersonalOf = (db: WriteDb, server: ServerKey, id: string): void =>
  void db.run(
    `UPDATE mirror.account SET email = NULL, address = NULL, invite_text = NULL, personal_until = NULL
     WHERE server = @server AND id = @id
       AND NOT EXISTS (SELECT 1 FROM mirror.report WHERE server = @server AND target_id = @id AND resolved_at IS NULL)`,
    { server, id },
  )

/** An account as a case shows it; personal data masked. */
export const readAccount = (db: ReadDb, server: ServerKey, id: string): Account | undefined => {
  const row = db.get<Row>('SELECT * FROM mirror.account WHERE server = ? AND id = ?', [server, id])
  if (!row) return undefined
  const fields: { name: string; value: string }[] = JSON.parse(row.fields)
  return {
    ...accountName({ ...row, a_id: row.id }),
    close: isClose(db, server, id),
    flags: accountFlags(row),
    bot: row.bot === 1,
    joinedAt: row.joined_at,
    followers: row.followers,
    following: row.following,
    posts: row.posts,
    lastPostOn: row.last_post_on,
    role: row.role_name,
    isStaff: row.domain === null && permits(row.permissions, 'manageReports'),
    note: readContent(row.note),
    fields: fields.map(({ name, value }) => ({ name, value: readContent(value) })),
    email: row.email === null ? null : maskEmail(row.email),
    address: row.address === null ? null : maskAddress(row.address),
    inviteLetters: row.invite_text === null ? null : [...row.invite_text].length,
    url: row.url,
    locale: row.locale,
    seenAt: row.seen_at,
  }
}

/** What was last known to be in force on an account, and when that was; nothing where it is not known here. */
export const findFlags = (
  db: ReadDb,
  server: ServerKey,
  id: string,
): { flags: AccountFlags; seenAt: number } | undefined => {
  const row = db.get<Pick<Row, 'suspended' | 'limited' | 'sensitive' | 'frozen' | 'seen_at'>>(
    'SELECT suspended, limited, sensitive, frozen, seen_at FROM mirror.account WHERE server = ? AND id = ?',
    [server, id],
  )
  return row && { flags: accountFlags(row), seenAt: row.seen_at }
}

/** The language in which a server writes to a member of its own, as it names it; null where it is not known. */
export const localeOf = (db: ReadDb, server: ServerKey, id: string): string | null =>
  db.get<Pick<Row, 'locale'>>('SELECT locale FROM mirror.account WHERE server = ? AND id = ?', [server, id])?.locale ??
  null

/** `@ada` for members of this server, `@ada@weide.example` for others. */
export const handleOf = ({ username, domain }: Pick<Row, 'username' | 'domain'>): string =>
  `@${username}${domain === null ? '' : `@${domain}`}`

/** The handle of an account for the log's personal values: `@ada`, or `@ada@weide.example`; nothing where it is not known here. */
export const findHandle = (db: ReadDb, server: ServerKey, id: string): string | undefined => {
  const row = db.get<Pick<Row, 'username' | 'domain'>>(
    'SELECT username, domain FROM mirror.account WHERE server = ? AND id = ?',
    [server, id],
  )
  return row && handleOf(row)
}

/** Personal data unmasked, while it may be kept; nothing where none is. Whoever asks for it writes so to the log. */
export const readPersonal = (db: ReadDb, server: ServerKey, id: string, now: number): PersonalData | undefined =>
  db.get<PersonalData>(
    `SELECT email, address, invite_text AS invite FROM mirror.account
     WHERE server = ? AND id = ? AND personal_until >= ? AND coalesce(email, address, invite_text) IS NOT NULL`,
    [server, id, now],
  )
