import { execFile } from 'node:child_process'
import type { LookupAddress } from 'node:dns'
import type { AddressInfo, LookupFunction } from 'node:net'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makeBudget } from '../../src/main/engine/mastodon/budget.ts'
import { ownNetworkOf } from '../../src/main/engine/mastodon/own-network.ts'
import { makeGuard } from '../../src/main/engine/mastodon/request.ts'
import { makeSession } from '../../src/main/engine/mastodon/session.ts'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { openRows, realFetch, until } from './ground.ts'
import { open, reasonOf, signIn } from './sign-in-ground.ts'

/** What listens at every address of this computer, and counts who comes. */
const listen = async () => {
  let came = 0
  const server = createServer(socket => {
    came++
    socket.destroy()
  })
  await new Promise<void>(resolve => server.listen(0, '::', resolve))
  const { port }: AddressInfo = Object(server.address())
  return {
    port,
    came: () => came,
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => void server.close(() => resolve())),
  }
}

const at = (...addresses: string[]): LookupAddress[] =>
  addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))

/** Resolves names as told, with what comes next each time. */
const names = (told: Record<string, LookupAddress[][]>): LookupFunction => {
  const rest = new Map(Object.entries(told).map(([name, turns]) => [name, [...turns]]))
  return (name, _options, answer) => {
    const turns = rest.get(name) ?? []
    const turn = turns.length > 1 ? turns.shift() : turns[0]
    if (turn) answer(null, turn)
    else answer(Object.assign(new Error('no such name'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }), [])
  }
}

/** What becomes of one read, or of one write, of a server at that origin, where its own network was agreed to or not. */
const ask = (origin: string, lookup: LookupFunction, ownNetwork: string | null = null, method = 'GET') => {
  const guard = makeGuard(realFetch, systemClock, undefined, undefined, { lookup })
  const budget = makeBudget(systemClock, () => 0)
  const session = makeSession({ key: 's1', origin, ownNetwork, release: 406, token: 't', budget })
  const signal = new AbortController().signal
  return () =>
    guard.exchange(session, { cls: 'interactive', signal, timeoutMs: 5_000 }, () => fetch(`${origin}/api`, { method }))
}

/** Ways to write down, or to name, an address that is not of the internet. */
const disguised = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '0',
    '0.0.0.0',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
  ],
  ...[
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::1]',
    '[::]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
  ],
  ...['[::ffff:0:7f00:1]', '10.0.0.5', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '[fe80::1]'],
  ...['[fd00::1]', '[fc00::1]', '[fec0::1]', '100.64.0.1', '100.127.255.254', '192.0.0.8', '198.18.0.1', '224.0.0.1'],
  ...['255.255.255.255', '240.0.0.1', '[ff02::1]', '[::ffff:a00:5]', '[64:ff9b:1::a00:5]'],
  ...['loopback.example', 'mapped.example', 'six.example', 'lan.example', 'both.example'],
]
const leads = names({
  'loopback.example': [at('127.0.0.1')],
  'mapped.example': [at('::ffff:127.0.0.1')],
  'six.example': [at('::1')],
  'lan.example': [at('10.0.0.5', 'fd00::5')],
  'both.example': [at('::1', '127.0.0.1')],
})

test(`${disguised.length} ways to an address that is not of the internet: none is connected to, nothing was sent, and it is said`, async () => {
  await using listening = await listen()
  for (const host of disguised) {
    const exchange = await ask(new URL(`https://${host}:${listening.port}`).origin, leads, null, 'POST')()
    expect([host, exchange]).toMatchObject([
      host,
      { fate: 'not-sent', failure: { code: 'offline', detail: { reason: 'failure.own-network' } } },
    ])
  }
  expect(listening.came()).toBe(0)
  for (const public_ of ['1.1.1.1', '::ffff:8.8.8.8', '64:ff9b::101:101', '2606:4700::1111', '2002:101:101::1'])
    expect([public_, ownNetworkOf(public_)]).toEqual([public_, null])
})

test('an agreed network is connected to and no other, looked up at each connection: a name that leads elsewhere by then leads nowhere', async () => {
  await using listening = await listen()
  const { port } = listening
  const own = ask(
    `https://moves.example:${port}`,
    names({ 'moves.example': [at('127.0.0.1'), at('10.0.0.5')] }),
    'loopback',
  )
  expect(await own()).toMatchObject({ failure: { detail: { code: expect.any(String) } } })
  await until(listening.came, came => came > 0)
  const before = listening.came()
  const address = '10.0.0.5'
  expect(await own()).toMatchObject({
    fate: 'not-sent',
    failure: { detail: { reason: 'failure.own-network', address } },
  })
  // It asked for the router and got to this computer, or to what only a cloud's machines may ask.
  for (const elsewhere of ['127.0.0.1', '::1', '169.254.169.254']) {
    const moved = ask(`https://moved.example:${port}`, names({ 'moved.example': [at(elsewhere)] }), 'private')
    expect(await moved()).toMatchObject({ fate: 'not-sent', failure: { detail: { address: elsewhere } } })
  }
  expect(listening.came()).toBe(before)
  // Of several addresses those that may be are used.
  const some = ask(`https://some.example:${port}`, names({ 'some.example': [at('10.0.0.5', '127.0.0.1')] }), 'loopback')
  expect(await some()).not.toMatchObject({ failure: { detail: { reason: 'failure.own-network' } } })
  await until(listening.came, came => came > before)
})

