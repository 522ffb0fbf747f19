import type { WriteDb } from '../../src/main/engine/db/handle.ts'
import { openData } from '../../src/main/engine/db/open.ts'
import { putWords } from '../../src/main/engine/reports/gist.ts'
import { makeLists } from '../../src/main/engine/reports/lists.ts'
import { dropSnooze, putSnooze } from '../../src/main/engine/reports/snooze.ts'
import { ordOf } from '../../src/main/engine/sync/ord.ts'
import { NOON } from './ground.ts'

/** A report as the model knows it. Few different values, so that groups and ties are common. */
export type Told = {
  id: string
  server: 's1' | 's2'
  severity: number
  created: number
  resolved: number | null
  target: number
  from: string | null
  assignee: '1' | '2' | null
  reporter: string
  rules: readonly string[]
  languages: readonly string[]
  keys: readonly string[]
  words: string
  /** Until a minute after noon. */
  snoozed: boolean
}
/** A report about which there is nothing to say; for tests of one thing. */
export const plain: Told = {
  id: '1',
  server: 's1',
  severity: 1,
  created: NOON,
  resolved: null,
  target: 1,
  from: null,
  assignee: null,
  reporter: '1',
  rules: [],
  languages: [],
  keys: [],
  words: '',
  snoozed: false,
}
export const categories = ['legal', 'violation', 'spam', 'other'] as const
export const domainOf = (target: number) => (target % 3 === 0 ? null : `d${target % 3}.example`)

/** Lists over a new data folder with two servers and eight accounts on each, and a way to tell them of reports. */
export const openDesk = (path: string) => {
  const { gate, close } = openData(path, NOON)
  const lists = makeLists()
  // Numbers are given in the order of first telling.
  const numbers = new Map<string, number>()
  gate.write([], db => {
    for (const [key, letters] of [
      ['s1', 'aa'],
      ['s2', 'bb'],
    ] as const)
      db.run(
        `INSERT INTO server (key, domain, origin, title, release, account_id, acct, role_name, permissions, mark_letters, mark_colour, sealed_by, signed_in_at)
         VALUES (?, ?, ?, '', '4.6.5', '1', 'ada', '', '1', ?, 1, 'key-file', 0)`,
        [key, `${key}.example`, `https://${key}.example`, letters],
      )
    for (const server of ['s1', 's2'])
      for (let target = 0; target < 8; target++)
        db.run(
          `INSERT INTO mirror.account (server, id, username, domain, display_name, suspended, limited, sensitive, bot, followers, following, posts, role_name, permissions, note, fields, seen_at)
           VALUES (?, ?, ?, ?, '', 0, 0, 0, 0, 0, 0, 0, '', '0', '', '[]', 0)`,
          [server, String(target), `u${target}`, domainOf(target)],
        )
  })
  const tell = (db: WriteDb, one: Told) => {
    const key = `${one.server} ${one.id}`
    if (!numbers.has(key)) numbers.set(key, numbers.size + 1)
    db.run(
      `INSERT INTO mirror.report (server, id, ord, category, severity, comment, created_at, updated_at, resolved_at, assigned_id, assigned_to, target_id, target_domain, reporter_id, reporter_domain, rules, posts, languages, keys, gist, seen_at)
       VALUES (@server, @id, @ord, @category, @severity, '', @created, 0, @resolved, @assignee, @assignee, @target, @domain, @reporter, @from, @rules, '[]', @languages, @keys, 'taken', 0)
       ON CONFLICT (server, id) DO UPDATE SET category = excluded.category, severity = excluded.severity, created_at = excluded.created_at, resolved_at = excluded.resolved_at,
         assigned_id = excluded.assigned_id, target_id = excluded.target_id, target_domain = excluded.target_domain, reporter_id = excluded.reporter_id, reporter_domain = excluded.reporter_domain,
         assigned_to = excluded.assigned_to, rules = excluded.rules, languages = excluded.languages, keys = excluded.keys`,
      {
        server: one.server,
        id: one.id,
        severity: one.severity,
        created: one.created,
        resolved: one.resolved,
        assignee: one.assignee,
        reporter: one.reporter,
        from: one.from,
        rules: JSON.stringify(one.rules),
        languages: JSON.stringify(one.languages),
        keys: JSON.stringify(one.keys),
        target: String(one.target),
        ord: ordOf(one.id),
        category: categories[one.severity] ?? 'other',
        domain: domainOf(one.target),
      },
    )
    putWords(db, numbers.get(key) ?? 0, one.words)
    if (one.snoozed)
      putSnooze(db, { server: one.server, id: one.id, updated_at: 0 }, { until: NOON + 60_000, reason: '' }, NOON)
    else dropSnooze(db, one.server, one.id)
  }
  return {
    lists,
    gate,
    numberOf: (one: Told) => numbers.get(`${one.server} ${one.id}`) ?? 0,
    tellAll: (all: readonly Told[]) =>
      gate.write(['reports'], db => {
        for (const one of all) tell(db, one)
      }),
    [Symbol.dispose]: close,
  }
}
export type Desk = ReturnType<typeof openDesk>
