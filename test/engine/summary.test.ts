import { expect, test } from 'vitest'
import { summaryOf } from '../../src/renderer/src/features/reports/summary.ts'
import { openGround, openRows, signInAndSync } from './ground.ts'

/** Words long enough that finding one means that its text was carried over. */
const wordsOf = (text: string) => text.split(/[^\p{L}\p{N}@._-]+/u).filter(word => word.length > 11)

test('no summary of any case tells what someone wrote, an e-mail, an address, or who reported', async () => {
  await using ground = await openGround({ reports: 120, accounts: 600 })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const { world } = ground.server
  const { servers } = await desk.call('servers.list', {})
  const server = servers.find(each => each.key === key)
  const rows = await openRows(desk)
  expect(rows.length).toBeGreaterThan(100)
  let written = 0
  for (const row of rows) {
    const shown = await desk.call('reports.case', { server: key, id: row.id })
    const summary = summaryOf(shown, server)
    const lines = summary.split('\n')
    expect(lines.at(-1)).toBe(`${ground.server.url}/admin/reports/${row.id}`)
    expect(lines.length).toBeLessThan(8)
    expect(summary).toContain(`@${row.target.username}`)
    // What is left after the account's own handle and the names of servers holds nothing that looks like an e-mail or an address.
    const rest = summary
      .replaceAll(`@${row.target.username}@${row.target.domain}`, '')
      .replaceAll(ground.server.url, '')
    expect(rest).not.toMatch(/\S@\S|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[0-9a-f]{1,4}:[0-9a-f:]+:/i)
    const report = world.reports.get(row.id)
    const reporter = world.accounts.get(report?.accountId ?? '')
    if (reporter && reporter.username !== row.target.username && reporter.username.length > 3)
      expect(summary).not.toContain(reporter.username)
    const rules = shown.rules.map(({ text }) => text).join(' ')
    for (const told of shown.told)
      for (const word of wordsOf(told.comment)) {
        written++
        if (!rules.includes(word) && !word.includes(row.target.username)) expect(summary).not.toContain(word)
      }
  }
  expect(written).toBeGreaterThan(50)
})
