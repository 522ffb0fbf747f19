import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClock } from '../../src/main/sample/clock.ts'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { type SampleServer, startSampleServer } from '../../src/main/sample/server.ts'

const noon = Date.UTC(2026, 10, 23, 12)
let server: SampleServer

beforeAll(async () => {
  server = await startSampleServer({
    world: smallWorld(noon),
    clock: createClock(noon, { running: false }),
    control: 'key',
  })
})
afterAll(() => server.close())

async function get(path: string, token: string | null = 'moderator'): Promise<Response> {
  return await fetch(server.url + path, {
    headers: { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
  })
}

test('a moderator reads open reports, newest first', async () => {
  const reports = (await (await get('/api/v1/admin/reports?limit=3')).json()) as { id: string }[]
  expect(reports.map(report => report.id)).toEqual(['27', '26', '25'])
})

test('a member may not', async () => {
  const answer = await get('/api/v1/admin/reports', 'member')
  expect(answer.status).toBe(403)
  expect(await answer.json()).toEqual({ error: 'This action is not allowed' })
})

test('a write is in the ledger, also when its answer never came', async () => {
  server.faults.add({ kind: 'cut-after' }, { path: '/api/v1/admin/reports/27/resolve' })
  const post = fetch(`${server.url}/api/v1/admin/reports/27/resolve`, {
    method: 'POST',
    headers: { authorization: 'Bearer moderator' },
  })
  await expect(post).rejects.toThrow()
  expect(server.ledger.of('/api/v1/admin/reports/27/resolve')).toMatchObject([
    { caller: 'moderator', effect: true, answered: false, faults: ['cut-after'] },
  ])
  expect(server.world.reports.get('27')?.actionTakenAt).toBe(server.clock.now())
})

test('the control address needs its token', async () => {
  expect((await get('/__sample/ledger')).status).toBe(404)
  const answer = await fetch(`${server.url}/__sample/ledger`, { headers: { 'x-sample-control': 'key' } })
  expect(await answer.json()).toEqual(server.ledger.entries)
})
