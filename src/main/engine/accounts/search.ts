import ipaddr from 'ipaddr.js'
import type { AccountFilter, AccountRow, AccountSort } from '../../../shared/contract/accounts.ts'
import type { ServerKey, Target } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { homesOf } from '../reports/search.ts'
import { indexedWords, searchExpression } from '../reports/words.ts'
import { permits } from '../servers/capabilities.ts'
import { nameWords, propertyToken } from './search-index.ts'
import { accountFlags, accountName, type NameRow, nameColumns } from './table.ts'

/** Nobody looks at more than so many: whoever finds more of them says more of what they want. */
const MOST = 1_000
/** So many e-mails and addresses are kept at most, and looked at one by one. */
const MOST_KEPT = 20_000

type Asked = AccountFilter & { sort: AccountSort }
type Found = { server: ServerKey; id: string; username: string; joined_at: number | null; open: number }

const quoted = (token: string) => `"${token}"`

/** A whole handle as its name and its domain's property: words that nearly every account has make a slow phrase. */
const wholeHandle = (asked: Asked): Asked | undefined => {
  const [, name, domain] = /^@?([^@\s"]+)@([^@\s"]+\.[^@\s"]+)$/.exec(asked.text.trim()) ?? []
  if (name === undefined || domain === undefined || asked.domain !== null) return undefined
  return { ...asked, text: `"${name}"`, domain }
}

/** What the index is asked: words and properties, all of which must be there; nothing where anything fits. */
const expressionOf = (db: ReadDb, asked: Asked): string | undefined => {
  const { text, server, origin, state, domain, staff } = asked
  const words = searchExpression(text, homesOf(db))
  const parts = [
    ...(words === null ? [] : [`(${words})`]),
    ...(server === null ? [] : [quoted(propertyToken({ server }))]),
    ...(origin === null ? [] : [quoted(propertyToken({ origin }))]),
    ...(domain === null ? [] : [quoted(propertyToken({ domain }))]),
    ...(state === null || state === 'pending' ? [] : [quoted(propertyToken({ state }))]),
    ...(staff ? [quoted(propertyToken({ staff: true }))] : []),
  ]
  return parts.length === 0 ? undefined : parts.join(' AND ')
}

/** What someone means by an address: itself, or a range; nothing where it is neither. */
const readRange = (text: string): ((address: string) => boolean) | undefined => {
  const typed = text.trim()
  try {
    const [net, bits] = typed.includes('/') ? ipaddr.parseCIDR(typed) : [ipaddr.process(typed), undefined]
    return given => {
      if (!ipaddr.isValid(given)) return false
      const one = ipaddr.process(given)
      if (one.kind() !== net.kind()) return false
      return bits === undefined ? one.toString() === net.toString() : one.match([net, bits])
    }
  } catch {
    return undefined
  }
}

type Kept = { place: number | null; email: string | null; address: string | null }

/** The places of accounts whose kept e-mail and address fit. */
const keptPlaces = (db: ReadDb, { email, mailDomain, address }: Asked): number[] => {
  const begin = email.trim().toLowerCase()
  const host = `@${mailDomain.trim().toLowerCase().replace(/^@/, '')}`
  const fitsRange = address.trim() === '' ? () => true : readRange(address)
  if (!fitsRange) return []
  const rows = db.all<Kept>(
    `SELECT place, email, address FROM mirror.account INDEXED BY account_personal WHERE personal_until IS NOT NULL LIMIT ${MOST_KEPT}`,
  )
  const fits = ({ email: mail, address: from }: Kept) =>
    (begin === '' || (mail ?? '').toLowerCase().startsWith(begin)) &&
    (host === '@' || (mail ?? '').toLowerCase().endsWith(host)) &&
    (address.trim() === '' || (from !== null && fitsRange(from)))
  return rows.flatMap(row => (row.place !== null && fits(row) ? [row.place] : []))
}

const pendingPlaces = (db: ReadDb): number[] =>
  db.column<number>(
    `SELECT a.place FROM mirror.signup s CROSS JOIN mirror.account a ON a.server = s.server AND a.id = s.id WHERE a.place IS NOT NULL`,
  )

/** The few that everything else is looked for among, where something asks for few; undefined for all. */
const fewOf = (db: ReadDb, asked: Asked): Set<number> | undefined => {
  const [first, second] = [
    ...(asked.state === 'pending' ? [pendingPlaces(db)] : []),
    ...(`${asked.email}${asked.mailDomain}${asked.address}`.trim() === '' ? [] : [keptPlaces(db, asked)]),
  ]
  if (!first || !second) return first && new Set(first)
  const both = new Set(second)
  return new Set(first.filter(place => both.has(place)))
}

/** Places, those that became known last first, and at most one more than are told. */
const placesOf = (db: ReadDb, asked: Asked): number[] => {
  const few = fewOf(db, asked)
  const expression = expressionOf(db, asked)
  if (few) {
    const those = [...few].sort((a, b) => b - a)
    if (expression === undefined) return those.slice(0, MOST + 1)
    return db.column<number>(
      `SELECT value FROM json_each(@those) CROSS JOIN mirror.account_text t ON t.rowid = value WHERE account_text MATCH @expression LIMIT ${MOST + 1}`,
      { those: JSON.stringify(those), expression },
    )
  }
  if (expression !== undefined)
    return db.column<number>(
      `SELECT rowid FROM mirror.account_text WHERE account_text MATCH ? ORDER BY rowid DESC LIMIT ${MOST + 1}`,
      [expression],
    )
  return db.column<number>(
    `SELECT place FROM mirror.account INDEXED BY account_place WHERE place IS NOT NULL ORDER BY place DESC LIMIT ${MOST + 1}`,
  )
}

const foundSql = `
  SELECT a.server, a.id, a.username, a.joined_at,
    (SELECT count(*) FROM mirror.report r INDEXED BY report_target WHERE r.server = a.server AND r.target_id = a.id AND r.resolved_at IS NULL) AS open
  FROM json_each(?) CROSS JOIN mirror.account a INDEXED BY account_place ON a.place = value AND a.place IS NOT NULL`

const byName = (a: Found, b: Found) => {
  const [one, other] = [a.username.toLowerCase(), b.username.toLowerCase()]
  return one < other ? -1 : one > other ? 1 : 0
}

const order: Record<AccountSort, (name: string) => (a: Found, b: Found) => number> = {
  fitting: name => (a, b) =>
    Number(b.username.toLowerCase() === name) - Number(a.username.toLowerCase() === name) ||
    b.open - a.open ||
    byName(a, b),
  name: () => byName,
  newest: () => (a, b) => (b.joined_at ?? 0) - (a.joined_at ?? 0),
}

const namedSql = `
  SELECT a.place, a.username, a.domain, a.display_name
  FROM json_each(?) CROSS JOIN mirror.account a INDEXED BY account_place ON a.place = value AND a.place IS NOT NULL`

/**
 * Places of a handle that is still being typed, or stands in a name. The end of a domain begins a word of nearly every account, and the
 * index would gather them all: it is asked for what comes before, and of the few that have it the end is looked at here.
 */
const placesBeside = (db: ReadDb, asked: Asked): number[] => {
  const text = asked.text.trim()
  const words = indexedWords(text)
  const before = words.slice(0, Math.max(0, words.lastIndexOf(' ')))
  const atHome = homesOf(db).some(home => text.toLowerCase().endsWith(`@${home}`))
  if (before === '' || atHome || !/^@?[\w.-]+@[\w.-]+$/.test(text)) return placesOf(db, asked)
  const places = placesOf(db, { ...asked, text: `"${before}"` })
  if (places.length > MOST) return placesOf(db, asked)
  return db
    .all<{ place: number; username: string; domain: string | null; display_name: string }>(namedSql, [
      JSON.stringify(places),
    ])
    .flatMap(row => (` ${nameWords(row)}`.includes(` ${words}`) ? [row.place] : []))
}

/** The accounts that fit, in order; `more` where there are more than are told. */
export const findAccounts = (db: ReadDb, asked: Asked): { accounts: Target[]; more: boolean } => {
  const handle = wholeHandle(asked)
  const exact = handle ? placesOf(db, handle) : []
  const places = exact.length > 0 ? exact : placesBeside(db, asked)
  const name = asked.text.trim().replace(/^@/, '').split('@')[0]?.toLowerCase() ?? ''
  const found = db.all<Found>(foundSql, [JSON.stringify(places.slice(0, MOST))])
  return {
    accounts: found.sort(order[asked.sort](name)).map(({ server, id }) => ({ server, id })),
    more: places.length > MOST,
  }
}

type Row = NameRow & {
  role_name: string
  permissions: string
  joined_at: number | null
  followers: number
  open: number
  pending: number
}

const rowSql = `
  SELECT ${nameColumns}, a.role_name, a.permissions, a.joined_at, a.followers,
    (SELECT count(*) FROM mirror.report r INDEXED BY report_target WHERE r.server = a.server AND r.target_id = a.id AND r.resolved_at IS NULL) AS open,
    EXISTS (SELECT 1 FROM mirror.signup s WHERE s.server = a.server AND s.id = a.id) AS pending
  FROM mirror.account a WHERE a.server = ? AND a.id = ?`

/** Some accounts as rows, in the order given. */
export const readRows = (db: ReadDb, targets: readonly Target[]): AccountRow[] =>
  targets.flatMap(({ server, id }) => {
    const row = db.get<Row>(rowSql, [server, id])
    if (!row) return []
    return [
      {
        server,
        account: accountName(row),
        flags: accountFlags(row),
        pending: row.pending === 1,
        isStaff: row.domain === null && permits(row.permissions, 'manageReports'),
        role: row.role_name,
        joinedAt: row.joined_at,
        followers: row.followers,
        open: row.open,
      },
    ]
  })
