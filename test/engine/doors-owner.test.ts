import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectThrough } from '../../src/main/doors/begin.ts'
import { followSetting } from '../../src/main/doors/language.ts'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { type EngineDoor, type EngineOptions, openEngine } from '../../src/main/doors/open-engine.ts'
import { askAddress, isOwned, ownerAddress } from '../../src/main/doors/owner.ts'
import { startEngine } from '../../src/main/doors/start-engine.ts'
import { spoken } from '../../src/shared/messages/say.ts'
import { kill, startOwner } from './owner-ground.ts'

const enginePath = resolve('src/main/engine/worker.ts')
let folder = ''
let doors: EngineDoor[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-owner-'))
  doors = []
})
afterEach(async () => {
  await Promise.all(doors.map(door => door.close()))
  await rm(folder, { recursive: true })
})

const openDoor = (more: Partial<EngineOptions> = {}) => {
  const door = openEngine({ enginePath, folder, from: 'cli', secrets: keyFileSecrets(folder), ...more })
  doors.push(door)
  return door
}

test('the second door of a folder works through the first, and takes over when that one goes', async () => {
  const first = openDoor()
  const second = openDoor()
  const own = await connectThrough(first)
  await own.call('settings.set', { graceSeconds: 33 })
  const guest = await connectThrough(second)
  expect([first.isOwner(), second.isOwner()]).toEqual([true, false])
  expect(await guest.call('settings.get', {})).toMatchObject({ graceSeconds: 33 })
  await guest.call('settings.set', { graceSeconds: 44 })
  expect(await own.call('settings.get', {})).toMatchObject({ graceSeconds: 44 })
  own.close()
  await first.close()
  expect(await guest.call('settings.get', {})).toMatchObject({ graceSeconds: 44 })
  expect(second.isOwner()).toBe(true)
  guest.close()
})

test('two doors that begin at once agree on one owner', async () => {
  const both = [openDoor(), openDoor(), openDoor()]
  const clients = await Promise.all(both.map(door => connectThrough(door)))
  for (const client of clients) expect(await client.call('servers.list', {})).toEqual({ servers: [] })
  expect(both.filter(door => door.isOwner())).toHaveLength(1)
  for (const client of clients) client.close()
})

test('a socket file that a killed owner left behind is no owner', async () => {
  const address = ownerAddress(folder)
  await writeFile(address, '')
  expect(await isOwned(folder)).toBe(false)
  const door = openDoor()
  const client = await connectThrough(door)
  expect(door.isOwner()).toBe(true)
  expect(await isOwned(folder)).toBe(true)
  expect((await stat(address)).mode & 0o777).toBe(0o600)
  client.close()
})

test('an owner without a page has no address to give; one with a page gives a new one each time', async () => {
  expect(await askAddress(folder)).toBeUndefined()
  const codes = [1, 2]
  const door = openDoor({ offers: { address: () => `http://127.0.0.1:1/?code=${codes.shift()}` } })
  await door.dial()
  expect([await askAddress(folder), await askAddress(folder)]).toEqual([
    'http://127.0.0.1:1/?code=1',
    'http://127.0.0.1:1/?code=2',
  ])
  await door.close()
  const plain = openDoor()
  await plain.dial()
  expect(await askAddress(folder)).toBeUndefined()
})

test('words that are no question close their own connection, and the owner stays', async () => {
  const door = openDoor()
  const client = await connectThrough(door)
  const words = [
    '',
    '\n',
    'x\n',
    '{}\n',
    '{"ask":"engine"}\n',
    '{"ask":"engine","from":"root"}\n',
    '{"ask":"eval"}\n',
    '[]\n',
    'null\n',
    '\u0000\n',
    `${'{"a":'.repeat(5000)}\n`,
    // Who cannot show that it may read the folder is told nothing.
    '{"hello":"x"}\n',
    '{"ask":"code"}\n',
    '{"ask":"engine","from":"cli"}\n{"t":"call","id":1,"m":"servers.list","p":{}}\n',
  ]
  for (const word of words) {
    const heard = await new Promise<string>(done => {
      let text = ''
      const socket = connectSocket(ownerAddress(folder), () => socket.end(word))
      socket.on('data', chunk => {
        text += String(chunk)
      })
      socket.on('close', () => done(text))
    })
    expect([word.slice(0, 40), heard]).toEqual([word.slice(0, 40), ''])
  }
  expect(await client.call('servers.list', {})).toEqual({ servers: [] })
  client.close()
})

