import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { indexKnown } from '../src/main/engine/accounts/search-index.ts'
import type { WriteDb } from '../src/main/engine/db/handle.ts'
import { openData } from '../src/main/engine/db/open.ts'
import type { KeptPost } from '../src/main/engine/posts/kept-post.ts'
import { putWords, takeGist } from '../src/main/engine/reports/gist.ts'
import { ordOf } from '../src/main/engine/sync/ord.ts'
import { type Dice, makeDice } from './dice.ts'
import { chatter, comments, htmlOf, languages, names, notes } from './texts.ts'

/** How much a seeded folder holds. */
export type Size = { reports: number; accounts: number }
export const sizes: readonly [Size, Size] = [
  { reports: 20_000, accounts: 100_000 },
  { reports: 200_000, accounts: 1_000_000 },
]

/** Raised when what is seeded changes: folders seeded before are then left alone and made anew. */
const VERSION = 3
const SEED = 20_261_123
const OPEN_SHARE = 0.2
/** The moment that everything was told, and how far back it goes. */
export const SEEDED_AT = Date.UTC(2026, 10, 23, 12)
const YEARS_MS = 3 * 365 * 86_400_000
const OPEN_MS = 30 * 86_400_000
const domains = Array.from({ length: 45 }, (_, i) => (i === 0 ? null : `server-${i}.example`))
const servers = ['s1', 's2'] as const

type Account = { server: string; id: string; domain: string | null }
/** `campaign`: which one it is of. */
type Report = { created: number; target: number; category: number; campaign: number | null; open: boolean }

const nameOf = (index: number): string => `u${index.toString(36)}`
const accountOf = (index: number): Account => ({
  server: index % 5 === 4 ? servers[1] : servers[0],
  id: String(109_000_000_000_000_000n + BigInt(index) * 7919n),
  // Most accounts live on a few servers, one in four here.
  domain:
    domains[index % 4 === 0 ? 0 : 1 + Math.floor((((index * 2_654_435_761) % 2 ** 32) / 2 ** 32) ** 2 * 44)] ?? null,
})

const fill = (db: WriteDb, table: string, columns: string) => {
  const sql = `INSERT INTO ${table} (${columns}) VALUES (${columns.replace(/\w+/g, '?')})`
  return (...values: (string | number | null)[]) => db.run(sql, values)
}

const putServers = (db: WriteDb) => {
  const put = fill(
    db,
    'server',
    'key, domain, origin, title, release, account_id, acct, role_name, permissions, mark_letters, mark_colour, sealed_token, sealed_by, signed_in_at',
  )
  const homes = [
    ['s1', 'town.example', 'Town', '4.6.5', 'to', 1],
    ['s2', 'harbour.example', 'Harbour', '4.5.2', 'ha', 2],
  ] as const
  for (const [key, domain, title, release, letters, colour] of homes) {
    const me = ['1', 'ada', 'Owner', '1'] as const
    put(key, domain, `https://${domain}`, title, release, ...me, letters, colour, null, 'key-file', SEEDED_AT)
  }
  for (const server of servers)
    for (const list of ['reports-open', 'reports-resolved'])
      fill(db, 'mirror.cursor', 'server, list, top, floor, complete, looked_at, swept_at, page_size, pages, rows')(
        server,
        list,
        '1',
        '1',
        1,
        SEEDED_AT,
        SEEDED_AT,
        200,
        1,
        1,
      )
}

