import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { type Ground, openGround, until } from './ground.ts'
import { begin, consent, finish, liveTokens, reasonOf, signIn } from './sign-in-ground.ts'

/** An engine whose door seals with a key file, as the browser's and the command line's do. */
export const openSigned = async (): Promise<Ground> => {
  const ground = await openGround()
  const call = { signal: new AbortController().signal, from: 'engine' as const }
  const secrets = keyFileSecrets(ground.folder)
  ground.door.seal = async secret => await secrets['door.seal']({ secret, keyFile: false }, call)
  ground.door.unseal = async sealed => await secrets['door.unseal']({ sealed, keyFile: false }, call)
  await ground.openEngine()
  return ground
}

/** How a server may answer where a token is revoked; first as it should. */
const answers: readonly ((real: () => Promise<Response>) => Promise<Response>)[] = [
  real => real(),
  async () => new Response('{}', { status: 503, headers: { 'content-type': 'application/json' } }),
  async () => new Response('<h1>Log in</h1>', { status: 401, headers: { 'content-type': 'text/html' } }),
  async () => Response.json({}),
  async () => Response.json({ error: 'unauthorized_client' }, { status: 403 }),
  async () => {
    throw new TypeError('fetch failed')
  },
  async real => {
    await real()
    throw new TypeError('cut')
  },
]

/** What was counted over rounds of signing in and out. `neither`: sign-outs that were neither proved nor flagged, or proved and were not. */
export type Rounds = { rounds: number; proved: number; flagged: number; neither: string[]; sameToken: number }

/**
 * Signs in and out, again and again, at a server that answers each revocation in another way; every other round Howdah is started again
 * before the server is well. Each token must be proved dead or be flagged, be dead in the end, and never come back.
 */
export const playSignOuts = async (ground: Ground, rounds: number): Promise<Rounds> => {
  const found: Rounds = { rounds, proved: 0, flagged: 0, neither: [], sameToken: 0 }
  const seen = new Set<string>()
  let answer = answers[0]
  ground.between(async (real, input, init) => {
    const body = init?.body instanceof ArrayBuffer ? new TextDecoder().decode(init.body) : ''
    const isOurs = String(input).endsWith('/oauth/revoke') && !body.includes('token=none')
    return isOurs && answer ? await answer(() => real(input, init)) : await real(input, init)
  })
  let desk = ground.client()
  const row = async () => (await desk.call('servers.list', {})).servers[0]
  for (let n = 0; n < rounds; n++) {
    answer = answers[0]
    const { server } = await signIn(desk, ground.server.url)
    const [token] = liveTokens(ground)
    if (!token || seen.has(token.token)) found.sameToken++
    if (token) seen.add(token.token)
    answer = answers[n % answers.length]
    const { token: fate } = await desk.call('servers.signOut', { server: server.key })
    const isFlagged = (await row())?.notRevoked === true
    const isDead = liveTokens(ground).length === 0
    if (fate === 'revoked' && isDead && !isFlagged) found.proved++
    else if (fate === 'unproved' && isFlagged) found.flagged++
    else found.neither.push(`${n}: ${fate}, ${isFlagged ? 'flagged' : 'no flag'}, ${isDead ? 'dead' : 'alive'}`)
    answer = answers[0]
    if (n % 2 === 1) {
      ground.clock.advance(60_000)
      await ground.closeEngine()
      await ground.openEngine()
      desk = ground.client()
      await until(
        () => row(),
        now => now?.notRevoked === false,
      )
      // What the next start tries by itself is proved.
      if (liveTokens(ground).length > 0) found.neither.push(`${n}: alive after a start`)
    }
  }
  return found
}