test('a folder with a long path is owned through a place of its own, which no other user may have laid', async () => {
  folder = join(folder, 'a'.repeat(100))
  const place = join(ownerAddress(folder), '..')
  await mkdir(folder)
  await mkdir(place, { mode: 0o777 })
  try {
    await chmod(place, 0o777)
    await expect(openDoor().dial()).rejects.toMatchObject({ code: 'storage', detail: { reason: 'door.shared-place' } })
    await chmod(place, 0o700)
    await openDoor().dial()
    expect(await isOwned(folder)).toBe(true)
    await chmod(place, 0o770)
    expect(await isOwned(folder)).toBe(false)
  } finally {
    await Promise.all(doors.map(door => door.close()))
    await rm(place, { recursive: true })
    folder = join(folder, '..')
  }
})

test('what the engine says of the folder reaches the one who dials', async () => {
  await writeFile(join(folder, 'file'), '')
  await expect(openDoor({ folder: join(folder, 'file') }).dial()).rejects.toMatchObject({ name: 'Failure' })
  await expect(
    startEngine({ enginePath: join(folder, 'none.js'), folder, secrets: keyFileSecrets(folder) }),
  ).rejects.toMatchObject({ code: 'internal' })
})

test('an engine that ends by itself closes its wires, is told of, and starts again at the next dial', async () => {
  const dying = join(folder, 'dying.mjs')
  await writeFile(
    dying,
    `import { parentPort } from 'node:worker_threads'
     parentPort.on('message', ({ type, port }) => {
       if (type === 'close') process.exit(0)
       port.on('message', text => (text === 'die' ? process.exit(7) : port.postMessage(text)))
     })
     parentPort.postMessage({ type: 'ready' })`,
  )
  const lost: unknown[] = []
  const door = openDoor({ enginePath: dying, onLost: failure => lost.push(failure.code) })
  const wire = await door.dial()
  const ended = new Promise<void>(done => wire.listen({ text: () => {}, close: done }))
  wire.send('die')
  await ended
  const echoOf = async () => {
    const next = await door.dial()
    const echoed = new Promise(heard => next.listen({ text: heard, close: () => heard('closed') }))
    next.send('alive')
    return await echoed
  }
  // A wire may close before its thread is quite gone: who dials in between hears that again, as every client does.
  while ((await echoOf()) !== 'alive') await new Promise(setImmediate)
  expect(lost).toEqual(['internal'])
})

test('an owner that is killed is followed by its guest', async () => {
  const owner = await startOwner(folder)
  const door = openDoor()
  const client = await connectThrough(door)
  await client.call('settings.set', { graceSeconds: 55 })
  expect(door.isOwner()).toBe(false)
  await kill(owner)
  expect(await client.call('settings.get', {})).toMatchObject({ graceSeconds: 55 })
  expect(door.isOwner()).toBe(true)
  client.close()
})

test('a door with a desk speaks the language that is chosen in it, at once', async () => {
  const door = openDoor()
  const desk = await connectThrough(door)
  const following = followSetting(() => door.dial('cli'))
  const spokenIs = async (wanted: string) => {
    const deadline = Date.now() + 10_000
    while (spoken() !== wanted && Date.now() < deadline) await new Promise(done => setTimeout(done, 10))
    expect(spoken()).toBe(wanted)
  }
  await desk.call('settings.set', { language: 'fr' })
  await spokenIs('fr')
  await desk.call('settings.set', { language: 'en' })
  await spokenIs('en')
  following.close()
  desk.close()
})
