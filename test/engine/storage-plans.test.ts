import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openReportsOf, readPage } from '../../src/main/engine/accounts/page.ts'
import { findAccounts, readRows as readAccountRows } from '../../src/main/engine/accounts/search.ts'
import { nextPlace } from '../../src/main/engine/accounts/search-index.ts'
import { findHandle, readAccount, readPersonal } from '../../src/main/engine/accounts/table.ts'
import { pageOfBlocks as pageOfSignupBlocks } from '../../src/main/engine/blocks/queue.ts'
import { canonicalEmailBlockTable, emailDomainBlockTable, ipBlockTable } from '../../src/main/engine/blocks/table.ts'
import { readCampaign } from '../../src/main/engine/campaigns/table.ts'
import { handleOf, type ReadDb } from '../../src/main/engine/db/handle.ts'
import { countsOf } from '../../src/main/engine/decisions/batch.ts'
import { decisionsIn, openOnTarget, readDecision } from '../../src/main/engine/decisions/journal.ts'
import { mayBeOurs, mayComeWithOurs, oursAbout } from '../../src/main/engine/decisions/ours.ts'
import { dueWindows, nextReady, nextTimes } from '../../src/main/engine/decisions/queue.ts'
import { barDecisions, decisionsAbout, pageOfDecisions, troubleOf } from '../../src/main/engine/decisions/read.ts'
import {
  countOpenAt,
  decisionsOn,
  mostReportedAt,
  openReportsAt,
  pageOfBlocks,
} from '../../src/main/engine/domains/queue.ts'
import {
  findCovering,
  findDomainAllow,
  findDomainAllowOf,
  findDomainBlock,
  findDomainBlockOf,
  heldDomainAllows,
  heldDomainBlocks,
} from '../../src/main/engine/domains/table.ts'
import { findThere } from '../../src/main/engine/finder/table.ts'
import { understand } from '../../src/main/engine/finder/understand.ts'
import { lastSat } from '../../src/main/engine/handover/seat.ts'
import { endedSince, seenSince, stale, waiting } from '../../src/main/engine/handover/table.ts'
import { interestIn, isClose } from '../../src/main/engine/interests/table.ts'
import { listLookalikes, lookalikeOf } from '../../src/main/engine/lookalikes/table.ts'
import { findNote, listNotes } from '../../src/main/engine/notes/table.ts'
import { readPosts } from '../../src/main/engine/posts/table.ts'
import { readCase } from '../../src/main/engine/reports/case.ts'
import { keptCopies } from '../../src/main/engine/reports/gist.ts'
import { makeLists } from '../../src/main/engine/reports/lists.ts'
import { sumAbout } from '../../src/main/engine/reports/marked.ts'
import { rowOf, rowsOf } from '../../src/main/engine/reports/rows.ts'
import { nextWake } from '../../src/main/engine/reports/snooze.ts'
import { findReport, heldClosed, heldOpen, openReportsAbout } from '../../src/main/engine/reports/table.ts'
import { rulesInForce } from '../../src/main/engine/rules/table.ts'
import { countPeers, isPeer } from '../../src/main/engine/servers/instance-table.ts'
import { countWaiting, findSignup, heldSignups, readWaiting } from '../../src/main/engine/signups/table.ts'
import { readFamily } from '../../src/main/engine/trends/queue.ts'
import { listViews } from '../../src/main/engine/views/table.ts'
import { AccountFilter } from '../../src/shared/contract/accounts.ts'
import { ReportFilter } from '../../src/shared/contract/reports.ts'
import { arm, NOON, openGround, openRows, signInAndSync } from './ground.ts'

/** A handle that notes SQLite's plan of every statement it is asked for. */
const plansOf = (db: ReadDb): { db: ReadDb; plans: Map<string, string[]> } => {
  const plans = new Map<string, string[]>()
  const note = (sql: string, params: Parameters<ReadDb['all']>[1]) => {
    const steps = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params)
    plans.set(
      sql.replace(/\s+/g, ' ').trim(),
      steps.map(step => step.detail),
    )
  }
  return {
    plans,
    db: {
      all: (sql, params) => {
        note(sql, params)
        return db.all(sql, params)
      },
      get: (sql, params) => {
        note(sql, params)
        return db.get(sql, params)
      },
      column: (sql, params) => {
        note(sql, params)
        return db.column(sql, params)
      },
      each: db.each,
    },
  }
}

