import { AccountFilter } from '../../../shared/contract/accounts.ts'
import type { Found, FoundAccount, FoundDomain, FoundPost, FoundReport } from '../../../shared/contract/finder.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import { findAccounts, readRows } from '../accounts/search.ts'
import { accountFlags, accountName, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { findDomainAllowOf } from '../domains/table.ts'
import { KeptPost } from '../posts/kept-post.ts'
import { originOf } from '../reports/origin.ts'
import type { Handle, Meant } from './understand.ts'

/** Of one kind and server. */
const MOST = 8

type Home = Pick<Server, 'key' | 'domain' | 'origin'>

/** Whether a host is this server: its domain, or where its pages lie; with its port, since several may live on one computer. */
const isHome = ({ domain, origin }: Pick<Server, 'domain' | 'origin'>, host: string): boolean =>
  host === domain || host === new URL(origin).host

const accountPage = (home: Home, id: string) => `${home.origin}/admin/accounts/${encodeURIComponent(id)}`

const openAboutSql = `
  SELECT count(*) AS open FROM mirror.report INDEXED BY report_target WHERE server = ? AND target_id = ? AND resolved_at IS NULL`

const foundAccount = (db: ReadDb, home: Home, row: NameRow): FoundAccount => ({
  server: home.key,
  account: accountName(row),
  flags: accountFlags(row),
  open: db.get<{ open: number }>(openAboutSql, [home.key, row.a_id])?.open ?? 0,
})

/** The account of this id, or nothing. */
const accountOfId = (db: ReadDb, home: Home, id: string): FoundAccount[] =>
  db
    .all<NameRow>(`SELECT ${nameColumns} FROM mirror.account a WHERE a.server = ? AND a.id = ?`, [home.key, id])
    .map(row => foundAccount(db, home, row))

/** A handle on this server: nobody's domain is its own. */
const domainThere = (home: Home, domain: string): string | null => (isHome(home, domain) ? null : domain)

const accountsOfHandle = (db: ReadDb, home: Home, { username, domain }: Handle): FoundAccount[] =>
  db
    .all<NameRow>(
      `SELECT ${nameColumns} FROM mirror.account a INDEXED BY account_handle
       WHERE a.server = @server AND a.username = @username COLLATE NOCASE ${domain === null ? '' : 'AND a.domain IS @domain'}
       ORDER BY a.domain IS NOT NULL LIMIT ${MOST}`,
      domain === null
        ? { server: home.key, username }
        : { server: home.key, username, domain: domainThere(home, domain) },
    )
    .map(row => foundAccount(db, home, row))

/** Accounts whose username begins so, in alphabetical order. */
const accountsThatBegin = (db: ReadDb, home: Home, name: string): FoundAccount[] =>
  db
    .all<NameRow>(
      `SELECT ${nameColumns} FROM mirror.account a INDEXED BY account_handle
       WHERE a.server = @server AND a.username >= @name COLLATE NOCASE AND a.username < @end COLLATE NOCASE
       ORDER BY a.username COLLATE NOCASE LIMIT ${MOST}`,
      { server: home.key, name, end: `${name}\u{10ffff}` },
    )
    .map(row => foundAccount(db, home, row))

/** Accounts by words of their handle or the name people see, in any script. */
const accountsNamed = (db: ReadDb, home: Home, name: string): FoundAccount[] => {
  const asked = AccountFilter.safeParse({ server: home.key, text: name })
  if (!asked.success) return []
  const { accounts } = findAccounts(db, { ...asked.data, sort: 'fitting' })
  return readRows(db, accounts.slice(0, MOST)).map(({ server, account, flags, open }) => ({
    server,
    account,
    flags,
    open,
  }))
}

const urlOf = (column: string) => `iif(json_valid(${column}), json_extract(${column}, '$.url'), NULL)`
type PostRow = { id: string; post: string }

const foundPost = (db: ReadDb, home: Home, { id, post }: PostRow): FoundPost[] => {
  const kept = KeptPost.safeParse(JSON.parse(post))
  if (!kept.success) return []
  const report = db.get<NameRow & { report: string }>(
    `SELECT r.id AS report, ${nameColumns} FROM evidence_report e
     JOIN mirror.report r ON r.server = e.server AND r.id = e.report_id AND ifnull(abs(e.filed_at - r.created_at), 0) < 1000
     JOIN mirror.account a ON a.server = r.server AND a.id = r.target_id
     WHERE e.server = ? AND e.post_id = ? ORDER BY r.resolved_at IS NOT NULL, r.ord DESC LIMIT 1`,
    [home.key, id],
  )
  return [
    {
      server: home.key,
      id,
      author: report ? accountName(report) : null,
      createdAt: kept.data.createdAt,
      report: report?.report ?? null,
      webAdmin: report ? `${accountPage(home, report.a_id)}/statuses/${encodeURIComponent(id)}` : null,
    },
  ]
}

/** A kept post by its address, or by its id where the address is of this server. */
const postsOf = (db: ReadDb, home: Home, meant: Extract<Meant, { as: 'post' }>): FoundPost[] => {
  const rows = db.all<PostRow>(
    `SELECT id, post FROM (
       SELECT post_id AS id, post FROM evidence WHERE server = @server AND ${urlOf('post')} IN (SELECT value FROM json_each(@addresses))
       UNION ALL SELECT id, post FROM mirror.post WHERE server = @server AND ${urlOf('post')} IN (SELECT value FROM json_each(@addresses))
       UNION ALL SELECT post_id, post FROM evidence WHERE server = @server AND post_id = @id
       UNION ALL SELECT id, post FROM mirror.post WHERE server = @server AND id = @id)
     GROUP BY id LIMIT ${MOST}`,
    { server: home.key, addresses: JSON.stringify(meant.addresses), id: isHome(home, meant.host) ? meant.id : '' },
  )
  return rows.flatMap(row => foundPost(db, home, row))
}

const reportsOf = (db: ReadDb, home: Home, id: string): FoundReport[] =>
  db
    .all<NameRow & { resolved_at: number | null }>(
      `SELECT r.resolved_at, ${nameColumns} FROM mirror.report r JOIN mirror.account a ON a.server = r.server AND a.id = r.target_id
       WHERE r.server = ? AND r.id = ?`,
      [home.key, id],
    )
    .map(row => ({ report: { server: home.key, id }, target: accountName(row), isOpen: row.resolved_at === null }))

const domainOf = (db: ReadDb, home: Home, domain: string): FoundDomain => {
  const { accounts, open, closed, block } = originOf(db, home.key, domain)
  return {
    server: home.key,
    domain,
    accounts,
    open,
    closed,
    block: block && { domain: block.domain, severity: block.severity },
    allowed: findDomainAllowOf(db, home.key, domain) !== undefined,
  }
}

const nothing: Found = { accounts: [], posts: [], reports: [], domains: [] }

/** The handle that a profile's address means: its host is the domain, unless it is where one of our servers has its pages. */
const handleMeant = ({ handle, host }: Extract<Meant, { as: 'handle' }>, homes: readonly Home[]): Handle =>
  host === null || handle.domain !== null
    ? handle
    : { ...handle, domain: homes.find(home => isHome(home, host))?.domain ?? host.replace(/:\d+$/, '') }

const findOn = (db: ReadDb, home: Home, meant: Meant, homes: readonly Home[]): Found => {
  if (meant.as === 'report')
    return isHome(home, meant.host) ? { ...nothing, reports: reportsOf(db, home, meant.id) } : nothing
  if (meant.as === 'domain')
    return isHome(home, meant.domain) ? nothing : { ...nothing, domains: [domainOf(db, home, meant.domain)] }
  if (meant.as === 'name') return { ...nothing, accounts: accountsNamed(db, home, meant.name) }
  if (meant.as === 'post') {
    const author =
      meant.author && handleMeant({ as: 'handle', handle: meant.author, host: meant.host, account: null }, homes)
    return { ...nothing, posts: postsOf(db, home, meant), accounts: author ? accountsOfHandle(db, home, author) : [] }
  }
  if (meant.account !== null)
    return meant.host !== null && isHome(home, meant.host)
      ? { ...nothing, accounts: accountOfId(db, home, meant.account) }
      : nothing
  const exact = accountsOfHandle(db, home, handleMeant(meant, homes))
  const rest =
    meant.handle.domain === null && meant.host === null ? accountsThatBegin(db, home, meant.handle.username) : []
  const known = new Set(exact.map(({ account }) => account.id))
  return { ...nothing, accounts: [...exact, ...rest.filter(({ account }) => !known.has(account.id))].slice(0, MOST) }
}

/** What the mirror knows of it on some of our servers. */
export const findThere = (db: ReadDb, on: readonly Home[], meant: Meant, homes: readonly Home[]): Found => {
  const each = on.map(home => findOn(db, home, meant, homes))
  return {
    accounts: each.flatMap(found => found.accounts),
    posts: each.flatMap(found => found.posts),
    reports: each.flatMap(found => found.reports),
    domains: each.flatMap(found => found.domains),
  }
}

/** What a server would be asked for: the account or report of an id, or accounts by their handle as it names them; nothing where it knows no more. */
export const askFor = (
  meant: Meant,
  home: Home,
  homes: readonly Home[],
): { id: string } | { report: string } | { username: string; domain: string | null | undefined } | undefined => {
  if (meant.as === 'report') return isHome(home, meant.host) ? { report: meant.id } : undefined
  if (meant.as !== 'handle' && meant.as !== 'post') return undefined
  if (meant.as === 'handle' && meant.account !== null)
    return meant.host !== null && isHome(home, meant.host) ? { id: meant.account } : undefined
  const given = meant.as === 'handle' ? meant.handle : meant.author
  if (!given) return undefined
  const { username, domain } = handleMeant({ as: 'handle', handle: given, host: meant.host, account: null }, homes)
  return { username, domain: domain === null ? undefined : domainThere(home, domain) }
}
