import { type Searched, tokensOf } from '../src/main/engine/accounts/search-index.ts'
import type { Gate } from '../src/main/engine/db/gate.ts'
import type { ReadDb, WriteDb } from '../src/main/engine/db/handle.ts'
import { keptCopies, takeGist } from '../src/main/engine/reports/gist.ts'

/** The least that a mirror must do with a page of a list: parse it, and put the rows that a sync made of it where that put them. */

/** The lists beside the reports, each shorter than a page, and the tables that they fill. */
export const otherLists = {
  '/api/v2/admin/accounts?origin=local&status=pending': 'signup',
  '/api/v1/admin/domain_blocks': 'domain_block',
  '/api/v1/admin/domain_allows': 'domain_allow',
  '/api/v1/admin/email_domain_blocks': 'email_domain_block',
  '/api/v1/admin/ip_blocks': 'ip_block',
  '/api/v1/admin/canonical_email_blocks': 'canonical_email_block',
} as const
type OtherTable = (typeof otherLists)[keyof typeof otherLists]

type Values = (string | number | null)[]
type Row = Record<string, string | number | null> & {
  id: string
  target_id: string
  posts: string
  comment: string
  resolved_at: number | null
}

/** `words`: what the full-text index was given of an account; null where it has it from an earlier report. */
type MadeAccount = { row: Values; place: number; words: string | null }

/** What a sync made of one report. `words`: what the full-text index was given. */
type Made = {
  report: Values
  bare: Values
  account: MadeAccount
  posts: Values[]
  evidence: Values[]
  seen: Values[]
  profiles: Values[]
  words: string
}

/** The rows of a sync, by report and by other table, with the statements that insert them; `unreported`: accounts of sign-ups. */
export type Rows = {
  reports: ReadonlyMap<string, Made>
  others: ReadonlyMap<OtherTable, Values[]>
  unreported: readonly MadeAccount[]
  insertReport: string
  insertAccount: string
}

// OR FAIL, as the sync does it, is the cheapest way past the triggers.
const placed = (table: string, columns: readonly string[]) =>
  `INSERT OR FAIL INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`

const grouped = (rows: readonly Record<string, string | number | null>[], by: string): Map<string, Values[]> => {
  const groups = new Map<string, Values[]>()
  for (const row of rows) {
    const key = String(row[by])
    groups.set(key, [...(groups.get(key) ?? []), Object.values(row)])
  }
  return groups
}

/** Reads what a sync of one server put into its tables; the words are taken again, since the index does not keep them. */
export const rowsOf = (db: ReadDb): Rows => {
  const reports = db.all<Row & { n: number; server: string }>('SELECT * FROM mirror.report ORDER BY n')
  const accounts = new Map(
    db
      .all<Searched & { id: string; place: number }>('SELECT * FROM mirror.account')
      .map(account => [account.id, account]),
  )
  const indexed = new Set<string>()
  const madeOf = (account: Searched & { id: string; place: number }): MadeAccount => {
    const words = indexed.has(account.id) ? null : tokensOf(account)
    indexed.add(account.id)
    return { row: Object.values(account), place: account.place, words }
  }
  const posts = grouped(db.all('SELECT * FROM mirror.post'), 'id')
  const evidence = grouped(db.all('SELECT * FROM evidence'), 'post_id')
  const seen = grouped(db.all('SELECT * FROM evidence_report'), 'report_id')
  const profiles = grouped(db.all('SELECT * FROM evidence_profile'), 'account_id')
  const made = new Map<string, Made>()
  for (const { n: _, ...report } of reports) {
    const who = accounts.get(report.target_id)
    if (!who) throw new Error(`no account ${report.target_id}`)
    const told: string[] = JSON.parse(report.posts)
    const [copies = []] = keptCopies(db, report.server, [
      { id: report.id, created_at: Number(report.created_at), posts: told },
    ])
    const isOpen = report.resolved_at === null
    made.set(report.id, {
      report: Object.values(report),
      bare: Object.values({ ...report, keys: '[]', languages: '[]' }),
      account: madeOf(who),
      posts: isOpen ? [] : told.flatMap(id => posts.get(id) ?? []),
      evidence: isOpen ? told.flatMap(id => evidence.get(id) ?? []) : [],
      seen: isOpen ? (seen.get(report.id) ?? []) : [],
      profiles: isOpen && told.length === 0 ? (profiles.get(report.target_id) ?? []) : [],
      words: takeGist({ who, comment: report.comment, posts: copies }).words,
    })
  }
  const [first] = reports
  const [account] = accounts.values()
  return {
    reports: made,
    unreported: [...accounts.values()].filter(({ id }) => !indexed.has(id)).map(madeOf),
    others: new Map(
      Object.values(otherLists).map(table => [
        table,
        db.all<Row>(`SELECT * FROM mirror.${table}`).map(row => Object.values(row)),
      ]),
    ),
    insertReport: placed(
      'mirror.report',
      Object.keys(first ?? {}).filter(name => name !== 'n'),
    ),
    insertAccount: `${placed('mirror.account', Object.keys(account ?? {}))} ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at`,
  }
}

const insertAccount = (db: WriteDb, rows: Rows, { row, place, words }: MadeAccount, found: boolean) => {
  db.run(rows.insertAccount, row)
  if (found && words !== null)
    db.last(() => void db.run('INSERT INTO mirror.account_text (rowid, words) VALUES (?, ?)', [place, words]))
}

/**
 * Parses a page of reports and inserts its rows, in one transaction. `found`: with what they are found by, which is rows of the mirror like any
 * other, campaign keys and the full-text index; else without.
 */
export const insertPage = (gate: Gate, text: string, rows: Rows, found: boolean): void => {
  const page: { id: string; target_account: { id: string } }[] = JSON.parse(text)
  gate.write([], db => {
    const told = new Set<string>()
    const words: Values[] = []
    for (const { id, target_account: target } of page) {
      const made = rows.reports.get(id)
      if (!made) throw new Error(`no report ${id}`)
      if (!told.has(target.id)) insertAccount(db, rows, made.account, found)
      told.add(target.id)
      for (const post of made.posts) db.run('INSERT OR IGNORE INTO mirror.post VALUES (?, ?, ?, ?)', post)
      for (const copy of made.evidence) db.run('INSERT OR IGNORE INTO evidence VALUES (?, ?, ?, ?, ?, ?)', copy)
      for (const one of made.seen) db.run('INSERT OR IGNORE INTO evidence_report VALUES (?, ?, ?, ?)', one)
      for (const one of made.profiles) db.run('INSERT OR IGNORE INTO evidence_profile VALUES (?, ?, ?, ?, ?, ?)', one)
      const n = db.insert(rows.insertReport, found ? made.report : made.bare)
      if (found) words.push([n, made.words])
    }
    // As cheaply as the index takes them: together.
    for (const row of words) db.run('INSERT INTO mirror.report_text (rowid, words) VALUES (?, ?)', row)
  })
}

/** The same of a page of another list. */
export const insertOther = (gate: Gate, text: string, table: OtherTable, rows: Rows, found: boolean): void => {
  const page: unknown[] = JSON.parse(text)
  const values = rows.others.get(table) ?? []
  if (page.length !== values.length) throw new Error(`${page.length} of ${table}, not ${values.length}`)
  gate.write([], db => {
    if (table === 'signup') for (const account of rows.unreported) insertAccount(db, rows, account, found)
    for (const row of values) db.run(`INSERT INTO mirror.${table} VALUES (${row.map(() => '?').join(', ')})`, row)
  })
}
