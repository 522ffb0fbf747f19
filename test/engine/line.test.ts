import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import { type AddressInfo, createServer, type LookupFunction, type Socket } from 'node:net'
import tls from 'node:tls'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makeBudget } from '../../src/main/engine/mastodon/budget.ts'
import { outcomeOf } from '../../src/main/engine/mastodon/outcome.ts'
import { makeGuard } from '../../src/main/engine/mastodon/request.ts'
import { makeSession } from '../../src/main/engine/mastodon/session.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { realFetch } from './ground.ts'
import { serveLocally } from './local-server.ts'

const never = new AbortController().signal

/** A way to ask a server at an origin for one thing. */
const open = (origin: string, lookup?: LookupFunction) => {
  const guard = makeGuard(realFetch, systemClock, undefined, undefined, { lookup })
  const budget = makeBudget(systemClock, () => 0)
  const session = makeSession({ key: 's1', origin, ownNetwork: 'loopback', release: 406, token: 't', budget })
  return (method = 'GET', timeoutMs = 20_000) =>
    guard.exchange(session, { cls: 'interactive', signal: never, timeoutMs }, () =>
      fetch(`${origin}/x`, method === 'GET' ? {} : { method, body: '{"type":"suspend"}' }),
    )
}

/** Bytes of our own for whoever connects, once their request came whole. */
const serveBytes = async (answer: (socket: Socket, asked: string) => void) => {
  let came = 0
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    let text = ''
    socket.on('data', data => {
      text += data
      const [head = '', body = ''] = text.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (!text.includes('\r\n\r\n') || body.length < length) return
      came++
      answer(socket, text)
      text = ''
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port }: AddressInfo = Object(server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    came: () => came,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>(resolve => void server.close(() => resolve()))
    },
  }
}

const good = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

test('whatever a server answers, a write reaches it once: fetch itself would send one again after a 421', async () => {
  let status = 200
  let came = 0
  await using server = await serveLocally((request, response) => {
    came++
    request.resume().once('end', () => {
      const headers = { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="x"', 'retry-after': '0' }
      response.writeHead(status, { ...headers, location: '/x' }).end(status === 204 || status === 304 ? '' : '{}')
    })
  })
  const kinds: Record<string, number[]> = {}
  for (status = 200; status < 600; status++) {
    came = 0
    const { kind } = outcomeOf(await open(server.url)('POST'))
    expect([status, came]).toEqual([status, 1])
    kinds[kind] = [...(kinds[kind] ?? []), status]
  }
  // What each means is DESIGN's table; what is not in it is in doubt.
  expect({ ...kinds, unknown: kinds.unknown?.length }).toEqual({
    done: [200],
    refused: [400, 404, 422],
    'signed-out': [401],
    forbidden: [403],
    throttled: [429],
    unknown: 393,
  })
})

test('a kept line that the server closes as the next write leaves: that one is in doubt, and never sent again by itself', async () => {
  await using server = await serveBytes((socket, asked) => {
    if (asked.startsWith('GET')) socket.write(`${good}content-length: 2\r\n\r\n[]`)
    else socket.destroy()
  })
  const ask = open(server.url)
  expect(await ask()).toMatchObject({ fate: 'answered' })
  expect(await ask('POST')).toMatchObject({ fate: 'unknown' })
  expect(server.came()).toBe(2)
})

test.each<[string, string]>([
  ['in the middle of the headers', 'HTTP/1.1 200 OK\r\ncontent-type: appli'],
  ['in the middle of a body whose length was told', `${good}content-length: 90\r\n\r\n{"id":"1"}`],
  ['in the middle of pieces', `${good}transfer-encoding: chunked\r\n\r\na\r\n{"id":"1"}\r\n`],
  ['before the first byte', ''],
])('an answer that ends %s is none, though what came of it would parse', async (_where, bytes) => {
  await using server = await serveBytes(socket => socket.end(bytes))
  const ask = open(server.url)
  for (const method of ['GET', 'POST']) expect([method, (await ask(method)).fate]).toEqual([method, 'unknown'])
  expect(server.came()).toBe(2)
})

test('headers of more than 64 KB are refused, and what is said before the answer is passed over, however often', async () => {
  const early = 'HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n'
  let bytes = ''
  await using server = await serveBytes(socket => socket.write(bytes))
  const ask = open(server.url)
  bytes = `${good}x-long: ${'x'.repeat(65 << 10)}\r\ncontent-length: 2\r\n\r\n[]`
  expect(await ask('POST')).toMatchObject({ fate: 'unknown', failure: { code: 'offline' } })
  bytes = `${good}${Array.from({ length: 4_000 }, (_, n) => `x-${n}: 0123456789\r\n`).join('')}content-length: 2\r\n\r\n[]`
  expect(await ask()).toMatchObject({ fate: 'unknown', failure: { code: 'offline' } })
  bytes = `${early.repeat(20_000)}${good}content-length: 2\r\n\r\n[]`
  const before = process.memoryUsage().rss
  expect(await ask()).toMatchObject({ fate: 'answered', json: [] })
  expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20)
})

