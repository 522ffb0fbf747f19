/** A server that is put back to an earlier state. */
import { expect, test } from 'vitest'
import { createClock } from '../../src/main/sample/clock.ts'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'

const NOON = Date.UTC(2026, 2, 2, 12)

test('a backup that is put back takes away what came since and gives its ids again, as often as one likes', async () => {
  const clock = createClock(NOON, { running: false })
  const server = await startSampleServer({
    clock,
    world: smallWorld(NOON),
    colleagues: false,
    throttles: false,
    control: 'key',
  })
  const call = (path: string, method = 'GET', body?: object) =>
    fetch(server.url + path, {
      method,
      headers: { 'x-sample-control': 'key', authorization: 'Bearer admin', 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const blocks = async () => {
    const answer: unknown = await (await call('/api/v1/admin/domain_blocks?limit=500')).json()
    return Array.isArray(answer) ? answer.map(({ id, domain }) => `${id} ${domain}`) : []
  }
  const openReports = async () => {
    const answer: unknown = await (await call('/api/v1/admin/reports?limit=200')).json()
    return Array.isArray(answer) ? answer.map(({ id, target_account }) => `${id} ${target_account.username}`) : []
  }
  try {
    expect((await call('/__sample/backup', 'DELETE')).status).toBe(422)
    expect((await fetch(`${server.url}/__sample/backup`, { method: 'POST' })).status).toBe(404)
    expect((await call('/__sample/backup', 'POST')).status).toBe(200)
    const before = { blocks: await blocks(), reports: await openReports() }
    let made = ''
    for (const domain of ['first.example', 'second.example']) {
      clock.advance(60_000)
      const id = before.reports[0]?.split(' ')[0]
      expect((await call(`/api/v1/admin/reports/${id}/resolve`, 'POST')).status).toBe(200)
      const block: unknown = await (await call('/api/v1/admin/domain_blocks', 'POST', { domain })).json()
      const given = `${Object(block).id} ${Object(block).domain}`
      expect(await blocks()).toEqual([given, ...before.blocks])
      expect(await openReports()).toHaveLength(before.reports.length - 1)
      // The second has the id that the first had.
      expect(given.split(' ')[0]).toBe(made === '' ? given.split(' ')[0] : made)
      made = given.split(' ')[0] ?? ''
      expect((await call('/__sample/backup', 'DELETE')).status).toBe(200)
      expect(await blocks()).toEqual(before.blocks)
      expect(await openReports()).toEqual(before.reports)
    }
    // What is found by another key came along.
    expect(server.world.accountsByHandle.get('admin')).toBe(
      server.world.accounts.get(server.world.callers.get('admin')?.accountId ?? ''),
    )
  } finally {
    await server.close()
  }
})
