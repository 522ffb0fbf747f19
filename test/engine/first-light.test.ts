import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { arm, openGround, openRows, signInAndSync, untilState } from './ground.ts'

test('open reports come in with their accounts and posts, and one can be closed', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const rows = await openRows(desk)
  expect(rows.length).toBeGreaterThan(10)
  const [row] = rows
  if (!row) throw new Error('no row')
  const found = await desk.call('reports.case', row)
  expect(found.report.id).toBe(row.id)
  expect(found.account.username).toBe(row.target.username)
  const decision = await arm(desk, row, 'report.close')
  expect(decision.state).toBe('held')
  const done = await untilState(ground, desk, decision.id, 'done', 'failed', 'stopped')
  expect(done.state).toBe('done')
  expect(done.steps.map(step => step.state)).toEqual(['held', 'ready', 'sending', 'done'])
  expect(ground.server.ledger.of(/resolve$/)).toHaveLength(1)
  const after = await desk.call('reports.case', row)
  expect(after.report.resolvedAt).not.toBeNull()
  const verdict = await desk.call('log.verify', {})
  expect(verdict).toMatchObject({ ok: true, firstBad: null })
})

test('the words of a page of reports are written to the full-text index as one part, not as one a report', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  await desk.call('sync.now', { all: true })
  const raw = new Database(join(ground.folder, 'mirror.db'), { readonly: true })
  const count = (sql: string): number => raw.prepare<[], { n: number }>(sql).get()?.n ?? 0
  const pages = count("SELECT sum(pages) AS n FROM cursor WHERE list GLOB 'reports-*'")
  expect(count('SELECT count(*) AS n FROM report_text_docsize')).toBeGreaterThan(pages * 4)
  // The highest number of a part so far: they are counted up, and those that were merged leave theirs.
  expect(count('SELECT max(segid) AS n FROM report_text_idx')).toBeLessThanOrEqual(pages)
  raw.close()
})

test('limit, suspend and back: flags change on the server, reports close, the ladder follows', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const row = rows.find(
    one =>
      one.target.domain !== null && one.openOnTarget >= 1 && !one.target.flags.limited && !one.target.flags.suspended,
  )
  if (!row) throw new Error('no row')
  const ladder = await desk.call('decisions.ladder', { server: row.server, subject: { of: 'report', id: row.id } })
  expect(ladder.rungs.map(rung => rung.kind)).toEqual([
    'report.close',
    'account.warn',
    'account.sensitive',
    'account.limit',
    'account.freeze',
    'account.suspend',
  ])
  expect(ladder.rungs[4]?.refusal).toBe('refusal.freeze-remote')
  const limited = await arm(desk, row, 'account.limit')
  expect((await untilState(ground, desk, limited.id, 'done', 'failed', 'stopped')).state).toBe('done')
  const now = await desk.call('reports.case', row)
  expect(now.account.flags.limited).toBe(true)
  const ways = (
    await desk.call('decisions.ladder', { server: row.server, subject: { of: 'report', id: row.id } })
  ).ways.map(way => way.kind)
  expect(ways).toContain('account.unlimit')
  await expect(arm(desk, row, 'account.limit')).rejects.toMatchObject({
    code: 'not-allowed',
    detail: { reason: 'refusal.in-force' },
  })
  const lifted = await arm(desk, row, 'account.unlimit')
  expect((await untilState(ground, desk, lifted.id, 'done', 'failed', 'stopped')).state).toBe('done')
  const suspended = await arm(desk, row, 'account.suspend')
  expect((await untilState(ground, desk, suspended.id, 'done', 'failed', 'stopped')).state).toBe('done')
  expect(ground.server.ledger.of(/\/action$/).filter(entry => entry.effect)).toHaveLength(2)
})
