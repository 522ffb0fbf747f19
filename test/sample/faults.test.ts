/** Misbehaviour on command: what a client sees, what happened on the server, what the ledger says. */
import { connect } from 'node:net'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { parseFaults } from '../../src/main/sample/faults/spec.ts'
import { type Conversation, converse } from './converse.ts'

const resolve = '/api/v1/admin/reports/1/resolve'
let sample: Conversation

beforeEach(async () => {
  sample = await converse({ throttles: true })
  onTestFinished(() => sample.close())
})

const isResolved = (): boolean => sample.server.world.reports.get('1')?.actionTakenAt !== null
const lastEntry = () => sample.server.ledger.entries.at(-1)

/** Bytes of an answer, however it ends, and whether the server closed the connection. */
function raw(path: string): Promise<string> {
  const { port } = new URL(sample.server.url)
  return new Promise((done, failed) => {
    const socket = connect(Number(port), '127.0.0.1')
    let text = ''
    socket.on('data', data => {
      text += data
    })
    socket.on('close', () => done(text))
    socket.on('error', failed)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer owner\r\nConnection: close\r\n\r\n`)
  })
}

test('cut before: nothing happened', async () => {
  sample.server.faults.add({ kind: 'cut-before' })
  await expect(sample.post(resolve)).rejects.toThrow()
  expect(isResolved()).toBe(false)
  expect(lastEntry()).toMatchObject({ status: null, effect: false, answered: false, faults: ['cut-before'] })
})

test('cut after: it happened, and nobody was told', async () => {
  sample.server.faults.add({ kind: 'cut-after' })
  await expect(sample.post(resolve)).rejects.toThrow()
  expect(isResolved()).toBe(true)
  expect(lastEntry()).toMatchObject({ status: 200, effect: true, answered: false })
})

test('truncated: the announced length never comes', async () => {
  sample.server.faults.add({ kind: 'truncated' })
  const text = await raw('/api/v1/admin/reports')
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const announced = Number(/content-length: (\d+)/i.exec(head)?.[1])
  expect(body.length).toBeGreaterThan(0)
  expect(Buffer.byteLength(body)).toBeLessThan(announced)
})

test('trickled: all of it comes, in pieces', async () => {
  sample.server.faults.add({ kind: 'trickled', bytes: 20_000, everyMs: 1 })
  const reply = await sample.get('/api/v1/admin/reports')
  expect(reply.body).toHaveLength(27)
})

test('poison: a page that would show the record is a 500 of the server’s own, others are not; so is the record alone', async () => {
  for (const { fault, match } of parseFaults('poison=5/api/v1/admin/reports'))
    sample.server.faults.add(fault, { ...match, times: 100 })
  const list = '/api/v1/admin/reports?resolved=true&limit=2'
  const open = sample.server.world.reports.get('5')?.actionTakenAt === null
  const page = await sample.get(`/api/v1/admin/reports?max_id=6&limit=1${open ? '' : '&resolved=true'}`)
  expect([page.status, page.body]).toEqual([500, { status: 500, error: 'Internal Server Error' }])
  expect((await sample.get('/api/v1/admin/reports/5')).status).toBe(500)
  expect((await sample.get('/api/v1/admin/reports/6')).status).toBe(200)
  expect((await sample.get(`${list}&max_id=5`)).status).toBe(200)
  expect((await sample.post('/api/v1/admin/reports/5/resolve')).status).toBe(500)
  expect(sample.server.world.reports.get('5')?.actionTakenAt, 'the effect comes first').not.toBeNull()
  expect(() => parseFaults('poison')).toThrow(RangeError)
})

test('delayed: it comes in the end', async () => {
  sample.server.faults.add({ kind: 'delayed', ms: 5 })
  sample.server.faults.add({ kind: 'delayed', ms: 5, after: true })
  expect((await sample.post(resolve)).status).toBe(200)
})

test('silent: it happened, and no answer comes while the connection stays', async () => {
  sample.server.faults.add({ kind: 'silent' })
  const patience = new AbortController()
  let answered = false
  const asked = fetch(sample.server.url + resolve, {
    method: 'POST',
    headers: { authorization: 'Bearer owner' },
    signal: patience.signal,
  }).then(() => {
    answered = true
  })
  await vi.waitUntil(() => lastEntry()?.effect === true)
  // Another request on another connection is answered meanwhile.
  expect((await sample.get('/api/v1/admin/reports/1')).body.action_taken).toBe(true)
  expect(answered).toBe(false)
  patience.abort()
  await expect(asked).rejects.toThrow(/abort/i)
  expect(lastEntry()).toMatchObject({ effect: true, answered: false })
})

test('wrong type, wrong content type, HTML, captive portal', async () => {
  const { faults } = sample.server
  const ask = async (): Promise<[number, string | null, unknown]> => {
    const answer = await fetch(`${sample.server.url}/api/v1/admin/reports`, {
      headers: { authorization: 'Bearer owner' },
      redirect: 'manual',
    })
    return [answer.status, answer.headers.get('content-type'), (await answer.text()).slice(0, 15)]
  }
  faults.add({ kind: 'wrong-type' })
  expect(await ask()).toEqual([200, 'application/json; charset=utf-8', '{"data":[]}'])
  faults.add({ kind: 'wrong-content-type', contentType: 'text/plain' })
  expect(await ask()).toEqual([200, 'text/plain', expect.stringMatching(/^\[\{/)])
  faults.add({ kind: 'html' })
  expect(await ask()).toEqual([200, 'text/html; charset=utf-8', '<!DOCTYPE html>'])
  faults.add({ kind: 'captive-portal' })
  expect(await ask()).toEqual([302, 'text/html', ''])
})

test('429 with and without the headers', async () => {
  sample.server.faults.add({ kind: 'throttled', headers: true })
  const told = await sample.get('/api/v1/admin/reports')
  expect([told.status, told.headers.get('x-ratelimit-remaining')]).toEqual([429, '0'])
  sample.server.faults.add({ kind: 'throttled', headers: false })
  const bare = await sample.get('/api/v1/admin/reports')
  expect([bare.status, bare.headers.has('x-ratelimit-limit')]).toEqual([429, false])
})

test('5xx before and after the effect', async () => {
  sample.server.faults.add({ kind: 'status', status: 503 })
  expect((await sample.post(resolve)).status).toBe(503)
  expect(isResolved()).toBe(false)
  sample.server.faults.add({ kind: 'status', status: 502, after: true })
  const proxied = await sample.post(resolve)
  expect([proxied.status, proxied.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
  expect(isResolved()).toBe(true)
})

test('a revoked token stays revoked, a lost role stays lost', async () => {
  sample.server.faults.add({ kind: 'revoked-token' })
  const as = sample.token('owner', 'read', 'admin:read')
  expect((await sample.get('/api/v1/admin/reports', { as })).status).toBe(401)
  expect((await sample.get('/api/v1/admin/reports', { as })).status).toBe(401)
  sample.server.faults.add({ kind: 'demoted-role' })
  expect((await sample.get('/api/v1/admin/reports', { as: 'moderator' })).status).toBe(403)
  expect((await sample.get('/api/v1/accounts/verify_credentials', { as: 'moderator' })).body.role.id).toBe('-99')
})

test('a colleague is faster', async () => {
  sample.server.faults.add({ kind: 'moved-record' })
  const path = `/api/v1/admin/accounts/${sample.id('newcomer1')}`
  expect((await sample.post(`${path}/approve`)).status).toBe(403)
  expect((await sample.get(path)).body.approved).toBe(true)
  sample.server.faults.add({ kind: 'moved-record' })
  const report = (await sample.post('/api/v1/admin/reports/1/assign_to_self')).body
  expect([report.action_taken, report.action_taken_by_account.username]).toEqual([true, 'admin'])
})

test('a record is gone', async () => {
  sample.server.faults.add({ kind: 'gone-record' })
  expect((await sample.put('/api/v1/admin/domain_blocks/1', { json: { severity: 'noop' } })).status).toBe(404)
})

test('clocks disagree', async () => {
  sample.server.faults.add({ kind: 'clock-skew', ms: 3_600_000 })
  const reply = await sample.get('/api/v1/instance/rules')
  expect(reply.headers.get('date')).toBe('Mon, 23 Nov 2026 13:00:00 GMT')
  expect(reply.headers.get('x-ratelimit-reset')).toBe('2026-11-23T13:05:00.000000Z')
})

test('rows come twice, or in another order', async () => {
  const ids = async (): Promise<string[]> =>
    (await sample.get('/api/v1/admin/reports?limit=3')).body.map((report: { id: string }) => report.id)
  sample.server.faults.add({ kind: 'duplicate-rows' })
  expect(await ids()).toEqual(['27', '26', '25', '27', '26'])
  sample.server.faults.add({ kind: 'out-of-order' })
  expect(await ids()).toEqual(['25', '26', '27'])
})

test('ids beyond 2^53 are told apart by their text only', async () => {
  const large = await converse({ faults: 'big-ids' })
  onTestFinished(() => large.close())
  const [first, second] = (await large.get('/api/v1/admin/reports?limit=2')).body
  expect([first.id, second.id]).toEqual(['9007199254741019', '9007199254741018'])
  expect((await large.post(`/api/v1/admin/reports/${first.id}/resolve`)).body.id).toBe(first.id)
  expect((await large.get('/api/v1/admin/reports?limit=1')).body[0].id).toBe(second.id)
  const filed = await large.post('/api/v1/reports', {
    as: 'member',
    json: { account_id: large.id('jun@xn--bcher-kva.example') },
  })
  expect(BigInt(filed.body.id)).toBeGreaterThan(2n ** 53n)
})

describe('which request is met', () => {
  test('by method, path, caller, after so many, so many times', async () => {
    const status = { kind: 'status', status: 503 } as const
    sample.server.faults.add(status, { method: 'POST', path: /resolve$/, caller: 'moderator', skip: 1, times: 2 })
    expect((await sample.post(resolve)).status).toBe(200)
    const asked = [1, 2, 3, 4].map(async () => (await sample.post(resolve, { as: 'moderator' })).status)
    expect((await Promise.all(asked)).sort()).toEqual([200, 200, 503, 503])
    expect(sample.server.faults.list()).toEqual([])
  })

  test('a share of all, the same for the same seed', async () => {
    const run = async (): Promise<number[]> => {
      const other = await converse({ faults: 'status=503@30%/api/v1/admin' })
      const seen: number[] = []
      for (let n = 0; n < 40; n += 1) seen.push((await other.get('/api/v1/admin/reports?limit=1')).status)
      await other.close()
      return seen
    }
    const seen = await run()
    expect(seen).toEqual(await run())
    expect(seen.filter(status => status === 503).length).toBeGreaterThan(3)
  })

  test('by a header of the request, with the control token only', async () => {
    const headers = { 'x-sample-fault': 'status=500' }
    expect((await sample.get('/api/v1/instance/rules', { headers })).status).toBe(200)
    expect(
      (await sample.get('/api/v1/instance/rules', { headers: { ...headers, 'x-sample-control': 'control' } })).status,
    ).toBe(500)
  })

  test('from elsewhere, under the control address', async () => {
    const headers = { 'x-sample-control': 'control' }
    await sample.post('/__sample/faults', {
      as: null,
      headers,
      json: { spec: 'throttled-bare/api/v1/admin/reports', times: 1 },
    })
    expect((await sample.get('/api/v1/admin/reports')).status).toBe(429)
    expect((await sample.get('/api/v1/admin/reports')).status).toBe(200)
    expect((await sample.post('/__sample/faults', { as: null, headers, json: { spec: 'nonsense' } })).status).toBe(422)
  })
})

test('a specification names kind, value, share and path', () => {
  expect(parseFaults('delayed=300@50%/api/v1, cut-after, trickled=20')).toEqual([
    { fault: { kind: 'delayed', ms: 300 }, match: { path: '/api/v1', chance: 0.5 } },
    { fault: { kind: 'cut-after' }, match: {} },
    { fault: { kind: 'trickled', bytes: 1024, everyMs: 20 }, match: {} },
  ])
  expect(() => parseFaults('explode')).toThrow(RangeError)
  expect(() => parseFaults('delayed=soon')).toThrow(RangeError)
})
