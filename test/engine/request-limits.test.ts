import { createServer as createTcpServer } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeBudget, type RequestClass } from '../../src/main/engine/mastodon/budget.ts'
import { isDeeperThan } from '../../src/main/engine/mastodon/json.ts'
import { outcomeOf } from '../../src/main/engine/mastodon/outcome.ts'
import { makeGuard } from '../../src/main/engine/mastodon/request.ts'
import { makeSession } from '../../src/main/engine/mastodon/session.ts'
import { createClock } from '../../src/main/sample/clock.ts'
import { NOON } from './ground.ts'
import { serveLocally } from './local-server.ts'

const realFetch = globalThis.fetch
const json = { 'content-type': 'application/json' }
const never = new AbortController().signal

/** A guard and a session on one server; `ask` counts nothing but its own answers. */
const openLine = (origin: string, fetchOf: typeof realFetch = realFetch) => {
  const clock = createClock(NOON, { running: false })
  const guard = makeGuard(fetchOf, clock)
  const session = makeSession({
    key: 's1',
    origin,
    ownNetwork: 'loopback',
    release: 406,
    token: 't',
    budget: makeBudget(clock, () => 0),
  })
  const ask = (method = 'GET', cls: RequestClass = 'background', signal = never) =>
    guard.exchange(session, { cls, signal, timeoutMs: 30_000 }, () => fetch(new URL('/x', origin), { method }))
  return { clock, ask }
}

test('five failures in half a minute, and a server that is away is asked once a minute; a person may try every ten seconds', async () => {
  let asked = 0
  let answer: () => Response = () => new Response('', { status: 503 })
  const { clock, ask } = openLine('https://lantern.example', async () => {
    asked++
    return answer()
  })
  for (let n = 0; n < 6; n++) {
    expect(await ask(), 'spread over more than half a minute').toMatchObject({ fate: 'answered', status: 503 })
    clock.advance(8_000)
  }
  for (let n = 0; n < 2; n++) expect(await ask()).toMatchObject({ status: 503 })
  for (let n = 0; n < 40; n++)
    expect(await ask('POST', 'decision')).toMatchObject({
      fate: 'not-sent',
      failure: { code: 'offline', detail: { reason: 'failure.resting', seconds: 60 } },
    })
  expect(asked).toBe(8)
  clock.advance(9_999)
  expect(await ask('GET', 'interactive')).toMatchObject({ fate: 'not-sent', failure: { detail: { seconds: 1 } } })
  clock.advance(1)
  expect(await ask('GET', 'interactive')).toMatchObject({ status: 503 })
  clock.advance(59_999)
  expect(await ask()).toMatchObject({ fate: 'not-sent' })
  clock.advance(1)
  expect(await Promise.all([ask(), ask(), ask()]).then(all => all.map(({ fate }) => fate))).toEqual([
    'answered',
    'not-sent',
    'not-sent',
  ])
  expect(asked, 'one try, whoever asks').toBe(10)
  clock.advance(60_000)
  answer = () => new Response('{}', { headers: json })
  expect(await ask()).toMatchObject({ status: 200 })
  expect(await ask()).toMatchObject({ status: 200 })
})

test('what a server refuses, limits or stumbles over is no reason to leave it alone, nor is what was given up here', async () => {
  const statuses = [500, 401, 403, 404, 422, 500, 500, 500, 500, 500, 500, 500]
  const { ask } = openLine('https://lantern.example', async () => new Response('', { status: statuses.shift() ?? 200 }))
  for (let n = 0; n < 12; n++) expect((await ask()).fate).toBe('answered')
  let giveUp = new AbortController()
  let asked = 0
  const stopped = openLine('https://lantern.example', async () => {
    asked++
    giveUp.abort()
    throw giveUp.signal.reason
  })
  for (let n = 0; n < 8; n++) {
    giveUp = new AbortController()
    await stopped.ask('GET', 'interactive', giveUp.signal)
  }
  expect(asked).toBe(8)
})

