import { expect, test } from 'vitest'
import { makeBudget } from '../../src/main/engine/mastodon/budget.ts'
import { listReports } from '../../src/main/engine/mastodon/endpoints/reports.ts'
import { outcomeOf } from '../../src/main/engine/mastodon/outcome.ts'
import { makeGuard } from '../../src/main/engine/mastodon/request.ts'
import { makeSession, originOf } from '../../src/main/engine/mastodon/session.ts'
import { createClock } from '../../src/main/sample/clock.ts'
import { NOON } from './ground.ts'
import { deadAddress, serveLocally } from './local-server.ts'

const realFetch = globalThis.fetch
const json = { 'content-type': 'application/json' }
const signal = new AbortController().signal

/** A guard and a session on one server, with a token of its own. */
const openLine = (origin: string, clock = createClock(NOON, { running: false })) => {
  const guard = makeGuard(realFetch, clock)
  const session = makeSession({
    key: 's1',
    origin,
    release: 406,
    token: 'the-token',
    budget: makeBudget(clock, () => 0),
  })
  const limits = { cls: 'interactive' as const, signal, timeoutMs: 30_000 }
  return {
    clock,
    session,
    guard,
    get: (path: string) => guard.exchange(session, limits, () => fetch(new URL(path, origin))),
    post: (path: string) =>
      guard.exchange(session, limits, () => fetch(new URL(path, origin), { method: 'POST', body: '{}' })),
  }
}

test.for([
  ['lantern.example', 'https://lantern.example'],
  ['  https://lantern.example/explore ', 'https://lantern.example'],
  ['lantern.example:8443', 'https://lantern.example:8443'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://127.0.0.1:3000/x', 'http://127.0.0.1:3000'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['BÜCHER.example', 'https://xn--bcher-kva.example'],
  ['lantern.example.', 'https://lantern.example'],
  ['https://lantern.example/@ada@other.example', 'https://lantern.example'],
  ['@ada@lantern.example', 'https://lantern.example'],
  ['@ada@lantern.example:8443', 'https://lantern.example:8443'],
  ['<https://lantern.example/about>', 'https://lantern.example'],
  ['„lantern.example“,', 'https://lantern.example'],
  ['(lantern.example).', 'https://lantern.example'],
] as const)('an address %s is the origin %s', ([typed, origin]) => {
  expect(originOf(typed)).toBe(origin)
})

test.for([
  ['http://lantern.example', 'failure.http'],
  ['http://127.0.0.1.lantern.example', 'failure.http'],
  ['http://localhost.lantern.example', 'failure.http'],
  ['http://10.0.0.1', 'failure.http'],
  ['ftp://lantern.example', 'failure.no-address'],
  ['javascript:alert(1)', 'failure.no-address'],
  ['file:///etc/passwd', 'failure.no-address'],
  ['https://user:secret@lantern.example', 'failure.no-address'],
  ['', 'failure.no-address'],
  ['https://', 'failure.no-address'],
  ['lantern,example', 'failure.no-address'],
  ['lantern.example, other.example', 'failure.no-address'],
  ['ada@lantern.example', 'failure.handle'],
] as const)('an address %s is refused: %s', ([typed, reason]) => {
  expect(() => originOf(typed)).toThrow(expect.objectContaining({ detail: expect.objectContaining({ reason }) }))
})

test('outside an engine call nothing gets out', async () => {
  openLine('https://lantern.example')
  await expect(fetch('https://lantern.example/')).rejects.toMatchObject({ detail: { reason: 'failure.unguarded' } })
})

test('another origin is refused before anything is sent', async () => {
  let asked = 0
  await using other = await serveLocally((_request, response) => {
    asked++
    response.end()
  })
  const line = openLine('https://lantern.example')
  for (const url of [
    other.url,
    'http://lantern.example/',
    'https://lantern.example:444/',
    'https://lantern.example.evil.example/',
  ])
    expect(
      await line.guard.exchange(line.session, { cls: 'interactive', signal, timeoutMs: 1_000 }, () => fetch(url)),
    ).toMatchObject({
      fate: 'not-sent',
      failure: { detail: { reason: 'failure.other-origin' } },
    })
  expect(asked).toBe(0)
})

test('what is no whole JSON answer counts as none', async () => {
  const answers: Record<string, [Record<string, string>, Buffer | string]> = {
    '/html': [{ 'content-type': 'text/html' }, '{}'],
    '/none': [{}, '{}'],
    '/empty': [json, ''],
    '/half': [json, '{"a":'],
    '/latin': [json, Buffer.from([0x22, 0xe9, 0x22])],
    '/jsonp': [{ 'content-type': 'application/jsonp' }, '{}'],
  }
  await using server = await serveLocally((request, response) => {
    const [headers, body] = answers[request.url ?? ''] ?? [json, '\uFEFF{"fine":true}']
    response.writeHead(200, headers).end(body)
  })
  const line = openLine(server.url)
  for (const path of Object.keys(answers)) {
    const exchange = await line.post(path)
    expect([path, exchange.fate === 'answered' && exchange.json, outcomeOf(exchange).kind]).toEqual([
      path,
      undefined,
      'unknown',
    ])
  }
  expect(await line.get('/bom')).toMatchObject({ json: { fine: true } })
})

test('a body of more than 32 MB is refused, and memory does not grow with it', async () => {
  let sent = 0
  await using server = await serveLocally((_request, response) => {
    response.writeHead(200, json)
    const chunk = Buffer.alloc(1 << 20, 0x20)
    const more = () => {
      while (!response.destroyed && sent < 400) {
        sent++
        if (!response.write(chunk)) return response.once('drain', more)
      }
      response.end()
    }
    more()
  })
  const line = openLine(server.url)
  const before = process.memoryUsage().rss
  expect(await line.get('/large')).toMatchObject({
    fate: 'unknown',
    failure: { detail: { reason: 'failure.too-large' } },
  })
  expect(sent).toBeLessThan(400)
  expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20)
})

