import { readdirSync, readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import tls from 'node:tls'
import { expect, test } from 'vitest'
import { door } from '../../src/shared/contract/door.ts'
import { en } from '../../src/shared/messages/en.ts'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { openGround, openRows, signInAndSync, until } from './ground.ts'
import { serveLocally } from './local-server.ts'
import { begin, consent, finish, open, reasonOf } from './sign-in-ground.ts'
import { colleaguesOf, mirrored, served, worldOf } from './sync-ground.ts'

/** What a person may bring that is bad, word by word, and the file whose tests say so by the same words: to tick off. */
const words: Readonly<Record<string, string>> = {
  'a wrong URL': 'bad-typing',
  'no Mastodon there': 'bad-input',
  'a web page': 'bad-input',
  'a captive portal': 'bad-input',
  'an expired certificate': 'bad-input',
  'a self-signed certificate': 'bad-input',
  'a token without admin scopes': 'bad-input',
  'a member’s token': 'bad-input',
  'a revoked token': 'bad-input',
  'a demoted role': 'bad-input',
  'a Mastodon 3.5': 'bad-input',
  'endless pages': 'bad-input',
  'no disk space': 'bad-disk',
  'a read-only folder': 'bad-disk',
  'a folder on a network drive': 'bad-disk',
  'a clock an hour off': 'clock-skew',
}

test.each(Object.entries(words))('%s has its test, in %s.test.ts', (word, file) => {
  const source = readFileSync(join(import.meta.dirname, `${file}.test.ts`), 'utf8')
  const said = file === 'bad-input' ? source.slice(source.indexOf('\n}\n')) : source
  expect(said).toContain(`'${word}`)
})

const sentence = /^\S.{20,}[.]$/
const json = { 'content-type': 'application/json' }
const page = '<!doctype html><title>Welcome</title>'
const answers: Record<string, [RequestListener, string]> = {
  'a web page': [
    (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page),
    'failure.not-mastodon',
  ],
  'a web page that is missing': [
    (_request, response) => response.writeHead(404, { 'content-type': 'text/html' }).end(page),
    'failure.not-mastodon',
  ],
  'a web page that asks for a password': [
    (_request, response) =>
      response.writeHead(401, { 'content-type': 'text/html', 'www-authenticate': 'Basic' }).end(page),
    'failure.not-mastodon',
  ],
  'a page of maintenance': [
    (_request, response) => response.writeHead(503, { 'content-type': 'text/html' }).end(page),
    'failure.server-trouble',
  ],
  nothing: [(request, _response) => request.socket.destroy(), 'failure.sign-in-offline'],
  'too many requests': [
    (_request, response) => response.writeHead(429, json).end('{"error":"Too many requests"}'),
    'failure.sign-in-throttled',
  ],
  'another API': [(_request, response) => response.writeHead(200, json).end('{"ok":true}'), 'failure.not-mastodon'],
  'no Mastodon there': [
    (_request, response) => response.writeHead(404, json).end('{"error":"no"}'),
    'failure.not-mastodon',
  ],
  'a captive portal': [
    (_request, response) => response.writeHead(302, { location: 'http://portal.example/login' }).end(),
    'failure.redirect',
  ],
  'a captive portal without an address': [
    (_request, response) => response.writeHead(511).end(page),
    'failure.network-sign-in',
  ],
  'a Mastodon 3.5': [
    (request, response) =>
      request.url === '/api/v1/instance'
        ? response.writeHead(200, json).end('{"uri":"old.example","version":"3.5.19"}')
        : response.writeHead(404, json).end('{"error":"Not Found"}'),
    'failure.too-old',
  ],
  GoToSocial: [
    (_request, response) => response.writeHead(200, json).end('{"domain":"gts.example","version":"0.20.0+git-1"}'),
    'failure.other-software',
  ],
  Pleroma: [
    (_request, response) =>
      response.writeHead(200, json).end('{"domain":"p.example","version":"2.7.2 (compatible; Pleroma 2.9.1)"}'),
    'failure.other-software',
  ],
  Sharkey: [
    (_request, response) =>
      response.writeHead(200, json).end('{"domain":"s.example","version":"4.2.1 (compatible; Sharkey 2025.4.2)"}'),
    'failure.other-software',
  ],
  'an address ban': [
    (_request, response) => response.writeHead(403, { 'content-type': 'text/plain' }).end('no'),
    'failure.network-refused',
  ],
  'a server that was closed for good': [
    (_request, response) => response.writeHead(410, json).end('{"error":"Gone"}'),
    'failure.shut-down',
  ],
  'nothing but headers': [(_request, response) => response.writeHead(200, json).end(), 'failure.not-mastodon'],
}

test.each(Object.entries(answers))(
  'signing in where %s answers ends in a sentence, and keeps nothing',
  async (_name, [answer, reason]) => {
    const { ground, desk } = await open()
    await using _ = ground
    await using place = await serveLocally(answer)
    const failure = await desk.call('servers.signIn', { url: place.url, token: 'a-token' }).catch(error => error)
    expect(failure.detail.reason).toBe(reason)
    expect(await reasonOf(begin(desk, place.url))).toBe(reason)
    expect((await desk.call('servers.list', {})).servers).toEqual([])
    expect(sayFailure(failure)).toMatch(sentence)
  },
)

test.each([
  ['an expired certificate', 'expired', 'failure.cert-expired'],
  ['a self-signed certificate', 'self-signed', 'failure.cert-untrusted'],
])('%s: nothing is sent there, and who has to mend it is said', async (_name, file, reason) => {
  const { ground, desk } = await open()
  await using _ = ground
  const pem = (name: string) => readFileSync(join(import.meta.dirname, `../data/certificates/${name}`), 'utf8')
  const before = tls.getCACertificates('default')
  tls.setDefaultCACertificates([...before, pem('ca.pem')])
  let asked = 0
  const server = createServer({ key: pem('leaf.key'), cert: pem(`${file}.pem`) }, (_request, response) => {
    asked++
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const failure = await desk
    .call('servers.signIn', { url, token: 'a-token', privateAddress: '127.0.0.1' })
    .catch(error => error)
  server.close()
  tls.setDefaultCACertificates(before)
  expect([failure.detail.reason, asked]).toEqual([reason, 0])
  expect(sayFailure(failure)).toMatch(sentence)
})

test.each([
  ['a token without admin scopes', 'failure.no-admin-scope'],
  ['a member’s token', 'failure.no-role'],
  ['a revoked token', 'failure.token-refused'],
])('%s is refused with what to do, and is kept nowhere', async (name, reason) => {
  for (const release of ['4.0.15', '4.6.5']) {
    const { ground, desk } = await open({ release })
    await using _ = ground
    const { tokens } = ground.server.world
    const [admin, member] = [tokens.get('admin'), tokens.get('member')]
    if (!admin || !member) throw new Error('no tokens')
    const token = {
      'a token without admin scopes': { ...admin, scopes: ['read'] },
      'a member’s token': member,
      'a revoked token': { ...admin, revokedAt: ground.clock.now() },
    }[name]
    if (!token) throw new Error(name)
    tokens.set('a-token', { ...token, token: 'a-token' })
    const failure = await desk
      .call('servers.signIn', { url: ground.server.url, token: 'a-token' })
      .catch(error => error)
    expect([release, failure.detail.reason]).toEqual([release, reason])
    expect(sayFailure(failure)).toMatch(sentence)
    expect((await desk.call('servers.list', {})).servers).toEqual([])
  }
})

test('endless pages: reading stops with a sentence, what was read stays, and a server that is well again is read whole', async () => {
  await using ground = await openGround({ world: worldOf(900) })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const before = mirrored(ground.folder)
  ground.clock.advance(1)
  let pages = 0
  // Whatever page is asked for, the first one comes, with a link to one more.
  ground.between((real, input, init) => {
    const url = new URL(String(input))
    if (url.pathname.endsWith('/admin/reports')) pages++
    for (const name of ['max_id', 'min_id', 'since_id']) url.searchParams.delete(name)
    return real(url, init)
  })
  const failure = await desk.call('sync.now', { all: true }).catch(error => error)
  expect([failure.detail.reason, pages < 5]).toEqual(['failure.no-progress', true])
  expect(sayFailure(failure)).toMatch(sentence)
  expect(mirrored(ground.folder)).toEqual(before)
  ground.between((real, input, init) => real(input, init))
  colleaguesOf(ground).file('after it')
  await desk.call('sync.now', { server: key, all: true })
  expect(mirrored(ground.folder)).toEqual(served(ground))
})

test('every reason that the engine gives for a failure has a sentence', () => {
  const root = join(import.meta.dirname, '../../src/main')
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.startsWith('sample'))
    .map(name => readFileSync(join(root, name), 'utf8'))
    .join('\n')
  const named = [...sources.matchAll(/'((?:failure|door|refusal|cli)\.[a-z0-9.-]+)'/g)].map(([, code = '']) => code)
  expect(named.length).toBeGreaterThan(100)
  expect([...new Set(named)].filter(code => !Object.hasOwn(en, code) && !Object.hasOwn(door, code))).toEqual([])
})

test('a server of limited federation shows itself to members only: signing in goes on and finds out then', async () => {
  for (const release of ['4.2.29', '4.3.23', '4.6.5']) {
    const { ground, desk } = await open({ release })
    await using _ = ground
    ground.server.world.instance.limitedFederation = true
    const { authorizeUrl, state } = await begin(desk, ground.server.url)
    const code = (await consent(authorizeUrl, 'moderator')).back.get('code') ?? ''
    expect((await finish(desk, state, code)).server).toMatchObject({ signedIn: true, release })
    const pasted = await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
    expect(pasted.server).toMatchObject({ signedIn: true, release })
  }
})

test('a demoted role, while one works: it is said, what was read stays, and given back all goes on', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'moderator')
  const { world } = ground.server
  const user = world.accountsByHandle.get('moderator')?.user
  if (!user) throw new Error('no moderator')
  const { roleId } = user
  const before = (await openRows(desk)).length
  user.roleId = null
  // The first no, and every later look, say what is to be done.
  for (const all of [false, true]) {
    ground.clock.advance(1)
    const failure = await desk.call('sync.now', { server: key, all }).catch(error => error)
    expect(failure.detail.reason).toBe('failure.no-role')
    expect(sayFailure(failure)).toMatch(/Ask an administrator/)
  }
  const role = async () => (await desk.call('servers.list', {})).servers[0]
  expect(await role()).toMatchObject({ signedIn: true, role: { manageReports: false } })
  expect((await role())?.cannot.map(({ ability }) => ability)).toContain('reports.see')
  expect((await openRows(desk)).length).toBe(before)
  // The server itself is well: nothing is shown as broken down.
  expect((await desk.call('sync.status', {})).servers[0]?.failure).toBe(null)
  user.roleId = roleId
  await desk.call('sync.now', { server: key })
  expect(await role()).toMatchObject({ role: { manageReports: true } })
})

test('a revoked token, while one works, ends the sign-in with a sentence; what waited for it is not lost', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const token = ground.server.world.tokens.get('admin')
  if (!token || !rows[0]) throw new Error('nothing there')
  await desk.call('decisions.arm', { server: key, subject: { of: 'report', id: rows[0].id }, kind: 'report.close' })
  token.revokedAt = ground.clock.now()
  await desk.call('sync.now', { server: key }).catch(() => {})
  await until(
    () => desk.call('servers.list', {}),
    ({ servers }) => servers[0]?.signedIn === false,
    ground.patient,
    1_000,
  )
  expect((await openRows(desk)).length).toBe(rows.length)
  await until(
    () => desk.call('decisions.page', {}),
    ({ decisions }) => decisions[0]?.waitingFor === 'sign-in',
    ground.patient,
    1_000,
  )
})
