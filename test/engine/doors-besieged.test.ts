import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectSocket, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listenForCallback } from '../../src/main/doors/callback-listener.ts'
import { Failure } from '../../src/shared/contract/failure.ts'
import { ask, enter, openSocket, startDoor } from '../unit/doors/loopback-ground.ts'
import { until } from './ground.ts'
import { hostileWords } from './hostile-words.ts'

/** What may knock at a door of this computer, and what it costs whoever sits behind it. The long form is in `npm run soak`. */
let folder = ''
let door: Awaited<ReturnType<typeof startDoor>>
let cookie = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-besieged-'))
  door = await startDoor(folder, { arrivalMs: 400 })
  cookie = await enter(door.port, door.entry.newCode())
})
afterEach(async () => {
  await door.close()
  await rm(folder, { recursive: true })
})

/** A connection that says something and never hangs up by itself. `unread`: nor takes what it is answered. `gone`: the door hung up. */
const stay = (port: number, words: string, unread = false): { socket: Socket; gone: Promise<void> } => {
  const socket = connectSocket({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.once('connect', () => socket.write(words))
  socket.on('error', () => {})
  if (!unread) socket.resume()
  return { socket, gone: new Promise(resolve => socket.once('end', resolve).once('close', () => resolve())) }
}

test('three hundred that never hang up: none stays for long, and the page that is open does not notice', async () => {
  const page = openSocket(door.host, cookie)
  await page.greet()
  const kinds = hostileWords(door.port)
  const hostile = Array.from({ length: 300 }, (_, n) =>
    stay(door.port, kinds[n % kinds.length]?.words ?? '', n % 2 === 0),
  )
  await Promise.all(hostile.map(({ socket }) => new Promise(done => socket.once('connect', done))))
  // Amid them: a question of the page, a reload, a code, and a file of the page.
  await page.say('"amid"')
  expect(await page.next()).toBe('amid')
  expect((await ask(door.port, '/', [cookie])).status).toBe(200)
  expect((await ask(door.port, `/?code=${door.entry.newCode()}`)).status).toBe(303)
  // The clock of wrong codes stands still here, and their answers with it.
  await until(door.held, held => {
    door.clock.pass(1_000)
    return held === 1
  })
  await page.say('"after"')
  expect(await page.next()).toBe('after')
  for (const { socket } of hostile) socket.destroy()
})

test('each kind of them is let go of by the door, whatever the other end does, and one that breaks off ends only itself', async () => {
  const kinds = hostileWords(door.port)
  const left = new Set(kinds.map(({ name }) => name))
  const held = kinds.flatMap(({ words }) => [stay(door.port, words), stay(door.port, words, true)])
  kinds.forEach(({ name }, n) => void held[2 * n]?.gone.then(() => left.delete(name)))
  await until(
    () => [...left],
    names => names.length === 0,
  )
  await until(door.held, count => count === 0)
  for (const { socket } of held) socket.destroy()
  for (const { words } of [...kinds, ...kinds]) {
    const { socket } = stay(door.port, words)
    await new Promise(done => socket.once('connect', done))
    await new Promise(setImmediate)
    socket.resetAndDestroy()
  }
  expect((await ask(door.port, '/', [cookie])).status).toBe(200)
})

test('strangers cannot fill the door: it holds 256 of them, the oldest goes, and who was let in stays', async () => {
  // One that is patient, so that nobody goes but for newcomers.
  const patient = await startDoor(folder)
  const words = `GET / HTTP/1.1\r\nHost: ${patient.host}\r\n${await enter(patient.port, patient.entry.newCode())}\r\n\r\n`
  const known = stay(patient.port, words)
  await new Promise(done => known.socket.once('data', done))
  const first = stay(patient.port, '')
  await until(patient.held, held => held === 2)
  const more = Array.from({ length: 256 }, () => stay(patient.port, ''))
  await first.gone
  expect(await until(patient.held, held => held === 257)).toBe(257)
  known.socket.write(words)
  const said = await new Promise<string>(done => known.socket.once('data', data => done(String(data))))
  expect(said.split('\r\n')[0]).toBe('HTTP/1.1 200 OK')
  for (const { socket } of [known, first, ...more]) socket.destroy()
  await patient.close()
})

test('a head of 16 KiB is too long, and one that is not is read whole: no second name hides behind its many lines', async () => {
  const status = async (...lines: string[]) => (await ask(door.port, '/', [cookie, ...lines])).status
  expect(await status(`X: ${'a'.repeat(15_500)}`)).toBe(200)
  expect(await status(`X: ${'a'.repeat(16_384)}`)).toBe(431)
  for (const lines of [10, 400, 900, 990, 1_000, 1_900, 2_000, 2_100, 3_000]) {
    const answered = await status(...Array<string>(lines).fill('a:'), 'Host: evil.example')
    expect([lines, [421, 431].includes(answered)]).toEqual([lines, true])
  }
})

test('the listener for one sign-in lets go of the same, and ends with them at its door', async () => {
  const finish = async () => {
    throw new Failure('not-found', { reason: 'failure.sign-in-unknown' })
  }
  const listener = await listenForCallback(finish)
  const port = Number(new URL(listener.redirect).port)
  const kinds = hostileWords(port)
  const hostile = kinds.map(({ words }) => stay(port, words))
  await Promise.all(hostile.map(({ socket }) => new Promise(done => socket.once('connect', done))))
  listener.close()
  await Promise.all(hostile.map(({ gone }) => gone))
})
