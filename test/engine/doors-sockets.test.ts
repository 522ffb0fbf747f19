import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { ask, enter, startDoor } from '../unit/doors/loopback-ground.ts'

let folder = ''
let door: Awaited<ReturnType<typeof startDoor>>
let cookie = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-door-'))
  door = await startDoor(folder, { arrivalMs: 400 })
  cookie = await enter(door.port, door.entry.newCode())
})
afterEach(async () => {
  await door.close()
  await rm(folder, { recursive: true })
})

/** A page's socket: what it heard, and how it ended. */
const openSocket = (held = cookie) => {
  const headers = { Cookie: held.slice('Cookie: '.length) }
  const socket = new WebSocket(`ws://${door.host}/wire`, { origin: `http://${door.host}`, headers })
  const heard: string[] = []
  const waiting: (() => void)[] = []
  socket.on('message', data => {
    heard.push(String(data))
    for (const run of waiting.splice(0)) run()
  })
  const opened = new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  const closed = new Promise<number>(resolve => socket.on('close', code => resolve(code)))
  const next = async () => {
    if (heard.length === 0) await new Promise<void>(resolve => waiting.push(resolve))
    return JSON.parse(heard.shift() ?? 'null')
  }
  const say = async (text: string) => {
    await opened
    socket.send(text)
  }
  return { socket, opened, closed, next, say }
}

test('a page is let in by its first word, and comes back with the secret of its tab', async () => {
  const page = openSocket()
  await page.say('{"tab":null}')
  const { tab } = await page.next()
  expect(Buffer.from(tab, 'base64url')).toHaveLength(32)
  await page.say('{"any":"frame"}')
  expect(await page.next()).toEqual({ any: 'frame' })
  page.socket.close()
  const again = openSocket()
  await again.say(JSON.stringify({ tab }))
  expect(await again.next()).toEqual({ tab })
  await again.say('{"still":"here"}')
  expect(await again.next()).toEqual({ still: 'here' })
})

test('a second tab without a code of its own, a guess, and words that are no greeting are closed with 4401', async () => {
  const first = openSocket()
  await first.say('{"tab":null}')
  await first.next()
  await first.say('{"any":"frame"}')
  await first.next()
  for (const word of [
    '{"tab":null}',
    '{"tab":"guess"}',
    '{"tab":1}',
    '{}',
    'x',
    '{"tab":null,"more":1}',
    `{"tab":"${'a'.repeat(300)}"}`,
  ]) {
    const page = openSocket()
    await page.say(word)
    expect([word, await page.closed]).toEqual([word, 4401])
  }
  const binary = openSocket()
  await binary.opened
  binary.socket.send(Buffer.from('{"tab":null}'))
  expect([1005, 4401]).toContain(await binary.closed)
})

test('a frame above 1 MiB closes its own socket only', async () => {
  const [big, other] = [openSocket(), openSocket(await enter(door.port, door.entry.newCode()))]
  for (const page of [big, other]) {
    await page.say('{"tab":null}')
    await page.next()
  }
  await big.say(`"${'a'.repeat(1 << 20)}"`)
  expect(await big.closed).toBe(1009)
  await other.say('"fine"')
  expect(await other.next()).toBe('fine')
})

test('the thirty-third socket is refused, and one that goes makes room', async () => {
  const pages = Array.from({ length: 32 }, () => openSocket())
  await Promise.all(pages.map(({ opened }) => opened))
  await expect(openSocket().opened).rejects.toThrow('503')
  pages[0]?.socket.close()
  await pages[0]?.closed
  await openSocket().opened
})

test('a request that dribbles in is cut off', async () => {
  const socket = connectSocket(door.port, '127.0.0.1', () => socket.write(`GET / HTTP/1.1\r\nHost: ${door.host}\r\n`))
  let heard = ''
  socket.on('data', chunk => {
    heard += String(chunk)
  })
  await new Promise(resolve => socket.on('close', resolve))
  expect(heard).toContain('408')
  expect(heard).toContain('X-Frame-Options: DENY')
})