/** Tables that only grow, or are large from the start: no statement of the desk may walk through one of them. */
const LARGE =
  /^SCAN (r|o|a|b|x|d|z|k|report_key|snooze|s|report|account|post|signup|domain_block|domain_allow|email_domain_block|ip_block|canonical_email_block|peer|lookalike|evidence|note|decision|decision_step|log_entry)\b(?!.*USING (COVERING )?INDEX)/
/** The indexes that may be walked whole: each holds only what is open, or is the list that was asked for. */
const WALKED =
  /USING (COVERING )?INDEX (report_open|report_resolved|decision_open|decision_ready|report_ord|signup_ord|lookalike_odd)\b/

test('no statement of the queue, the case or the journal walks through a table that grows', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const [first, second] = await openRows(desk)
  if (!first || !second) throw new Error('no rows')
  const { id: decision } = await arm(desk, first, 'report.close')
  const raw = new Database(join(ground.folder, 'vault.db'), { readonly: true })
  raw.prepare('ATTACH ? AS mirror').run(join(ground.folder, 'mirror.db'))
  const { db, plans } = plansOf(handleOf(raw))
  const lists = makeLists()
  for (const filter of [
    {},
    { server: key },
    { server: key, state: 'resolved' },
    { claim: 'mine' },
    { claim: 'unclaimed', category: 'spam' },
    { text: 'word' },
    { campaign: 'link:a.example', snoozed: 'only' },
    { campaign: 'link:a.example', state: 'resolved' },
  ])
    for (const group of ['campaign', 'origin'] as const) {
      const { list } = lists.open(db, ReportFilter.parse(filter), group, 'severest', NOON)
      lists.lines(db, list, 0, 50, NOON)
      lists.news(db, list, NOON)
      lists.next(db, list, 0, NOON, () => true)
      lists.targets(db, list, 0, 50)
    }
  const stored = findReport(db, key, first.id)
  if (!stored) throw new Error('no report')
  lists.counts(db, NOON)
  lists.choices(db, ReportFilter.parse({}), NOON)
  readCampaign(db, 'text:x')
  sumAbout(db, [{ server: key, id: '1' }])
  nextWake(db)
  listViews(db)
  keptCopies(db, key, [{ id: '1', created_at: NOON, posts: ['1'] }])
  rowOf(db, key, first.id, NOON)
  rowsOf(db, [stored.n], NOON)
  readCase(db, key, first.id, NOON, new Map())
  readAccount(db, key, stored.target_id)
  findHandle(db, key, stored.target_id)
  readPersonal(db, key, stored.target_id, NOON)
  listNotes(db, key, stored.target_id)
  findNote(db, decision)
  isClose(db, key, stored.target_id)
  interestIn(db, key, stored.target_id, first.id)
  lastSat(db, NOON)
  seenSince(db, NOON)
  endedSince(db, NOON)
  waiting(db)
  stale(db, NOON, NOON)
  readPosts(db, key, ['1'])
  openReportsAbout(db, key, stored.target_id)
  for (const held of [heldOpen, heldClosed, heldSignups, heldDomainBlocks, heldDomainAllows])
    held(db, key, '011', '019')
  for (const find of [findSignup, findDomainBlock, findDomainAllow]) find(db, key, '1')
  for (const { held, find, findBy } of [emailDomainBlockTable, ipBlockTable, canonicalEmailBlockTable]) {
    held(db, key, '011', '019')
    find(db, key, '1')
    findBy(db, key, 'bad.example')
  }
  rulesInForce(db, key)
  isPeer(db, key, 'bad.example')
  expect(countPeers(db, key)).toBe(0)
  for (const find of [findDomainBlockOf, findDomainAllowOf]) find(db, key, 'bad.example')
  decisionsIn(db, ['ready', 'held'])
  openOnTarget(db, key, `report:${first.id}`)
  readDecision(db, decision)
  mayBeOurs(db, key, `report:${first.id}`, [], 0)
  mayComeWithOurs(db, key, 'account.*suspend', 0)
  oursAbout(db, key, { report: first.id, account: stored.target_id }, 0)
  barDecisions(db, NOON)
  nextReady(db, key, [decision], 4)
  dueWindows(db, NOON, true, 200)
  nextTimes(db)
  troubleOf(db, decision, 50)
  countsOf(db, decision)
  pageOfDecisions(db, undefined, NOON, 50)
  pageOfDecisions(db, ['failed'], NOON, 50)
  decisionsAbout(db, key, stored.target_id, 20)
  for (const filter of [
    {},
    { text: 'ad' },
    { text: '日本' },
    { text: '@ada@weide.exa' },
    { text: 'ada', server: key, origin: 'local', state: 'limited', staff: true, domain: 'weide.example' },
    { state: 'pending' },
    { state: 'pending', text: 'a' },
    { mailDomain: 'post.example', email: 'a', address: '203.0.113.0/24', origin: 'local' },
  ])
    for (const sort of ['fitting', 'name', 'newest'] as const)
      findAccounts(db, { ...AccountFilter.parse(filter), sort })
  readAccountRows(db, [{ server: key, id: stored.target_id }])
  readPage(db, key, stored.target_id, NOON, new Map())
  openReportsOf(db, key, stored.target_id, 10)
  nextPlace(db)
  for (const sort of ['domain', 'newest', 'severity'] as const)
    pageOfBlocks(db, { server: key, search: 'bad', severity: null, also: null, sort, from: 0, count: 50 }, NOON)
  for (const family of ['email-domain', 'address', 'canonical-email'] as const)
    pageOfSignupBlocks(db, { family, server: key, search: 'bad', from: 0, count: 50 }, NOON)
  for (const family of ['links', 'statuses', 'tags', 'publishers'] as const) readFamily(db, key, family, NOON)
  findCovering(db, key, ['bad.example', 'example'])
  openReportsAt(db, key, 'bad.example', 10)
  countOpenAt(db, key, 'bad.example')
  mostReportedAt(db, key, 'bad.example', 10)
  decisionsOn(db, key, 'bad.example', 10)
  listLookalikes(db)
  lookalikeOf(db, 'bad.example')
  countWaiting(db)
  readWaiting(db, key)
  const home = { key, domain: 'lantern.example', origin: 'http://127.0.0.1:1' }
  for (const text of [
    '@ada',
    '@ada@weide.example',
    'ad',
    'https://weide.example/@ada/1',
    'https://cabin.example/notes/9',
    'bad.example',
  ])
    findThere(db, [home], understand(text), [home])
  for (const page of ['reports/1', 'accounts/1'])
    findThere(db, [home], understand(`https://lantern.example/admin/${page}`), [home])
  expect(plans.size).toBeGreaterThan(20)
  const bad = [...plans].flatMap(([sql, steps]) =>
    steps
      .filter(
        step => LARGE.test(step) || (/^SCAN/.test(step) && /USING (COVERING )?INDEX/.test(step) && !WALKED.test(step)),
      )
      .map(step => `${step} ← ${sql.slice(0, 160)}`),
  )
  expect(bad).toEqual([])
  const done = [...plans].filter(([sql]) => sql.includes("state = 'done' AND settled_at")).flatMap(([, steps]) => steps)
  expect(done).toEqual(Array(4).fill(expect.stringContaining('INDEX decision_done')))
  // What rows show of the journal costs the same however long the journal is.
  const ofRows = [...plans].filter(([sql]) => sql.includes('ORDER BY x.armed_at DESC'))
  expect(ofRows.length).toBeGreaterThan(8)
  for (const [sql, steps] of ofRows)
    expect(steps, sql).toContainEqual(
      expect.stringMatching(/^SEARCH x USING INDEX decision_by_(target|account) \(server=\? AND/),
    )
  raw.close()
})