test('signing in by a disguised address asks, goes on when a person agrees, and remembers it; who writes this computer down is not asked', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { port } = new URL(ground.server.url)
  const url = `http://2130706433:${port}`
  const refused = await desk.call('servers.signIn', { url, token: 'moderator' }).catch(error => error)
  expect(refused).toMatchObject({ code: 'offline', detail: { reason: 'failure.own-network', address: '127.0.0.1' } })
  expect(sayFailure(refused)).toMatch(/^127\.0\.0\.1 is no address of the internet .+ check the address\.$/)
  // An agreement to another network is none to this one.
  expect(await reasonOf(desk.call('servers.signIn', { url, token: 'moderator', privateAddress: '10.0.0.5' }))).toBe(
    'failure.own-network',
  )
  expect((await desk.call('servers.list', {})).servers).toEqual([])
  await desk.call('servers.signIn', { url, token: 'moderator', privateAddress: '127.0.0.1' })
  const { entries } = await desk.call('log.page', {})
  expect(entries[0]).toMatchObject({ action: 'server.signed-in', facts: { ownNetwork: 'loopback' } })
  await signIn(desk, ground.server.url, 'admin')
})

test('the agreement is kept with the server: over a restart, and for signing in again', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  // As if before the server stood what speaks TLS for it.
  ground.between((real, input, init) => real(String(input).replace('https:', 'http:'), init))
  const asked = { url: ground.server.url.replace('http:', 'https:'), token: 'moderator' }
  expect(await reasonOf(desk.call('servers.signIn', asked))).toBe('failure.own-network')
  await desk.call('servers.signIn', { ...asked, privateAddress: '127.0.0.1' })
  await ground.closeEngine()
  await ground.openEngine()
  const again = ground.client()
  await again.call('sync.now', { all: true })
  expect((await openRows(again)).length).toBeGreaterThan(0)
  await again.call('servers.signIn', asked)
})

test('the agreement is seen where servers are, and taken back: from then on nothing goes there, until a person agrees again', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { url } = ground.server
  const both = [await signIn(desk, url, 'admin', { decide: true }), await signIn(desk, url, 'moderator')]
  const seen = async () => (await desk.call('servers.list', {})).servers.map(({ ownNetwork }) => ownNetwork)
  expect(await seen(), 'who wrote this computer down agreed too').toEqual(['loopback', 'loopback'])
  await desk.call('sync.now', { all: true })
  const rows = await openRows(desk)
  const key = both[0]?.server.key ?? ''
  const row = rows.find(one => one.server === key)
  const { decision } = await desk.call('decisions.arm', {
    server: key,
    subject: { of: 'report', id: row?.id ?? '' },
    kind: 'report.close',
  })
  await desk.call('servers.withdrawNetwork', { server: key })
  expect(await seen(), 'it is about the address, whoever signed in there').toEqual([null, null])
  const asked = ground.server.ledger.entries.length
  let came = 0
  ground.between((real, input, init) => {
    came++
    return real(input, init)
  })
  for (let n = 0; n < 100; n++) ground.clock.advance(60_000)
  expect(await reasonOf(desk.call('sync.now', { all: true }))).toBe('failure.own-network')
  await until(
    () => desk.call('decisions.page', {}),
    ({ decisions }) => decisions[0]?.id === decision.id && decisions[0].waitingFor === 'server',
    ground.patient,
    1_000,
  )
  expect((await openRows(desk)).length).toBe(rows.length)
  expect(await reasonOf(desk.call('servers.withdrawNetwork', { server: key }))).toBe('failure.no-agreement')
  await ground.closeEngine()
  await ground.openEngine()
  const again = ground.client()
  expect(await reasonOf(again.call('sync.now', { all: true }))).toBe('failure.own-network')
  expect([ground.server.ledger.entries.length, came]).toEqual([asked, 0])
  const { entries } = await again.call('log.page', { limit: 50 })
  expect(entries.filter(({ action }) => action === 'server.network-withdrawn')).toHaveLength(2)
  // Written down again it is meant again, for those who sign in again.
  await signIn(again, url, 'admin')
  await again.call('sync.now', { server: key })
  expect((await again.call('servers.list', {})).servers.map(({ ownNetwork }) => ownNetwork)).toEqual(['loopback', null])
})

test('the very first thing that goes out is looked at too: Node has no agent of its own before fetch was touched', async () => {
  const module = new URL('../../src/main/engine/mastodon/reach.ts', import.meta.url).href
  const script = `
    const { makeReach, newPassage } = await import(${JSON.stringify(module)})
    const reach = makeReach((...asked) => fetch(...asked), (_name, _options, answer) => answer(null, [{ address: '10.0.0.5', family: 4 }]))
    await reach(null, new URL('https://lindenhof.example/'), {}, newPassage()).catch(error => console.log(error.detail.reason))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(stdout).toBe('failure.own-network\n')
})