test('a part, or nothing new, where the whole was asked for is no answer', async () => {
  let status = 0
  await using server = await serveLocally((_request, response) => {
    const headers = { 'content-type': 'application/json', 'content-range': 'bytes 0-1/900' }
    response.writeHead(status, headers).end(status === 206 ? '[]' : '')
  })
  for (status of [206, 304, 204]) {
    const exchange = await open(server.url)()
    expect([exchange.fate === 'answered' && exchange.status, outcomeOf(exchange).kind]).toEqual([status, 'unknown'])
  }
})

test('one byte a second does not hold its place for ever: the whole has its time, and the place is free again', async () => {
  let drip: NodeJS.Timeout | undefined
  await using server = await serveBytes(socket => {
    socket.write(`${good}content-length: 100000\r\n\r\n[`)
    drip = setInterval(() => socket.write(' '), 20)
  })
  const ask = open(server.url)
  expect(await ask('GET', 300)).toMatchObject({ fate: 'unknown', failure: { code: 'timeout' } })
  clearInterval(drip)
})

test('one of two addresses that leads nowhere does not keep one from the other', async () => {
  await using server = await serveBytes(socket => socket.write(`${good}content-length: 2\r\n\r\n[]`))
  const lookup: LookupFunction = (_name, _options, answer) =>
    answer(null, [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ])
  expect(await open(`http://both.example:${server.port}`, lookup)()).toMatchObject({ fate: 'answered', json: [] })
  expect(server.came()).toBe(1)
})

test('a server that would speak HTTP/2 is spoken to in HTTP/1.1: one request a line, so that none is in doubt with another', async () => {
  const file = (name: string) => readFileSync(`test/data/certificates/${name}`, 'utf8')
  const before = tls.getCACertificates('default')
  tls.setDefaultCACertificates([...before, file('ca.pem')])
  const server = createSecureServer(
    { key: file('leaf.key'), cert: file('good.pem'), allowHTTP1: true },
    (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(request.httpVersion))
    },
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port }: AddressInfo = Object(server.address())
  const exchange = await open(`https://127.0.0.1:${port}`)('POST')
  server.close()
  tls.setDefaultCACertificates(before)
  expect(exchange).toMatchObject({ fate: 'answered', json: '1.1' })
})

test('a Node whose way out cannot be looked at sends nothing, and says which one to use', async () => {
  const source = (name: string) => new URL(`../../src/${name}.ts`, import.meta.url).href
  const script = `
    void globalThis.Headers
    globalThis[Symbol.for('undici.globalDispatcher.1')] = undefined
    const { makeReach, newPassage } = await import(${JSON.stringify(source('main/engine/mastodon/reach'))})
    const { causeOf } = await import(${JSON.stringify(source('main/engine/mastodon/cause'))})
    const { sayFailure } = await import(${JSON.stringify(source('shared/messages/say'))})
    const fetchOf = () => { throw new Error('asked') }
    await makeReach(fetchOf)(null, new URL('https://lindenhof.example/'), {}, newPassage()).catch(error =>
      console.log(JSON.stringify({ before: causeOf(error).before, says: sayFailure(error) })))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(JSON.parse(stdout)).toEqual({
    before: true,
    says: expect.stringMatching(/^This Node, v\d.* nothing was sent\. Start Howdah with the Node that it brings/),
  })
})
