import { execFile } from 'node:child_process'
import type { ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeBudget } from '../../src/main/engine/mastodon/budget.ts'
import { outcomeOf } from '../../src/main/engine/mastodon/outcome.ts'
import { makeGuard } from '../../src/main/engine/mastodon/request.ts'
import { makeSession } from '../../src/main/engine/mastodon/session.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { realFetch } from './ground.ts'
import { serveLocally } from './local-server.ts'

const json = { 'content-type': 'application/json' }
const blank = (megabytes: number) => Buffer.alloc(megabytes << 20, 0x20)

/** Writes the same piece over and over, for as long as somebody reads; answers how often. */
const repeat = (response: ServerResponse, piece: Buffer, times: number) => {
  let written = 0
  const more = () => {
    while (!response.destroyed && written < times) {
      written++
      if (!response.write(piece)) return response.once('drain', more)
    }
    response.end()
  }
  more()
  return () => written
}

/** A server whose every path answers as packed as it says. */
const servePacked = (answers: Record<string, { encoding: string; body: Buffer; times?: number }>) => {
  const written: Record<string, () => number> = {}
  const asked: (string | string[] | undefined)[] = []
  const server = serveLocally((request, response) => {
    asked.push(request.headers['accept-encoding'])
    const path = request.url ?? ''
    const { encoding, body, times = 1 } = answers[path] ?? { encoding: 'identity', body: Buffer.from('[]') }
    response.writeHead(200, { ...json, 'content-encoding': encoding })
    written[path] = repeat(response, body, times)
  })
  return server.then(({ url, ...rest }) => ({ url, ...rest, asked, written: (path: string) => written[path]?.() ?? 0 }))
}

/** What becomes of one read. */
const ask = (origin: string, path: string, signal = new AbortController().signal) => {
  const guard = makeGuard(realFetch, systemClock)
  const budget = makeBudget(systemClock, () => 0)
  const session = makeSession({ key: 's1', origin, release: 406, token: 't', budget })
  return guard.exchange(session, { cls: 'interactive', signal, timeoutMs: 30_000 }, () => fetch(new URL(path, origin)))
}

test('bombs of every packing, ten gigabytes each, are refused, and memory grows by less than 64 MB', async () => {
  const gzip = gzipSync(blank(10))
  const br = brotliCompressSync(blank(10), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  const page = JSON.stringify(Array.from({ length: 40_000 }, (_, n) => ({ id: `${n}`, text: `${n * 7_919} of many` })))
  const bombs = {
    // A gzip file may be several, one after the other.
    '/gzip': { encoding: 'gzip', body: gzip, times: 1_000 },
    '/x-gzip': { encoding: 'X-GZIP', body: gzip, times: 1_000 },
    '/br': { encoding: 'br', body: br, times: 1_000 },
    '/zstd': { encoding: 'zstd', body: zstdCompressSync(blank(10)), times: 1_000 },
    '/deflate': { encoding: 'deflate', body: deflateSync(blank(10)), times: 1_000 },
    '/twice': { encoding: 'gzip, gzip', body: gzipSync(gzip), times: 1_000 },
  }
  await using server = await servePacked({ '/page': { encoding: 'gzip', body: gzipSync(page) }, ...bombs })
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL('./bomb-child.ts', import.meta.url)),
    server.url,
    ...Object.keys(bombs),
  ])
  const { found, grown }: { found: Record<string, string>; grown: number } = JSON.parse(stdout)
  expect(found).toEqual({
    '/gzip': 'failure.too-large',
    '/x-gzip': 'failure.too-large',
    '/br': 'failure.packing',
    '/zstd': 'failure.packing',
    '/deflate': 'failure.packing',
    '/twice': 'failure.packing',
  })
  expect(server.written('/gzip')).toBeLessThan(1_000)
  expect(grown).toBeLessThan(64 << 20)
})

test('more than a hundred times its size is too much, though less than the cap; an honest page of reports that are alike is not', async () => {
  const item = { ...Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`field${n}`, n * 7_919])), note: '' }
  const alike = JSON.stringify(Array.from({ length: 2_000 }, (_, n) => ({ ...item, id: `${1_140_000_000 + n}` })))
  const [spare, packed] = [blank(20), gzipSync(alike)]
  expect(alike.length).toBeLessThan(8 << 20)
  expect(alike.length / packed.length).toBeGreaterThan(40)
  const honest = Buffer.concat(
    Array.from({ length: 20_000 }, (_, n) => Buffer.from(JSON.stringify({ id: n, text: `${n * 7_919} `.repeat(60) }))),
  )
  await using server = await servePacked({
    '/alike': { encoding: 'gzip', body: packed },
    '/bomb': { encoding: 'gzip', body: gzipSync(spare) },
    '/honest': { encoding: 'gzip', body: gzipSync(honest) },
    '/plain': { encoding: 'identity', body: spare },
  })
  expect(await ask(server.url, '/alike')).toMatchObject({ fate: 'answered', json: expect.any(Array) })
  expect(honest.length).toBeGreaterThan(8 << 20)
  for (const path of ['/honest', '/plain'])
    expect([path, (await ask(server.url, path)).fate]).toEqual([path, 'answered'])
  expect(await ask(server.url, '/bomb')).toMatchObject({ failure: { detail: { reason: 'failure.too-large' } } })
  expect(new Set(server.asked)).toEqual(new Set(['gzip']))
})

test('a packed body that is cut, or is no such packing at all, counts as none', async () => {
  const packed = gzipSync(JSON.stringify(Array.from({ length: 5_000 }, (_, n) => n * 7_919)))
  await using server = await servePacked({
    '/cut': { encoding: 'gzip', body: packed.subarray(0, packed.length >> 1) },
    '/none': { encoding: 'gzip', body: Buffer.from('[]') },
    '/wrong': { encoding: 'gzip', body: Buffer.concat([packed.subarray(0, 200), Buffer.alloc(2_000, 7)]) },
    '/odd': { encoding: 'snappy', body: Buffer.from('[]') },
  })
  for (const path of ['/cut', '/none', '/wrong', '/odd'])
    expect([path, outcomeOf(await ask(server.url, path)).kind]).toEqual([path, 'unknown'])
})
