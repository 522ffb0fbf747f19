import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, enter, openSocket } from '../unit/doors/loopback-ground.ts'

/** One launch of the built loopback door after another: what it opens to the outside, and what is left of it. */
let folder = ''
const running = new Set<ChildProcess>()
beforeEach(async () => {
  if (!existsSync(resolve('out/main/web.js'))) throw new Error('out/ is missing: run "npm run build" first')
  folder = await mkdtemp(join(tmpdir(), 'howdah-launch-'))
})
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

const start = (args: readonly string[], said: string[] = []) => {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', data => said.push(String(data)))
  return child
}
const openDoor = async (said: string[], ...args: string[]) => {
  const web = start([resolve('out/main/web.js'), '--no-open', '--data', folder, ...args], said)
  const [line] = await once(web.stdout ?? web, 'data')
  const address = new URL(/http:\S+/.exec(String(line))?.[0] ?? '')
  const close = async (signal: NodeJS.Signals) => {
    const ended = once(web, 'exit')
    web.kill(signal)
    await ended
  }
  return { web, port: Number(address.port), code: address.searchParams.get('code') ?? '', close }
}

/** Where a process listens, by the system's own tables: `0100007F:1F90` is 127.0.0.1:8080. */
const listensAt = (pid: number | undefined) => {
  const fds = `/proc/${pid}/fd`
  const sockets = readdirSync(fds).flatMap(fd => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(join(fds, fd)))?.[1] ?? []
    } catch {
      return []
    }
  })
  const LISTENING = '0A'
  return ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].flatMap(table =>
    (existsSync(`/proc/net/${table}`) ? readFileSync(`/proc/net/${table}`, 'utf8') : '')
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(/\s+/))
      .filter(of => sockets.includes(of[9] ?? '') && (table.startsWith('tcp') ? of[3] === LISTENING : true))
      .map(of => `${table} ${of[1]}`),
  )
}

test.runIf(process.platform === 'linux')(
  'it listens on one port of 127.0.0.1, another each time, and on nothing else',
  async () => {
    const ports = new Set<number>()
    for (let n = 0; n < 3; n += 1) {
      const door = await openDoor([])
      const own = `tcp 0100007F:${door.port.toString(16).toUpperCase().padStart(4, '0')}`
      expect(listensAt(door.web.pid)).toEqual([own])
      ports.add(door.port)
      await door.close('SIGTERM')
    }
    expect(ports.size).toBe(3)
  },
  60_000,
)

test('what a browser held of a launch that ended, or was killed, is worth nothing at the next one on the same port', async () => {
  const said: string[] = []
  const held: string[] = []
  let port = 0
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const door = await openDoor(said, ...(port > 0 ? ['--port', `${port}`] : []))
    port = door.port
    for (const cookie of held) {
      expect((await ask(port, '/', [cookie])).status).toBe(401)
      await expect(openSocket(`127.0.0.1:${port}`, cookie).opened).rejects.toThrow('401')
    }
    const cookie = await enter(port, door.code)
    expect((await ask(port, '/', [cookie])).status).toBe(200)
    const tab = await openSocket(`127.0.0.1:${port}`, cookie).greet()
    await door.close(signal)
    held.push(cookie)
    // Nothing of it lies in a file, and of the code nothing but the address that was printed.
    const secrets = [tab, cookie.split('=')[1] ?? '', door.code]
    expect(secrets.map(secret => Buffer.from(secret, 'base64url').length)).toEqual([32, 32, 32])
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
      statSync(join(folder, name)).isFile(),
    )
    expect(files.length).toBeGreaterThan(3)
    for (const secret of secrets)
      expect(files.filter(name => readFileSync(join(folder, name)).includes(secret))).toEqual([])
    const printed = said.join('')
    expect([printed.split(door.code).length - 1, printed.includes(tab), printed.includes(secrets[1] ?? '')]).toEqual([
      1,
      false,
      false,
    ])
  }
})

test('a program that sits on the port hears nothing: the door says that it is taken, and ends', async () => {
  const squatter = start([
    '-e',
    `let heard = 0
     const server = require('node:net').createServer(socket => socket.on('data', data => { heard += data.length }))
     server.listen(0, '127.0.0.1', () => console.log(server.address().port))
     process.on('SIGTERM', () => { console.log('heard ' + heard); process.exit(0) })`,
  ])
  const [line] = await once(squatter.stdout ?? squatter, 'data')
  const port = Number(String(line))
  const said: string[] = []
  const web = start([resolve('out/main/web.js'), '--no-open', '--data', folder, '--port', `${port}`], said)
  const [code] = await once(web, 'exit')
  expect([code, said.join('')]).toEqual([1, expect.stringContaining(`${port}`)])
  expect(said.join('')).not.toContain('code=')
  const last = once(squatter.stdout ?? squatter, 'data')
  squatter.kill('SIGTERM')
  expect(String((await last)[0])).toBe('heard 0\n')
})
