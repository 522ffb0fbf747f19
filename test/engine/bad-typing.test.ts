import { expect, test } from 'vitest'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { begin, open, reasonOf } from './sign-in-ground.ts'

/** What people type, or paste, where an address and a token are asked for. */
const sentence = /^\S.{20,}[.]$/

test.each([
  ['http://lindenhof.example', 'failure.http', 'https://lindenhof.example'],
  ['http://lindenhof.example:8080/about', 'failure.http', 'https://lindenhof.example:8080'],
  ['lindenhof', 'failure.no-such-name', ' lindenhof'],
  ['lindenhof.invalid', 'failure.no-such-name', 'lindenhof.invalid'],
  ['https//lindenhof.example', 'failure.no-such-name', ' https'],
  ['bücher.example', 'failure.no-such-name', 'xn--bcher-kva.example (bücher.example)'],
  ['https://user:secret@lindenhof.example', 'failure.no-address', 'such as'],
  ['ada@lindenhof.example', 'failure.handle', 'lindenhof.example'],
  ['mailto:ada@mail.example', 'failure.handle', 'mail.example'],
  ['acct:ada@lindenhof.example', 'failure.handle', 'lindenhof.example'],
  ['no address', 'failure.no-address', 'such as'],
  ['lindenhof,example', 'failure.no-address', 'such as'],
  ['ftp://lindenhof.example', 'failure.no-address', 'such as'],
  ['', 'failure.no-address', 'such as'],
])('a wrong URL, %s: its sentence says what to type', async (url, reason, named) => {
  const { ground, desk } = await open()
  await using _ = ground
  // What a resolver says of a name that nobody has: this computer may have none to ask.
  ground.between(async () => {
    const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
    throw Object.assign(new TypeError('fetch failed'), { cause })
  })
  const failure = await desk.call('servers.signIn', { url, token: 'a-token' }).catch(error => error)
  expect(failure.detail.reason).toBe(reason)
  expect(sayFailure(failure)).toMatch(sentence)
  expect(sayFailure(failure)).toContain(named)
  expect(await reasonOf(begin(desk, url))).toBe(reason)
})

test.each([
  ' moderator\r\n',
  '"moderator"',
  '“moderator”',
  'Bearer moderator',
  'Authorization: Bearer moderator\n',
  'mod\nerator',
  '\u00a0moderator\u200b',
])('a token that was pasted as %j is read as it was meant', async pasted => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await desk.call('servers.signIn', { url: ground.server.url, token: pasted })
  expect(server).toMatchObject({ signedIn: true, account: { acct: 'moderator' } })
})

test.each(['', '  ', 'Bearer ', 'модератор', 'schlüssel', 'x'.repeat(2001), '\u0000\u0001'])(
  'what can be no token, such as %j, is said to be none, and nobody is asked',
  async pasted => {
    const { ground, desk } = await open()
    await using _ = ground
    let asked = 0
    ground.between(async (real, input, init) => {
      asked++
      return await real(input, init)
    })
    const failure = await desk.call('servers.signIn', { url: ground.server.url, token: pasted }).catch(error => error)
    expect([failure.detail.reason, asked]).toEqual(['failure.token-shape', 0])
    expect(sayFailure(failure)).toMatch(sentence)
  },
)
