import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeBudget } from '../../src/main/engine/mastodon/budget.ts'
import { listReports } from '../../src/main/engine/mastodon/endpoints/reports.ts'
import { parseJson } from '../../src/main/engine/mastodon/json.ts'
import { makeKnown } from '../../src/main/engine/mastodon/known.ts'
import { makeGuard } from '../../src/main/engine/mastodon/request.ts'
import { makeSession } from '../../src/main/engine/mastodon/session.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { arm, openGround, openRows, realFetch, signInAndSync, untilState } from './ground.ts'
import { serveLocally } from './local-server.ts'
import { mirrored, served } from './sync-ground.ts'

const headers = new Headers({ 'content-type': 'application/json' })
const signal = new AbortController().signal
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A few real reports, as the sample server tells them: the shortest. */
const realReports = async (): Promise<Record<string, unknown>[]> => {
  await using ground = await openGround()
  const answer = await realFetch(`${ground.server.url}/api/v1/admin/reports?limit=20`, {
    headers: { authorization: 'Bearer admin' },
  })
  const list: unknown = await answer.json()
  const length = (report: object) => JSON.stringify(report).length
  const reports = Array.isArray(list) ? list.filter(isRecord) : []
  return reports.sort((one, other) => length(one) - length(other)).slice(0, 3)
}

/** A server that answers with the body that was put last, and a way to ask it for reports. */
const serveReports = async () => {
  let body = '[]'
  const server = await serveLocally((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(body),
  )
  const guard = makeGuard(realFetch, systemClock)
  return {
    server,
    read: async (told: string, limit = 100) => {
      body = told
      const budget = makeBudget(systemClock, () => 0)
      const session = makeSession({ key: 's1', origin: server.url, release: 406, token: 't', budget })
      return await listReports(guard, session, { resolved: false, limit, cls: 'interactive', signal })
    },
  }
}

const evil = [
  '__proto__',
  'constructor',
  'prototype',
  'toJSON',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  '__defineGetter__',
]

test('five thousand payloads of names that objects have of their own: no prototype is touched, and none becomes one of its item', async () => {
  const before = Object.getOwnPropertyNames(Object.prototype).sort()
  const reports = await realReports()
  const { server, read } = await serveReports()
  await using _ = server
  const known = makeKnown()
  const value = fc.oneof(
    fc.json(),
    fc.constantFrom(
      '{"isAdmin":true}',
      '{"id":"1","resolved":true}',
      '{"prototype":{"polluted":1}}',
      'null',
      '"x"',
      '[1]',
    ),
  )
  let seen = 0
  const texts = fc
    .sample(fc.tuple(fc.constantFrom(...evil), value, fc.nat(), fc.boolean()), { numRuns: 5_000, seed: 1 })
    .map(([name, told, at, within]) => {
      const text = JSON.stringify(reports[at % reports.length])
      const member = `${JSON.stringify(name)}:${told},`
      // In the item itself, or in the account that it is about: twice, as JSON allows.
      return within
        ? text.replace('"target_account":{', found => `${found}${member}${member}`)
        : text.replace('{', found => `${found}${member}`)
    })
  for (let from = 0; from < texts.length; from += 100) {
    const page = texts.slice(from, from + 100)
    const { items, bad } = await read(`[${page.join(',')}]`)
    expect([items.length, bad]).toEqual([page.length, 0])
    for (const [n, item] of items.entries()) {
      seen++
      // Strict entities read what is named, and nothing by inheritance.
      expect(Object.getPrototypeOf(item)).toBe(Object.prototype)
      const plain: unknown = JSON.parse(page[n] ?? '')
      expect(item.id).toBe(isRecord(plain) ? plain.id : undefined)
    }
    const list = parseJson(headers, Buffer.from(`[${page.join(',')}]`), known)
    expect(isDeepStrictEqual(list, JSON.parse(`[${page.join(',')}]`))).toBe(true)
  }
  expect(seen).toBe(5_000)
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before)
  expect([Reflect.get({}, 'polluted'), Reflect.get({}, 'isAdmin'), Reflect.get([], 'polluted')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('ten thousand ids beyond 2^53 come as they were told, each its own', async () => {
  const [report] = await realReports()
  const { server, read } = await serveReports()
  await using _ = server
  const ids = Array.from({ length: 10_000 }, (_, n) =>
    String(2n ** 53n + BigInt(n) * 3n + (n % 2 === 0 ? 0n : 2n ** 62n)),
  )
  for (let from = 0; from < ids.length; from += 1_000) {
    const page = ids.slice(from, from + 1_000)
    const told = JSON.stringify(page.map(id => ({ ...report, id })))
    const { items, ids: named } = await read(told, 2_000)
    expect(items.map(({ id }) => id)).toEqual(page)
    expect(named).toEqual(page)
  }
})

test('ids beyond 2^53 go through file and wire, and back to the server, as they are', async () => {
  await using ground = await openGround({ faults: 'big-ids' })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  expect(mirrored(ground.folder)).toEqual(served(ground))
  const [row] = await openRows(desk)
  if (!row) throw new Error('no report')
  expect(BigInt(row.id)).toBeGreaterThan(2n ** 53n)
  const { id } = await arm(desk, { server: key, id: row.id }, 'report.close')
  await untilState(ground, desk, id, 'done')
  expect(ground.server.ledger.of(/\/resolve$/).map(({ path }) => path)).toEqual([
    `/api/v1/admin/reports/${row.id}/resolve`,
  ])
})
