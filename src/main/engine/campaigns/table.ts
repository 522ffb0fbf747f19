import type { z } from 'zod'
import type { campaigns } from '../../../shared/contract/campaigns.ts'
import { plainText } from '../../../shared/plain-text.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { readPosts } from '../posts/table.ts'
import { textKey } from './keys.ts'

type About = z.input<(typeof campaigns)['campaigns.about']['output']>
type Said = NonNullable<About['said']>

const SHOWN = 120
/** Reports that are asked for a text, of which only the key is kept. */
const MOST_ASKED = 3
const MOST_COUNTED = 20_000
const MOST_ORIGINS = 50

/** The posts of one of the reports that have this key, from which its text can be read. */
const textOf = (db: ReadDb, key: string): string => {
  const reports = db.all<{ server: string; posts: string }>(
    'SELECT r.server, r.posts FROM mirror.report_key k CROSS JOIN mirror.report r ON r.n = k.n WHERE k.key = ? LIMIT ?',
    [key, MOST_ASKED],
  )
  for (const { server, posts } of reports) {
    const found = readPosts(db, server, JSON.parse(posts)).find(post => textKey(post.content.nodes) === key)
    if (found) return plainText(found.content)
  }
  return ''
}

/** What a campaign is called by: its link, or the beginning of its text; empty when no report with it is held any more. */
export const campaignShows = (db: ReadDb, key: string): string =>
  key.startsWith('link:') ? key.slice(5) : [...textOf(db, key).replaceAll('\n', ' ')].slice(0, SHOWN).join('')

/** What was said about a campaign, or nothing. */
export const findSaid = (db: ReadDb, key: string): Said | undefined =>
  db.get<Said>('SELECT said AS text, author, said_at AS at FROM campaign WHERE key = ?', [key])

/** Keeps what is said about a campaign; nothing takes it away. */
export const putSaid = (db: WriteDb, key: string, { text, author, at }: Said): void => {
  if (text === '') return void db.run('DELETE FROM campaign WHERE key = ?', [key])
  db.run(
    `INSERT INTO campaign (key, said, author, said_at) VALUES (@key, @text, @author, @at)
     ON CONFLICT DO UPDATE SET said = excluded.said, author = excluded.author, said_at = excluded.said_at`,
    { key, text, author, at },
  )
}

type Row = { server: string; target_id: string; target_domain: string | null; created_at: number; resolved: number }

/** Everything known about a campaign. */
export const readCampaign = (db: ReadDb, key: string): About => {
  const rows = db.all<Row>(
    `SELECT r.server, r.target_id, r.target_domain, r.created_at, r.resolved_at IS NOT NULL AS resolved
     FROM mirror.report_key k CROSS JOIN mirror.report r ON r.n = k.n WHERE k.key = ? LIMIT ?`,
    [key, MOST_COUNTED],
  )
  const accounts = new Map<string, string | null>()
  let [closed, firstAt, lastAt] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const row of rows) {
    accounts.set(`${row.server} ${row.target_id}`, row.target_domain)
    closed += row.resolved
    firstAt = Math.min(firstAt, row.created_at)
    lastAt = Math.max(lastAt, row.created_at)
  }
  const origins = new Map<string | null, number>()
  for (const domain of accounts.values()) origins.set(domain, (origins.get(domain) ?? 0) + 1)
  return {
    shows: campaignShows(db, key),
    said: findSaid(db, key) ?? null,
    open: rows.length - closed,
    closed,
    accounts: accounts.size,
    origins: [...origins]
      .map(([domain, count]) => ({ domain, accounts: count }))
      .sort((a, b) => b.accounts - a.accounts)
      .slice(0, MOST_ORIGINS),
    firstAt: rows.length === 0 ? null : firstAt,
    lastAt: rows.length === 0 ? null : lastAt,
  }
}