const putAccounts = (db: WriteDb, dice: Dice, from: number, to: number) => {
  const put = fill(
    db,
    'mirror.account',
    'server, id, username, domain, display_name, suspended, limited, sensitive, frozen, bot, joined_at, followers, following, posts, last_post_on, role_name, permissions, note, fields, url, email, address, invite_text, personal_until, seen_at',
  )
  for (let i = from; i < to; i++) {
    const { server, id, domain } = accountOf(i)
    const [username, followers] = [nameOf(i), dice.few(4000)]
    const host = domain ?? (server === 's1' ? 'town.example' : 'harbour.example')
    put(
      server,
      id,
      username,
      domain,
      names[i % names.length] ?? '',
      dice.next() < 0.01 ? 1 : 0,
      dice.next() < 0.02 ? 1 : 0,
      0,
      domain === null ? 0 : null,
      0,
      SEEDED_AT - dice.below(YEARS_MS),
      followers,
      followers >> 1,
      followers * 3,
      '2026-11-20',
      '',
      '0',
      dice.pick(notes),
      i % 3 === 0 ? '[{"name":"Web","value":"<a href=\\"https://me.example\\">me.example</a>"}]' : '[]',
      `https://${host}/@${username}`,
      domain === null ? `${username}@post.example` : null,
      null,
      null,
      null,
      SEEDED_AT,
    )
  }
}

/**
 * Who is reported, how often and when: a tenth about a few dozen accounts with many reports each, three tenths in campaigns (a burst
 * of hours about twenty accounts), the rest about anybody.
 */
const imagine = (dice: Dice, size: Size): Report[] => {
  const campaigns = Array.from({ length: Math.ceil(size.reports / 600) }, () => ({
    at: dice.next(),
    first: dice.below(size.accounts - 20),
  }))
  const known = Array.from({ length: 60 }, () => dice.below(size.accounts))
  return Array.from({ length: size.reports }, (_, i): Report => {
    const open = i < size.reports * OPEN_SHARE
    const [kind, ago] = [dice.next(), open ? OPEN_MS : YEARS_MS]
    const number = kind < 0.3 ? dice.below(campaigns.length) : null
    const campaign = number === null ? undefined : campaigns[number]
    const target = campaign
      ? campaign.first + dice.few(20, 2)
      : kind < 0.4
        ? (known[dice.few(60, 2)] ?? 0)
        : dice.few(size.accounts, 2)
    const at = campaign ? campaign.at + dice.next() * 1e-4 : dice.next()
    const category = campaign ? 2 : dice.next() < 0.004 ? 0 : 1 + dice.below(3)
    return {
      created: SEEDED_AT - 3_600_000 - Math.floor(at * ago),
      target,
      category,
      campaign: number,
      open,
    }
  })
}

const postOf = (dice: Dice, createdAt: number, campaign: number | null): KeptPost => ({
  createdAt,
  editedAt: dice.next() < 0.1 ? createdAt + 60_000 : null,
  visibility: 'public',
  language: dice.pick(languages),
  warning: '',
  sensitive: false,
  html: htmlOf(dice, campaign),
  media: dice.next() < 0.2 ? [{ type: 'image', width: 1200, height: 800, duration: null, description: null }] : [],
  poll: null,
  isReply: dice.next() < 0.4,
  url: null,
})