/** Answers that are none to a sign-in that waits; how many of them were taken for one. */
export const playStrays = async (ground: Ground, rounds: number): Promise<string[]> => {
  const desk = ground.client()
  const url = ground.server.url
  const taken: string[] = []
  const used = await signIn(desk, url)
  const [mine, theirs] = [await begin(desk, url), await begin(desk, url)]
  const code = (await consent(theirs.authorizeUrl, 'moderator')).back.get('code') ?? ''
  const strays: ((n: number) => [what: string, state: string, code: string])[] = [
    () => ['replayed', used.state, used.code],
    () => ['replayed with another code', used.state, code],
    () => ['guessed', randomBytes(32).toString('base64url'), code],
    () => ['missing', '', code],
    n => ['cut', mine.state.slice(0, n % mine.state.length), code],
    n => ['turned', `${mine.state.slice(1)}${mine.state.slice(0, 1)}`.slice(0, 43 - (n % 2)), code],
  ]
  for (let n = 0; n < rounds; n++) {
    const [what, state, given] = strays[n % strays.length]?.(n) ?? ['', '', '']
    const reason = await reasonOf(finish(desk, state, given))
    if (reason !== 'failure.sign-in-unknown' && reason !== 'invalid-input') taken.push(`${what}: ${reason}`)
  }
  // None of them ended what waits.
  for (const { state } of [mine, theirs])
    if ((await desk.call('servers.signInPhase', { state })).phase !== 'waiting') taken.push('ended by a stray')
  await finish(desk, theirs.state, code)
  return taken
}

/** What is sealed, spoilt in one of the ways in which a disk or a hand does it. */
const spoiltBy: readonly ((bytes: Buffer, n: number) => Buffer)[] = [
  (bytes, n) => {
    const at = n % bytes.length
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from([(bytes[at] ?? 0) ^ (1 << (n % 8))]),
      bytes.subarray(at + 1),
    ])
  },
  (bytes, n) => bytes.subarray(0, n % bytes.length),
  bytes => Buffer.from(bytes).reverse(),
  (bytes, n) => Buffer.concat([bytes, randomBytes(1 + (n % 40))]),
  bytes => randomBytes(bytes.length),
  bytes => Buffer.alloc(bytes.length),
]

/**
 * Starts an engine on sealed tokens that are spoilt, each in another way; the true one is put back after. Answers what was lost, or did not end in one sign-in to be made again.
 */
export const playSpoilt = async (ground: Ground, rounds: number): Promise<string[]> => {
  const wrong: string[] = []
  const inVault = <T>(run: (vault: Database.Database) => T): T => {
    const vault = new Database(`${ground.folder}/vault.db`)
    try {
      return run(vault)
    } finally {
      vault.close()
    }
  }
  const desk = ground.client()
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  await desk.call('sync.now', { all: true })
  const countOf = async (of: typeof desk) => [
    (await of.call('reports.counts', {})).open,
    (await of.call('decisions.page', {})).decisions.length,
  ]
  const before = await countOf(desk)
  await ground.closeEngine()
  const kept = inVault(vault => vault.prepare<[], { sealed_token: string }>('SELECT sealed_token FROM server').get())
  const sealed = kept?.sealed_token ?? ''
  const [mark, bytes] = [sealed.slice(0, 4), Buffer.from(sealed.slice(4), 'base64url')]
  const put = (token: string) => inVault(vault => void vault.prepare('UPDATE server SET sealed_token = ?').run(token))
  for (let n = 0; n < rounds; n++) {
    put(mark + (spoiltBy[n % spoiltBy.length]?.(bytes, n) ?? bytes).toString('base64url'))
    await ground.openEngine()
    const again = ground.client()
    const { servers } = await again.call('servers.list', {})
    const told = (await again.call('log.page', { kind: 'server.token-unreadable', limit: 1 })).total
    const now = await countOf(again)
    if (servers[0]?.signedIn !== false) wrong.push(`${n}: it is signed in`)
    if (told !== n + 1) wrong.push(`${n}: told ${told} times`)
    if (String(now) !== String(before)) wrong.push(`${n}: ${before} became ${now}`)
    await ground.closeEngine()
  }
  put(sealed)
  await ground.openEngine()
  const last = ground.client()
  await last.call('sync.now', {})
  if (!(await last.call('servers.list', {})).servers[0]?.signedIn) wrong.push('the true one does not open')
  if (!(await last.call('log.verify', {})).ok) wrong.push('the log does not hold')
  return wrong
}
