import { expect, test } from 'vitest'
import { makeBudget } from '../../src/main/engine/mastodon/budget.ts'
import { outcomeOf } from '../../src/main/engine/mastodon/outcome.ts'
import { makeGuard } from '../../src/main/engine/mastodon/request.ts'
import { makeSession } from '../../src/main/engine/mastodon/session.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { realFetch } from './ground.ts'
import { serveLocally } from './local-server.ts'

const json = { 'content-type': 'application/json' }
const statuses = [301, 302, 303, 307, 308] as const
/** Ways to lead elsewhere; `other` is another server that would answer, `port` ours. */
const away: readonly ((other: string, port: string) => string)[] = [
  other => `${other}/caught`,
  other => other.replace('http:', ''),
  other => other.replace('http:', '').replaceAll('/', '\\'),
  other => other.replace('127.0.0.1', 'localhost'),
  other => other.replace('127.0.0.1', '2130706433'),
  other => other.replace('http://', 'http://the-token@'),
  (_other, port) => `http://localhost:${port}/x`,
  (_other, port) => `https://127.0.0.1:${port}/x`,
  (_other, port) => `http://127.0.0.1.example:${port}/x`,
  (_other, port) => `http://127.0.0.1:${port}@portal.example/`,
  () => 'file:///etc/passwd',
  () => 'data:application/json,{}',
  () => 'javascript:alert(1)',
  () => 'http://',
  () => '',
]

test('sixty chains of redirects: a read follows three on its own origin, none to another, a write none; the token stays here', async () => {
  const caught: (string | undefined)[] = []
  await using other = await serveLocally((request, response) => {
    caught.push(request.headers.authorization)
    response.writeHead(200, json).end('{}')
  })
  let chain: readonly { status: number; location: string }[] = []
  let asked: string[] = []
  await using server = await serveLocally((request, response) => {
    const step = chain[asked.length]
    asked.push(`${request.method} ${request.headers.authorization}`)
    if (step) response.writeHead(step.status, step.location === '' ? {} : { location: step.location }).end()
    else response.writeHead(200, json).end('{"end":true}')
  })
  const { port } = new URL(server.url)
  const guard = makeGuard(realFetch, systemClock)
  const ask = async (method: string) => {
    asked = []
    const budget = makeBudget(systemClock, () => 0)
    const session = makeSession({ key: 's1', origin: server.url, release: 406, token: 'the-token', budget })
    const signal = new AbortController().signal
    return await guard.exchange(session, { cls: 'interactive', signal, timeoutMs: 10_000 }, () =>
      fetch(`${server.url}/0`, { method }),
    )
  }
  let chains = 0
  for (let within = 0; within < 4; within++)
    for (const [n, leads] of away.entries()) {
      chains++
      const [status, last] = [statuses[(n + within) % 5] ?? 302, statuses[n % 5] ?? 302]
      const own = Array.from({ length: within }, (_, hop) => ({ status, location: `/${hop + 1}` }))
      chain = [...own, { status: last, location: leads(other.url, port) }]
      expect([chain, await ask('GET')]).toMatchObject([
        chain,
        { fate: 'unknown', failure: { detail: { reason: 'failure.redirect' } } },
      ])
      expect(asked).toEqual(Array(within + 1).fill('GET Bearer the-token'))
      expect(outcomeOf(await ask('POST')).kind).toBe('unknown')
      expect(asked).toEqual(['POST Bearer the-token'])
    }
  expect([chains, caught]).toEqual([60, []])
  for (const hops of [1, 2, 3, 4, 60]) {
    chain = Array.from({ length: hops }, (_, hop) => ({ status: statuses[hop % 5] ?? 302, location: `/${hop + 1}` }))
    expect((await ask('GET')).fate).toBe(hops <= 3 ? 'answered' : 'unknown')
    expect(asked.length).toBe(Math.min(hops, 3) + 1)
  }
})
