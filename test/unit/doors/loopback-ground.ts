import { createHash } from 'node:crypto'
import { connect as connectSocket } from 'node:net'
import { WebSocket } from 'ws'
import type { Finish } from '../../../src/main/doors/callback.ts'
import { makeEntry } from '../../../src/main/doors/loopback/entry.ts'
import { serveLoopback } from '../../../src/main/doors/loopback/http.ts'
import { pageSockets } from '../../../src/main/doors/loopback/sockets.ts'
import type { PageFile } from '../../../src/main/doors/page-files.ts'
import type { Clock } from '../../../src/shared/clock.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import { pairOfWires } from '../../../src/shared/contract/wires.ts'

/** A clock that moves only when told. */
export const handClock = (): Clock & { pass(ms: number): void; waiting(): number } => {
  let now = 1_000_000
  const waiting = new Map<() => void, number>()
  const pass = (ms: number) => {
    now += ms
    for (const [run, at] of waiting) if (at <= now && waiting.delete(run)) run()
  }
  const after = (ms: number, run: () => void) => {
    waiting.set(run, now + ms)
    return () => void waiting.delete(run)
  }
  return { now: () => now, after, pass, waiting: () => waiting.size }
}

/** The loopback door with a page of two files, in front of an engine that sends every frame back. */
export const startDoor = async (
  folder: string,
  more: {
    arrivalMs?: number
    finish?: Finish
    isLocked?(): Promise<boolean>
    page?: ReadonlyMap<string, PageFile>
  } = {},
) => {
  const clock = handClock()
  const entry = makeEntry(clock)
  const dial = async () => {
    const [engine, door] = pairOfWires()
    engine.listen({ text: engine.send, close: () => {} })
    return door
  }
  const sockets = pageSockets(entry, dial)
  const page = new Map([
    ['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html><title>desk</title>') }],
    ['/assets/desk.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('export {}') }],
  ])
  const finish: Finish = async () => {
    throw new Failure('not-found', { reason: 'failure.sign-in-unknown' })
  }
  const { port, server } = await serveLoopback(0, {
    page,
    folder,
    entry,
    finish,
    isLocked: async () => false,
    clock,
    socket: sockets.take,
    ...more,
  })
  return {
    port,
    clock,
    entry,
    host: `127.0.0.1:${port}`,
    /** How many connections it holds. */
    held: () => new Promise<number>(resolve => server.getConnections((_, count) => resolve(count))),
    close: () =>
      new Promise<void>(resolve => {
        sockets.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What came back: the status, the head's lines by lower-case name, and the body. */
export type Answer = { status: number; headers: ReadonlyMap<string, string>; body: string }

const readAnswer = (text: string): Answer => {
  const [head = '', ...body] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = new Map(
    lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: body.join('\r\n\r\n') }
}

/** Sends bytes as they are, and reads until the other side ends, or to the end of the head where `headOnly`. Status 0: no answer. */
export const sendRaw = (port: number, text: string, headOnly = false): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const socket = connectSocket(port, '127.0.0.1', () => socket.write(text))
    let heard = ''
    socket.setEncoding('latin1')
    socket.on('data', chunk => {
      heard += chunk
      if (headOnly && heard.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('error', error => (heard === '' ? reject(error) : socket.destroy()))
    socket.on('close', () => resolve(readAnswer(heard)))
  })

/** What asks for a page's socket. */
export const upgradeLines = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
]

/** A request as a browser writes it, with `Connection: close`, so that the answer ends. */
export const ask = (port: number, target: string, headers: readonly string[] = [], method = 'GET') =>
  sendRaw(
    port,
    [`${method} ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers, '', ''].join('\r\n'),
  )

/** The cookie that a code is changed for, as a request's line. */
export const enter = async (port: number, code: string): Promise<string> => {
  const { headers } = await ask(port, `/?code=${code}`)
  return `Cookie: ${headers.get('set-cookie')?.split(';')[0] ?? ''}`
}

/** What a tab shows to be given an export. */
export const passOf = (tab: string, name: string): string => {
  const digest = (text: string) => createHash('sha256').update(text)
  return digest(`${digest(tab).digest('base64')} ${name}`).digest('base64url')
}

/** A page's socket: what it heard, and how it ended. `cookie` is a request's line (`enter`). */
export const openSocket = (host: string, cookie: string) => {
  const headers = { Cookie: cookie.slice('Cookie: '.length) }
  const socket = new WebSocket(`ws://${host}/wire`, { origin: `http://${host}`, headers })
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
  /** Says the first word of a new tab, and answers its secret. */
  const greet = async (): Promise<string> => {
    await say('{"tab":null}')
    return (await next()).tab
  }
  return { socket, opened, closed, next, say, greet }
}
