import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect as connectSocket, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectThrough } from '../../src/main/doors/begin.ts'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { type EngineDoor, openEngine } from '../../src/main/doors/open-engine.ts'
import { askAddress, isOwned, ownerAddress } from '../../src/main/doors/owner.ts'
import { kill, startOwner } from './owner-ground.ts'

/** Who listens in the owner's place, or calls the owner, without being one of us. */
const enginePath = resolve('src/main/engine/worker.ts')
let folder = ''
let doors: EngineDoor[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-squatter-'))
  doors = []
})
afterEach(async () => {
  await Promise.all(doors.map(door => door.close()))
  await rm(folder, { recursive: true })
})

const openDoor = () => {
  const door = openEngine({ enginePath, folder, from: 'cli', secrets: keyFileSecrets(folder) })
  doors.push(door)
  return door
}

/** Listens where the owner would, as any user of the computer can where the name can be guessed, and says what it is told to. */
const squat = async (address: string, answers: (heard: string) => string[]) => {
  const heard: string[] = []
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', chunk => {
      heard.push(String(chunk))
      for (const line of answers(String(chunk))) socket.write(`${line}\n`)
    })
  })
  await rm(address, { force: true })
  await new Promise<void>(done => server.listen(address, done))
  await chmod(address, 0o600)
  return { heard, close: () => server.close() }
}
const word = 'x'.repeat(43)
const proven = JSON.stringify({ hello: word, proof: word })

test.each<[string, (heard: string) => string[]]>([
  ['that says yes to everything', () => ['{"ok":true}', '{"t":"ok","id":1,"r":{}}']],
  ['that makes up a proof', () => [proven, '{"ok":true,"address":"http://127.0.0.1:666/"}']],
  ['that says what it hears', heard => [heard.trim()]],
])(
  'a squatter %s hears one word that means nothing, and is no owner',
  async (_, answers) => {
    // The folder had an owner before, so that there is a key to be shown.
    const first = openDoor()
    await first.dial()
    await first.close()
    const squatter = await squat(ownerAddress(folder), answers)
    expect(await askAddress(folder)).toBeUndefined()
    expect(await isOwned(folder)).toBe(false)
    const door = openDoor()
    const client = await connectThrough(door)
    await client.call('settings.set', { graceSeconds: 33 })
    expect(door.isOwner()).toBe(true)
    expect(squatter.heard.length).toBeGreaterThan(0)
    for (const line of squatter.heard) expect(line).toMatch(/^\{"hello":"[\w-]{43}"\}\n$/)
    client.close()
    squatter.close()
  },
  30_000,
)

test('where the owner was killed, or its number is another process by now, a squatter hears nothing at all', async () => {
  const owner = await startOwner(folder)
  expect(await isOwned(folder)).toBe(true)
  const file = join(folder, 'owner.key')
  const kept = JSON.parse(await readFile(file, 'utf8'))
  expect([kept.by.pid, (await stat(file)).mode & 0o777]).toEqual([owner.pid, 0o600])
  await kill(owner)
  const squatter = await squat(ownerAddress(folder), () => [proven])
  expect([await isOwned(folder), await askAddress(folder)]).toEqual([false, undefined])
  expect(squatter.heard).toEqual([])
  const say = async (by: object) => {
    await writeFile(file, JSON.stringify({ ...kept, by: { ...kept.by, pid: process.pid, ...by } }))
    expect(await isOwned(folder)).toBe(false)
    return squatter.heard.splice(0).length
  }
  // Our own number, with the start of the one that is dead. Other systems than Linux do not tell a start.
  expect(await say({ started: '1' })).toBe(process.platform === 'linux' ? 0 : 1)
  // Numbers of a container mean nothing out here: then it is asked, and has to prove it.
  expect(await say({ started: '1', space: 'elsewhere' })).toBe(1)
  expect(await say({ started: null })).toBe(1)
  squatter.close()
})

test('who calls and is not believed gets no further than the proof of the owner', async () => {
  await openDoor().dial()
  const heard = await new Promise<string>(done => {
    let text = ''
    const socket = connectSocket(ownerAddress(folder), () => socket.write(`{"hello":"${word}"}\n`))
    socket.on('data', chunk => {
      if (text === '') socket.write(`${JSON.stringify({ proof: word, ask: { ask: 'engine', from: 'cli' } })}\n`)
      text += String(chunk)
    })
    socket.on('close', () => done(text))
  })
  expect(heard).toMatch(/^\{"hello":"[\w-]{43}","proof":"[\w-]{43}"\}\n$/)
})

test('a key or a socket that others may reach is not trusted', async () => {
  await openDoor().dial()
  expect(await isOwned(folder)).toBe(true)
  for (const [path, open] of [
    [join(folder, 'owner.key'), 0o644],
    [ownerAddress(folder), 0o666],
  ] as const) {
    await chmod(path, open)
    expect([path, await isOwned(folder)]).toEqual([path, false])
    await chmod(path, 0o600)
  }
  expect(await isOwned(folder)).toBe(true)
})
