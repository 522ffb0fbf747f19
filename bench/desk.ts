import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { doorBounds } from '../bin/built.mjs'
import { contract, type Engine } from '../src/shared/contract/index.ts'
import { connect } from '../src/shared/contract/rpc.ts'
import { socketWire } from '../src/shared/contract/wires.ts'
import { systemClock } from '../src/shared/system-clock.ts'

/** A loopback door with its engine in a process of its own, and a desk on it as a browser's page is one. */
export type Desk = {
  engine: Engine
  /** Memory of the door's process in MB: now, and at most so far. */
  memory(): { now: number; peak: number }
  [Symbol.asyncDispose](): Promise<void>
}

const megabytes = (status: string, name: string): number =>
  Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1024

/** Lets itself in with the address's code, as a browser does: cookie, socket, the tab's secret. */
const enter = async (address: string): Promise<WebSocket> => {
  const { origin, host } = new URL(address)
  const answer = await fetch(address, { redirect: 'manual' })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const socket = new WebSocket(`ws://${host}/wire`, { headers: { origin, cookie }, perMessageDeflate: false })
  await once(socket, 'open')
  socket.send(JSON.stringify({ tab: null }))
  await once(socket, 'message')
  return socket
}

/** The door as it is delivered, where it was built since the sources last changed; else, with `null`, only the sources can run. */
export const builtDoor = (): string | null => {
  const root = join(import.meta.dirname, '..')
  const built = join(root, 'out/main/web.js')
  if (!existsSync(built)) return null
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true }).filter(entry =>
    entry.isFile(),
  )
  const newest = Math.max(...sources.map(file => statSync(join(file.parentPath, file.name)).mtimeMs))
  return statSync(built).mtimeMs >= newest ? built : null
}

/** Starts a door on a folder, and answers its process and its one line's address. */
export const startDoor = async (folder: string, script: string): Promise<{ child: ChildProcess; address: string }> => {
  const words = [...doorBounds, script, '--no-open', '--data', folder]
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const line: unknown = await Promise.race([
    once(lines, 'line').then(([first]) => first),
    once(child, 'exit').then(() => {
      throw new Error('the door ended before it was open')
    }),
  ])
  return { child, address: /http:\S+/.exec(String(line))?.[0] ?? '' }
}
export const endDoor = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/** Opens a desk on a folder, through HTTP, WebSocket, the door's process and its worker: the whole way of a page's words. */
export const openDesk = async (folder: string, script: string | null = null): Promise<Desk> => {
  const { child, address } = await startDoor(folder, script ?? join(import.meta.dirname, 'door-process.ts'))
  const socket = await enter(address)
  const engine = connect(contract, async () => socketWire(socket), { clock: systemClock })
  return {
    engine,
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return { now: megabytes(status, 'VmRSS'), peak: megabytes(status, 'VmHWM') }
    },
    [Symbol.asyncDispose]: async () => {
      engine.close()
      await endDoor(child)
    },
  }
}
