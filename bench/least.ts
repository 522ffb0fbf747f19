import type { Gate } from '../src/main/engine/db/gate.ts'
import type { ReadDb } from '../src/main/engine/db/handle.ts'
import { keptCopies, takeGist } from '../src/main/engine/reports/gist.ts'

/** The least that a mirror must do with a page of reports: parse it, and put the rows that a sync made of it where that put them. */

type Values = (string | number | null)[]
type Row = Record<string, string | number | null> & {
  id: string
  target_id: string
  posts: string
  comment: string
  resolved_at: number | null
}

/** What a sync made of one report. `words`: what the full-text index was given. */
type Made = {
  report: Values
  bare: Values
  account: Values
  posts: Values[]
  evidence: Values[]
  seen: Values[]
  profiles: Values[]
  words: string
}

/** The rows of a sync, by report, with the statements that insert them. */
export type Rows = {
  reports: ReadonlyMap<string, Made>
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
      .all<{ id: string; username: string; domain: string | null; display_name: string }>(
        'SELECT * FROM mirror.account',
      )
      .map(account => [account.id, account]),
  )
  const posts = grouped(db.all('SELECT * FROM mirror.post'), 'id')
  const evidence = grouped(db.all('SELECT * FROM evidence'), 'post_id')
  const seen = grouped(db.all('SELECT * FROM evidence_report'), 'report_id')
  const profiles = grouped(db.all('SELECT * FROM evidence_profile'), 'account_id')
  const made = new Map<string, Made>()
  for (const { n: _, ...report } of reports) {
    const who = accounts.get(report.target_id)
    if (!who) throw new Error(`no account ${report.target_id}`)
    const told: string[] = JSON.parse(report.posts)
    const [copies = []] = keptCopies(db, report.server, [{ id: report.id, posts: told }])
    const isOpen = report.resolved_at === null
    made.set(report.id, {
      report: Object.values(report),
      bare: Object.values({ ...report, keys: '[]', languages: '[]' }),
      account: Object.values(who),
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
    insertReport: placed(
      'mirror.report',
      Object.keys(first ?? {}).filter(name => name !== 'n'),
    ),
    insertAccount: `${placed('mirror.account', Object.keys(account ?? {}))} ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at`,
  }
}

/**
 * Parses a page and inserts its rows, in one transaction. `found`: with what they are found by, which is rows of the mirror like any
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
      if (!told.has(target.id)) db.run(rows.insertAccount, made.account)
      told.add(target.id)
      for (const post of made.posts) db.run('INSERT OR IGNORE INTO mirror.post VALUES (?, ?, ?, ?)', post)
      for (const copy of made.evidence) db.run('INSERT OR IGNORE INTO evidence VALUES (?, ?, ?, ?, ?, ?)', copy)
      for (const one of made.seen) db.run('INSERT OR IGNORE INTO evidence_report VALUES (?, ?, ?)', one)
      for (const one of made.profiles) db.run('INSERT OR IGNORE INTO evidence_profile VALUES (?, ?, ?, ?, ?, ?)', one)
      const n = db.insert(rows.insertReport, found ? made.report : made.bare)
      if (found) words.push([n, made.words])
    }
    // As cheaply as the index takes them: together.
    for (const row of words) db.run('INSERT INTO mirror.report_text (rowid, words) VALUES (?, ?)', row)
  })
}