test('a slow drip ends with the time-out, and the line is closed', async () => {
  let closed = false
  await using server = await serveLocally((_request, response) => {
    response.writeHead(200, json).write('[')
    const drip = setInterval(() => response.write(' '), 5)
    response.once('close', () => {
      clearInterval(drip)
      closed = true
    })
  })
  const line = openLine(server.url)
  let ended = false
  const exchange = line.get('/drip').finally(() => {
    ended = true
  })
  while (!ended) {
    await new Promise(resolve => setTimeout(resolve, 5))
    line.clock.advance(1_000)
  }
  expect(await exchange).toMatchObject({ fate: 'unknown', failure: { code: 'timeout' } })
  while (!closed) await new Promise(resolve => setTimeout(resolve, 5))
})

test('not sent is only what never left: a line that stood and broke is unknown, with the same code', async () => {
  const clock = createClock(NOON, { running: false })
  const fails = (error: Error) => {
    const guard = makeGuard(() => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: error })), clock)
    const { session } = openLine('https://lantern.example', clock)
    return guard.exchange(session, { cls: 'decision', signal, timeoutMs: 1_000 }, () =>
      fetch('https://lantern.example/x', { method: 'POST' }),
    )
  }
  const of = (code: string, syscall?: string) =>
    Object.assign(new Error(code), { code, ...(syscall ? { syscall } : {}) })
  expect((await fails(of('ENOTFOUND', 'getaddrinfo'))).fate).toBe('not-sent')
  expect((await fails(of('EHOSTUNREACH', 'connect'))).fate).toBe('not-sent')
  expect((await fails(new AggregateError([of('ECONNREFUSED', 'connect'), of('ENETUNREACH', 'connect')]))).fate).toBe(
    'not-sent',
  )
  expect((await fails(of('CERT_HAS_EXPIRED'))).fate).toBe('not-sent')
  const sentCodes = [
    of('EHOSTUNREACH', 'read'),
    of('ECONNRESET', 'read'),
    of('EPIPE', 'write'),
    of('UND_ERR_SOCKET'),
    of('ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC'),
    of('UND_ERR_HEADERS_TIMEOUT'),
  ]
  for (const error of sentCodes) expect([error.message, (await fails(error)).fate]).toEqual([error.message, 'unknown'])
  const line = openLine(await deadAddress())
  expect((await line.post('/x')).fate).toBe('not-sent')
})

test('one page of reports asks as each release understands it', async () => {
  const asked: string[] = []
  await using server = await serveLocally((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(200, json).end('[]')
  })
  const { guard, session } = openLine(server.url)
  await listReports(guard, session, { resolved: false, limit: 200, cls: 'background', signal })
  await listReports(guard, session, { resolved: true, limit: 200, min: '9007199254740993', cls: 'background', signal })
  expect(asked).toEqual([
    '/api/v1/admin/reports?limit=200',
    '/api/v1/admin/reports?resolved=true&limit=200&min_id=9007199254740993',
  ])
})