test('exports are handed out by their plain names, to this browser only, and every answer carries the headers', async () => {
  await mkdir(join(folder, 'exports'))
  await writeFile(join(folder, 'exports', 'howdah-log-1.csv'), 'seq,at\n1,2\n')
  await writeFile(join(folder, 'exports', 'big.jsonl'), 'x'.repeat(3_000_000))
  const got = await ask(door.port, '/exports/howdah-log-1.csv', [cookie])
  expect([got.status, got.body, got.headers.get('content-disposition')]).toEqual([
    200,
    'seq,at\n1,2\n',
    'attachment; filename="howdah-log-1.csv"',
  ])
  expect((await ask(door.port, '/exports/big.jsonl', [cookie])).body.length).toBe(3_000_000)
  expect((await ask(door.port, '/exports/howdah-log-1.csv')).status).toBe(401)
  const answers = await Promise.all([
    ask(door.port, '/', [cookie]),
    ask(door.port, '/assets/desk.js', [cookie]),
    ask(door.port, '/exports/howdah-log-1.csv', [cookie]),
    ask(door.port, '/exports/none.csv', [cookie]),
    ask(door.port, '/'),
    ask(door.port, '/', [cookie], 'POST'),
    ask(door.port, '/', [cookie, 'Sec-Fetch-Site: cross-site']),
    ask(door.port, '/?code=guess'),
    ask(door.port, `/?code=${door.entry.newCode()}`),
    ask(door.port, '/', ['Host: second']),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 401, 405, 403, 401, 303, 421])
  for (const { headers } of answers) {
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cache-control')).toBe('no-store')
    expect([...headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([])
  }
  const set = answers[8]?.headers.get('set-cookie') ?? ''
  expect(set).toMatch(/^howdah-\d+=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
})

test('what comes past the engine is not handed out while the desk is locked, nor where nobody can say', async () => {
  const at = { locked: async (): Promise<boolean> => true }
  const shut = await startDoor(folder, { isLocked: () => at.locked() })
  const own = await enter(shut.port, shut.entry.newCode())
  await mkdir(join(folder, 'exports'), { recursive: true })
  await writeFile(join(folder, 'exports', 'howdah-log-2.csv'), 'seq\n')
  const answer = () => ask(shut.port, '/exports/howdah-log-2.csv', [own])
  expect([(await answer()).status, (await answer()).body]).toEqual([
    423,
    'Howdah is locked. Open it in its window or its page first.\n',
  ])
  expect((await ask(shut.port, '/', [own])).status, 'the page itself is no secret').toBe(200)
  at.locked = async () => Promise.reject(new Error('no engine'))
  expect((await answer()).status).toBe(423)
  at.locked = async () => false
  expect([(await answer()).status, (await answer()).body]).toEqual([200, 'seq\n'])
  await shut.close()
})

test('a code opens once over HTTP, and too many wrong ones are told to wait', async () => {
  const code = door.entry.newCode()
  expect((await ask(door.port, `/?code=${code}`)).status).toBe(303)
  const replays = []
  for (let n = 0; n < 12; n += 1) replays.push((await ask(door.port, `/?code=${code}`, [cookie])).status)
  expect(replays).toEqual([...Array(10).fill(401), 429, 429])
  expect((await ask(door.port, `/?code=${code}`)).headers.get('retry-after')).toBe('60')
  // The used code, and what could be guessed from it, a thousand times over some hours.
  const answers = new Map<number, number>()
  for (let n = 0; n < 1_000; n += 20) {
    door.clock.pass(n % 200 === 0 ? 61_000 : 1_000)
    const tries = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? code : `${code.slice(0, -1)}${at % 10}`))
    for (const { status, headers } of await Promise.all(tries.map(each => ask(door.port, `/?code=${each}`)))) {
      answers.set(status, (answers.get(status) ?? 0) + 1)
      expect(headers.get('set-cookie')).toBeUndefined()
    }
  }
  expect([...answers.keys()].sort()).toEqual([401, 429])
  expect((answers.get(401) ?? 0) + (answers.get(429) ?? 0)).toBe(1_000)
  // Guesses keep nobody out who has a code.
  expect((await ask(door.port, `/?code=${door.entry.newCode()}`)).status).toBe(303)
})
