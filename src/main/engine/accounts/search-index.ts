import type { Clock } from '../../../shared/clock.ts'
import type { AccountState } from '../../../shared/contract/accounts.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { bitByBit } from '../bit-by-bit.ts'
import type { Gate } from '../db/gate.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { indexedWords } from '../reports/words.ts'
import { permits } from '../servers/capabilities.ts'

/**
 * What accounts are searched by: one row of tokens an account, in the full-text index `account_text`. A token that begins with
 * `MARK` stands for a property, every other is a word of a name.
 */

/** Of no script, so that no name has it; the index takes it for a letter. */
const MARK = '\uE000'
const [DOT, DASH] = ['\uE001', '\uE002']

/** An account as it is searched. */
export type Searched = {
  server: ServerKey
  username: string
  domain: string | null
  display_name: string
  suspended: number
  limited: number
  sensitive: number
  frozen: number | null
  permissions: string
}

/** What of a row decides how it is found. */
export const searchedColumns =
  'server, username, domain, display_name, suspended, limited, sensitive, frozen, permissions'

/** One property as a token: a server of ours, where the account is at home, what is in force, whether it is staff. */
export const propertyToken = (
  property:
    | { server: ServerKey }
    | { origin: 'local' | 'remote' }
    | { domain: string }
    | { state: AccountState }
    | { staff: true },
): string => {
  if ('server' in property) return `${MARK}${property.server}`
  if ('origin' in property) return `${MARK}${property.origin}`
  if ('state' in property) return `${MARK}is${property.state}`
  if ('staff' in property) return `${MARK}staff`
  // What ends a token or a quotation has no place in a domain, and none here.
  const domain = property.domain.toLowerCase().replace(/["\s\p{Cc}]/gu, '')
  return `${MARK}at${domain.replaceAll('.', DOT).replaceAll('-', DASH)}`
}

/** The domain and those above it, so that whoever looks for a domain finds who is below it. */
const domainTokens = (domain: string): string[] => {
  const labels = domain.split('.')
  return labels
    .map((_, at) => labels.slice(at))
    .filter(rest => rest.length > 1 || labels.length === 1)
    .slice(-6)
    .map(rest => propertyToken({ domain: rest.join('.') }))
}

const statesOf = ({ suspended, limited, sensitive, frozen }: Searched): AccountState[] => {
  const inForce = [
    suspended === 1 ? ('suspended' as const) : null,
    limited === 1 ? ('limited' as const) : null,
    sensitive === 1 ? ('sensitive' as const) : null,
    frozen === 1 ? ('frozen' as const) : null,
  ].flatMap(state => state ?? [])
  return inForce.length === 0 ? ['clear'] : inForce
}

/** Words of an account's handle as one run, so that a quotation of it is found; then of the name people see. */
export const nameWords = (row: Pick<Searched, 'username' | 'domain' | 'display_name'>): string =>
  indexedWords(`${row.username} ${row.domain ?? ''}\n${row.display_name}`)

/** What the index is given of an account. */
export const tokensOf = (row: Searched): string =>
  [
    propertyToken({ server: row.server }),
    propertyToken({ origin: row.domain === null ? 'local' : 'remote' }),
    ...(row.domain === null ? [] : domainTokens(row.domain)),
    ...statesOf(row).map(state => propertyToken({ state })),
    ...(row.domain === null && permits(row.permissions, 'manageReports') ? [propertyToken({ staff: true })] : []),
    nameWords(row),
  ].join(' ')

/** The place of the next account that becomes known. */
export const nextPlace = (db: ReadDb): number =>
  (db.get<{ place: number }>(
    'SELECT place FROM mirror.account INDEXED BY account_place WHERE place IS NOT NULL ORDER BY place DESC LIMIT 1',
  )?.place ?? 0) + 1

/** Lets an account be found as it is now, at its place. In the transaction that writes it. */
export const putInSearch = (db: WriteDb, place: number, row: Searched): void =>
  db.last(
    () =>
      void db.run('INSERT OR REPLACE INTO mirror.account_text (rowid, words) VALUES (?, ?)', [place, tokensOf(row)]),
  )

/** Whether an account is found as before. */
export const isFoundAlike = (before: Searched, now: Searched): boolean =>
  before.username === now.username &&
  before.domain === now.domain &&
  before.display_name === now.display_name &&
  before.suspended === now.suspended &&
  before.limited === now.limited &&
  before.sensitive === now.sensitive &&
  before.frozen === now.frozen &&
  before.permissions === now.permissions

/** Indexes at most so many accounts that were known before there was an index. True while there are more. */
export const indexKnown = (db: WriteDb, most: number): boolean => {
  const rows = db.all<Searched & { id: string }>(
    `SELECT id, ${searchedColumns} FROM mirror.account INDEXED BY account_unplaced WHERE place IS NULL LIMIT ?`,
    [most],
  )
  let place = nextPlace(db)
  for (const row of rows) {
    db.run('UPDATE mirror.account SET place = ? WHERE server = ? AND id = ?', [place, row.server, row.id])
    putInSearch(db, place++, row)
  }
  return rows.length === most
}

/** Some 20 ms of work, so that whoever sits at the desk does not notice. */
const AT_ONCE = 400
const PAUSE_MS = 20

/** Indexes what is not yet, bit by bit, until every account can be found or the engine closes. */
export const indexInTheBackground = (
  gate: Gate,
  clock: Clock,
  stop: AbortSignal,
  fault: (error: unknown) => void,
): void => {
  const begin = bitByBit({ clock, stop, fault, pauseMs: PAUSE_MS }, () =>
    gate.write([], (db, touch) => {
      const more = indexKnown(db, AT_ONCE)
      if (!more) touch('accounts')
      return more
    }),
  )
  const some = gate.read(db =>
    db.get('SELECT 1 FROM mirror.account INDEXED BY account_unplaced WHERE place IS NULL LIMIT 1'),
  )
  if (some) begin()
}
