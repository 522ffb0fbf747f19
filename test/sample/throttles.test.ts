/** Rate limits: aligned windows, one count for all limits that match, headers of the nearest one. */
import { expect, onTestFinished, test } from 'vitest'
import { type Conversation, converse, type Reply } from './converse.ts'

async function open(release = '4.6.5'): Promise<Conversation> {
  const sample = await converse({ throttles: true, release })
  onTestFinished(() => sample.close())
  return sample
}

/** Asks a cheap address so many times; the last answer. */
async function repeat(
  sample: Conversation,
  times: number,
  as: string | null,
  path = '/api/v1/instance/rules',
): Promise<Reply> {
  let last = await sample.get(path, { as })
  for (let n = 1; n < times; n += 1) last = await sample.get(path, { as })
  return last
}

const limits = (reply: Reply): (string | null)[] =>
  ['limit', 'remaining', 'reset'].map(name => reply.headers.get(`x-ratelimit-${name}`))

test('a token has 300 calls in five minutes; the window is aligned, not begun by the first call', async () => {
  const sample = await open()
  sample.clock.advance(290_123)
  expect(limits(await repeat(sample, 300, 'owner'))).toEqual(['300', '0', '2026-11-23T12:05:00.123000Z'])
  const refused = await sample.get('/api/v1/instance/rules')
  expect([refused.status, refused.body]).toEqual([429, { error: 'Too many requests' }])
  expect(refused.headers.get('content-type')).toBe('application/json')
  expect(refused.headers.has('retry-after')).toBe(false)
  expect(refused.headers.get('date')).toBe('Mon, 23 Nov 2026 12:04:50 GMT')
  expect(limits(refused)).toEqual(['300', '0', '2026-11-23T12:05:00.123000Z'])
  sample.clock.advance(9_877)
  expect(limits(await sample.get('/api/v1/instance/rules'))).toEqual(['300', '299', '2026-11-23T12:10:00.000000Z'])
})

test('another token of the same person is another count, up to 1500 for the person', async () => {
  const sample = await open()
  const tokens = Array.from({ length: 6 }, () => sample.token('owner', 'read'))
  for (const token of tokens.slice(0, 5)) expect((await repeat(sample, 300, token)).status).toBe(200)
  expect(limits(await sample.get('/api/v1/instance/rules', { as: tokens[5] ?? '' }))).toEqual([
    '1500',
    '0',
    '2026-11-23T12:05:00.000000Z',
  ])
})

test('the headers tell of the limit with the fewest calls left: a cursor shows the quarter of an hour', async () => {
  const sample = await open()
  const path = '/api/v1/admin/reports?limit=1&max_id=2'
  for (let n = 0; n < 3; n += 1) await sample.get(path)
  sample.clock.advance(300_000)
  expect(limits(await sample.get(path))).toEqual(['300', '296', '2026-11-23T12:15:00.000000Z'])
  expect(limits(await sample.get('/api/v1/instance/rules'))).toEqual(['300', '298', '2026-11-23T12:10:00.000000Z'])
})

test('paging is counted a person, whatever the token; the first page is not', async () => {
  const sample = await open()
  const other = sample.token('owner', 'admin:read')
  await repeat(sample, 150, 'owner', '/api/v1/admin/tags?max_id=1')
  sample.clock.advance(300_000)
  await repeat(sample, 150, other, '/api/v1/admin/tags?min_id=1')
  expect((await sample.get('/api/v1/admin/tags?since_id=1')).status).toBe(429)
  expect((await sample.get('/api/v1/admin/tags')).status).toBe(200)
  expect((await sample.get('/api/v1/admin/tags?max_id=')).status).toBe(200)
})

test('nobody, and an unknown token, count by address', async () => {
  const sample = await open()
  await repeat(sample, 150, null)
  await repeat(sample, 150, 'nonsense')
  expect((await sample.get('/api/v1/instance/rules', { as: null })).status).toBe(429)
  expect((await sample.get('/api/v1/instance/rules')).status).toBe(200)
})

test('an address that does not exist is counted too', async () => {
  const sample = await open()
  await repeat(sample, 299, 'owner', '/api/v1/nothing')
  expect(limits(await sample.get('/api/v1/instance/rules'))).toEqual(['300', '0', '2026-11-23T12:05:00.000000Z'])
})

test('applications: five in ten minutes', async () => {
  const sample = await open()
  const register = () =>
    sample.post('/api/v1/apps', { as: null, json: { client_name: 'a', redirect_uris: 'http://127.0.0.1/callback' } })
  for (let n = 0; n < 5; n += 1) expect((await register()).status).toBe(200)
  expect(limits(await register())).toEqual(['5', '0', '2026-11-23T12:10:00.000000Z'])
  sample.clock.advance(600_000)
  expect((await register()).status).toBe(200)
})

test('reports filed: 400 a day, told in place of the other limits', async () => {
  const sample = await open()
  const file = () =>
    sample.post('/api/v1/reports', { as: 'member', json: { account_id: sample.id('ivan@harbour.example') } })
  expect(limits(await file())).toEqual(['400', '399', '2026-11-24T00:00:00.000000Z'])
  for (let n = 1; n < 400; n += 1) {
    if (n === 299) sample.clock.advance(300_000)
    expect((await file()).status).toBe(200)
  }
  expect((await file()).status).toBe(429)
})

test('deleting posts: 30 in half an hour', async () => {
  const sample = await open()
  for (let n = 0; n < 30; n += 1) expect((await sample.delete('/api/v1/statuses/1')).status).toBe(404)
  expect((await sample.delete('/api/v1/statuses/1')).status).toBe(429)
})

test('signing in: 25 in five minutes an address; media of others: 30 in ten', async () => {
  const sample = await open()
  const decide = () => sample.post('/oauth/authorize', { as: null, form: { decision: 'authorize', as: 'member' } })
  for (let n = 0; n < 25; n += 1) expect((await decide()).status).toBe(401)
  expect((await decide()).status).toBe(429)
  expect((await repeat(sample, 30, 'owner', '/media_proxy/1/original')).status).toBe(404)
  expect((await sample.get('/media_proxy/1/original')).status).toBe(429)
})

test('before 4.3 this machine is exempt', async () => {
  const sample = await open('4.2.0')
  const last = await repeat(sample, 301, 'owner')
  expect([last.status, last.headers.has('x-ratelimit-limit')]).toEqual([200, false])
})
