import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, enter, openSocket, passOf, startDoor, upgradeLines } from '../unit/doors/loopback-ground.ts'
import { until } from './ground.ts'

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

const openPage = (held = cookie) => openSocket(door.host, held)

test('a page is let in by its first word, and comes back with the secret of its tab', async () => {
  const page = openPage()
  await page.say('{"tab":null}')
  const { tab } = await page.next()
  expect(Buffer.from(tab, 'base64url')).toHaveLength(32)
  expect(page.socket.extensions, 'compression was offered').toBe('')
  await page.say('{"any":"frame"}')
  expect(await page.next()).toEqual({ any: 'frame' })
  page.socket.close()
  const again = openPage()
  await again.say(JSON.stringify({ tab }))
  expect(await again.next()).toEqual({ tab })
  await again.say('{"still":"here"}')
  expect(await again.next()).toEqual({ still: 'here' })
})

test('a second tab without a code of its own, a guess, and words that are no greeting are closed with 4401', async () => {
  const first = openPage()
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
    const page = openPage()
    await page.say(word)
    expect([word, await page.closed]).toEqual([word, 4401])
  }
  const binary = openPage()
  await binary.opened
  binary.socket.send(Buffer.from('{"tab":null}'))
  expect([1005, 4401]).toContain(await binary.closed)
})

test('a frame above 1 MiB closes its own socket only', async () => {
  const [big, other] = [openPage(), openPage(await enter(door.port, door.entry.newCode()))]
  for (const page of [big, other]) {
    await page.say('{"tab":null}')
    await page.next()
  }
  await big.say(`"${'a'.repeat(1 << 20)}"`)
  expect(await big.closed).toBe(1009)
  const pieces = openPage(await enter(door.port, door.entry.newCode()))
  await pieces.greet()
  for (let n = 0; n < 9; n += 1) pieces.socket.send('a'.repeat(1 << 17), { fin: false })
  expect(await pieces.closed, 'in pieces, each of them small').toBe(1009)
  await other.say('"fine"')
  expect(await other.next()).toBe('fine')
})

test('the thirty-third page is refused, and one that goes makes room; who says nothing makes room for a page', async () => {
  const silent = Array.from({ length: 32 }, () => openPage())
  await Promise.all(silent.map(({ opened }) => opened))
  const pages = []
  let newest = ''
  for (let n = 0; n < 32; n += 1) {
    newest = await enter(door.port, door.entry.newCode())
    const page = openPage(newest)
    await page.greet()
    pages.push(page)
  }
  for (const { closed } of silent) expect(await closed).toBe(1006)
  await expect(openPage(newest).opened).rejects.toThrow('503')
  pages[0]?.socket.close()
  await pages[0]?.closed
  await openPage(newest).opened
})

test('who is refused and does not hang up is hung up on', async () => {
  const socket = connectSocket({ port: door.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => {})
  socket.resume()
  const lines = [`Host: ${door.host}`, `Origin: http://${door.host}`, cookie, ...upgradeLines]
  // A frame with the word of no tab, masked with noughts; then more than anybody should keep.
  socket.write([`GET /wire HTTP/1.1`, ...lines, '', ''].join('\r\n'))
  const frame = (text: string) =>
    Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)])
  await once(socket, 'data')
  socket.write(frame('{"tab":"guess"}'))
  for (let n = 0; n < 50; n += 1) socket.write(frame('"more"'))
  expect(await until(door.held, held => held === 0)).toBe(0)
  socket.destroy()
})

test('an export is handed to a tab that was let in: not for the cookie, which reaches every server of this computer', async () => {
  await mkdir(join(folder, 'exports'))
  await writeFile(join(folder, 'exports', 'howdah-log-1.csv'), 'seq,at\n1,2\n')
  await writeFile(join(folder, 'exports', 'big.jsonl'), 'x'.repeat(3_000_000))
  const tab = await openPage().greet()
  const at = (name: string, pass = passOf(tab, name)) => `/exports/${name}?pass=${pass}`
  const got = await ask(door.port, at('howdah-log-1.csv'), [cookie])
  expect([got.status, got.body, got.headers.get('content-disposition')]).toEqual([
    200,
    'seq,at\n1,2\n',
    'attachment; filename="howdah-log-1.csv"',
  ])
  expect((await ask(door.port, at('big.jsonl'), [cookie])).body.length).toBe(3_000_000)
  expect((await ask(door.port, at('howdah-log-1.csv'))).status, 'nor for the tab alone').toBe(401)
  for (const path of [
    '/exports/howdah-log-1.csv',
    at('howdah-log-1.csv', passOf(tab, 'big.jsonl')),
    at('big.jsonl', passOf('x', 'big.jsonl')),
  ])
    expect([path, (await ask(door.port, path, [cookie])).status]).toEqual([path, 403])
})

test('what comes past the engine is not handed out while the desk is locked, nor where nobody can say', async () => {
  const at = { locked: async (): Promise<boolean> => true }
  const shut = await startDoor(folder, { isLocked: () => at.locked() })
  const own = await enter(shut.port, shut.entry.newCode())
  await mkdir(join(folder, 'exports'), { recursive: true })
  await writeFile(join(folder, 'exports', 'howdah-log-2.csv'), 'seq\n')
  const tab = await openSocket(shut.host, own).greet()
  const answer = () => ask(shut.port, `/exports/howdah-log-2.csv?pass=${passOf(tab, 'howdah-log-2.csv')}`, [own])
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

test('a code opens once over HTTP; too many wrong ones are kept waiting, and a right one is not', async () => {
  const code = door.entry.newCode()
  const knock = (each = code) => ask(door.port, `/?code=${each}`, [cookie])
  expect((await knock()).status).toBe(303)
  for (let n = 0; n < 10; n += 1) expect((await knock()).status).toBe(401)
  for (const seconds of [1, 2, 3]) {
    const late = knock()
    await until(
      async () => door.clock.waiting(),
      waiting => waiting === 1,
    )
    door.clock.pass(seconds * 1000 - 1)
    expect(door.clock.waiting()).toBe(1)
    expect((await knock(door.entry.newCode())).status, 'meanwhile').toBe(303)
    door.clock.pass(1)
    const { status, headers } = await late
    expect([status, headers.get('retry-after')]).toEqual([429, '60'])
  }
  // The used code, and what could be guessed from it, a thousand times over some hours.
  const answers = new Map<number, number>()
  for (let n = 0; n < 1_000; n += 20) {
    door.clock.pass(n % 200 === 0 ? 61_000 : 1_000)
    const tries = Array.from({ length: 20 }, (_, at) => knock(at % 2 === 0 ? code : `${code.slice(0, -1)}${at % 10}`))
    let left = tries.length
    for (const each of tries)
      void each.then(({ status, headers }) => {
        left -= 1
        answers.set(status, (answers.get(status) ?? 0) + 1)
        if (headers.has('set-cookie')) answers.set(0, 1)
      })
    while (left > 0) {
      await new Promise(setImmediate)
      if (left <= door.clock.waiting()) door.clock.pass(1_000)
    }
  }
  expect([...answers.keys()].sort()).toEqual([401, 429])
  expect((answers.get(401) ?? 0) + (answers.get(429) ?? 0)).toBe(1_000)
})