test('a clock that is set back does not keep a server shut out', async () => {
  const clock = { at: NOON, now: () => clock.at, after: () => () => {} }
  let asked = 0
  const guard = makeGuard(async () => {
    asked++
    throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })
  }, clock)
  const session = makeSession({
    key: 's1',
    origin: 'https://a.example',
    release: 406,
    token: '',
    budget: makeBudget(clock),
  })
  const ask = () =>
    guard.exchange(session, { cls: 'background', signal: never, timeoutMs: 1 }, () => fetch('https://a.example/'))
  for (let n = 0; n < 6; n++) await ask()
  expect(asked).toBe(5)
  clock.at -= 10 * 365 * 86_400_000
  await ask()
  expect(asked).toBe(6)
})

test('a body that rests for half a minute is given up, one that goes on is not', async () => {
  const waiting: (() => void)[] = []
  await using server = await serveLocally((_request, response) => {
    response.writeHead(200, json).write('[1')
    waiting.push(() => response.end(']'))
  })
  for (const rests of [true, false]) {
    const { clock, ask } = openLine(server.url)
    let ended = false
    const exchange = ask().finally(() => {
      ended = true
    })
    while (waiting.length === 0) await new Promise(resolve => setTimeout(resolve, 1))
    await new Promise(resolve => setTimeout(resolve, 30))
    clock.advance(29_000)
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(ended).toBe(false)
    const goOn = waiting.shift()
    if (rests) clock.advance(1_000)
    else goOn?.()
    expect(await exchange).toMatchObject(
      rests ? { fate: 'unknown', failure: { code: 'timeout' } } : { fate: 'answered', json: [1] },
    )
  }
})

test('JSON that lies deeper than any answer of Mastodon counts as none, and is not even parsed', async () => {
  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  let body = ''
  await using server = await serveLocally((_request, response) => response.writeHead(200, json).end(body))
  const { ask } = openLine(server.url)
  body = deep(64)
  expect(await ask()).toMatchObject({ fate: 'answered', json: expect.any(Array) })
  body = deep(65)
  const exchange = await ask('POST')
  expect([exchange.fate === 'answered' && exchange.json, outcomeOf(exchange).kind]).toEqual([undefined, 'unknown'])
  // Parsed, this alone would take a gigabyte.
  body = '['.repeat(30 << 20)
  const before = process.memoryUsage().rss
  expect((await ask()).fate).toBe('answered')
  expect(process.memoryUsage().rss - before).toBeLessThan(300 << 20)
})

test('how deep a JSON text lies is found without parsing it, whatever stands in its texts', () => {
  const depthOf = (value: unknown): number =>
    value !== null && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
  fc.assert(
    fc.property(fc.json({ maxDepth: 8, stringUnit: 'binary' }), text => {
      const depth = depthOf(JSON.parse(text))
      const bytes = Buffer.from(text)
      expect([isDeeperThan(bytes, depth), depth > 0 && !isDeeperThan(bytes, depth - 1)]).toEqual([false, false])
    }),
    { numRuns: 2_000, seed: 1 },
  )
})

test('what speaks no https, and a name that nobody has, have their sentences', async () => {
  await using plain = await serveLocally((_request, response) => response.end('{}'))
  const noTls = await openLine(plain.url.replace('http:', 'https:')).ask()
  expect(noTls).toMatchObject({ failure: { code: 'offline', detail: { reason: 'failure.no-tls' } } })
  const { ask } = openLine('https://nowhere.invalid', async () => {
    const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
    throw Object.assign(new TypeError('fetch failed'), { cause })
  })
  expect(await ask()).toMatchObject({
    fate: 'not-sent',
    failure: { code: 'offline', detail: { reason: 'failure.no-such-name' } },
  })
})

test('a server that takes the line and then says nothing is given up after ten seconds, with nothing sent', async () => {
  const silent = createTcpServer(() => {})
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : 0
  const begun = performance.now()
  const exchange = await openLine(`https://127.0.0.1:${port}`).ask('POST')
  silent.close()
  expect(exchange).toMatchObject({
    fate: 'not-sent',
    failure: { code: 'offline', detail: { code: 'UND_ERR_CONNECT_TIMEOUT' } },
  })
  expect(performance.now() - begun).toBeLessThan(13_000)
})