const putReports = (db: WriteDb, dice: Dice, reports: readonly Report[], numberOf: (report: Report) => number) => {
  const put = fill(
    db,
    'mirror.report',
    'server, id, ord, category, severity, comment, created_at, updated_at, resolved_at, resolved_by_id, resolved_by, assigned_id, assigned_to, target_id, target_domain, reporter_id, reporter_domain, forwarded, rules, posts, keys, languages, gist, seen_at',
  )
  const evidence = fill(db, 'evidence', 'server, post_id, hash, post, first_seen_at, seen_at')
  const mirrored = fill(db, 'mirror.post', 'server, id, post, seen_at')
  for (const report of reports) {
    const { created, category, open } = report
    const [number, target] = [numberOf(report), accountOf(report.target)]
    const id = String(number)
    const shown =
      dice.next() < 0.6
        ? Array.from({ length: 1 + dice.few(4) }, (_, i) => `${target.id.slice(0, 6)}${number}${i}`)
        : []
    const texts = shown.map(() => JSON.stringify(postOf(dice, created - 60_000, report.campaign)))
    for (const [at, post] of shown.entries()) {
      const kept = texts[at] ?? ''
      if (open) evidence(target.server, post, createHash('sha256').update(kept).digest('hex'), kept, created, created)
      else mirrored(target.server, post, kept, created)
    }
    const resolved = open ? null : created + 600_000 + dice.below(90_000_000)
    const claimed = open && dice.next() < 0.1 ? dice.pick(['1', '2', '3']) : null
    const from = dice.next() < 0.55 ? null : (domains[1 + dice.few(44, 2)] ?? null)
    const comment = dice.next() < 0.3 ? '' : `${dice.pick(comments)} ${chatter(dice, dice.few(12))}`
    const gist = takeGist({
      who: {
        username: nameOf(report.target),
        domain: target.domain,
        display_name: names[report.target % names.length] ?? '',
      },
      comment,
      posts: texts,
    })
    put(
      target.server,
      id,
      ordOf(id),
      (['legal', 'violation', 'spam', 'other'] as const)[category] ?? 'other',
      category,
      comment,
      created,
      resolved ?? created,
      resolved,
      open ? null : '2',
      open ? null : 'jun',
      claimed,
      claimed === null ? null : 'ada',
      target.id,
      target.domain,
      String(number % 997),
      from,
      from === null ? 0 : null,
      category === 1 ? '["1"]' : '[]',
      JSON.stringify(shown),
      gist.keys,
      gist.languages,
      gist.gist,
      SEEDED_AT,
    )
    const stored = db.get<{ n: number }>('SELECT last_insert_rowid() AS n')
    putWords(db, stored?.n ?? 0, gist.words)
  }
}

const seedInto = (folder: string, size: Size): void => {
  const data = openData(folder, SEEDED_AT)
  const dice = makeDice(SEED + size.reports)
  data.gate.write([], putServers)
  for (let from = 0; from < size.accounts; from += 50_000)
    data.gate.write([], db => {
      putAccounts(db, dice, from, Math.min(size.accounts, from + 50_000))
      indexKnown(db, 50_000)
    })
  const reports = imagine(dice, size)
  // Servers number reports in the order of time; a first sync reads the open ones first, each list from its newest.
  const numbers = new Map([...reports].sort((a, b) => a.created - b.created).map((report, i) => [report, i + 1]))
  reports.sort((a, b) => Number(b.open) - Number(a.open) || b.created - a.created)
  for (let from = 0; from < reports.length; from += 20_000)
    data.gate.write([], db => {
      putReports(db, dice, reports.slice(from, from + 20_000), report => numbers.get(report) ?? 0)
    })
  data.gate.write([], db => {
    for (const server of servers) db.run('INSERT INTO mirror.rule VALUES (?, ?, ?)', [server, '1', 'No advertising.'])
  })
  data.close()
}

const schemaHash = (): string => {
  const folder = join(import.meta.dirname, '../src/main/engine/db/migrations')
  const hash = createHash('sha256')
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 8)
}

/** A folder seeded with so much, the same each time; kept in the system's temporary folder and not to be written to. */
const seeded = (size: Size): string => {
  const folder = join(tmpdir(), `howdah-bench-${VERSION}-${schemaHash()}-${size.reports}`)
  if (existsSync(join(folder, 'whole'))) return folder
  // Those of earlier schemas would fill the disk in time.
  for (const old of readdirSync(tmpdir()))
    if (/^howdah-bench-\d+-[0-9a-f]{8}-\d+$/.test(old) && old.endsWith(`-${size.reports}`))
      rmSync(join(tmpdir(), old), { recursive: true, force: true })
  const making = mkdtempSync(join(tmpdir(), 'howdah-bench-making-'))
  seedInto(making, size)
  writeFileSync(join(making, 'whole'), '')
  renameSync(making, folder)
  return folder
}

/** A copy of a seeded folder that may be written to; gone when it is disposed of. */
export const seededCopy = (size: Size) => {
  const from = seeded(size)
  const path = mkdtempSync(join(tmpdir(), 'howdah-bench-copy-'))
  cpSync(from, path, { recursive: true })
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
