import { connect as connectSocket } from 'node:net'
import type { Finish } from '../../../src/main/doors/callback.ts'
import { makeEntry } from '../../../src/main/doors/loopback/entry.ts'
import { serveLoopback } from '../../../src/main/doors/loopback/http.ts'
import { pageSockets } from '../../../src/main/doors/loopback/sockets.ts'
import type { Clock } from '../../../src/shared/clock.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import { pairOfWires } from '../../../src/shared/contract/wires.ts'

/** A clock that moves only when told. */
export const handClock = (): Clock & { pass(ms: number): void } => {
  let now = 1_000_000
  const pass = (ms: number) => {
    now += ms
  }
  return { now: () => now, after: () => () => {}, pass }
}

/** The loopback door with a page of two files, in front of an engine that sends every frame back. */
export const startDoor = async (
  folder: string,
  more: { arrivalMs?: number; finish?: Finish; isLocked?(): Promise<boolean> } = {},
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
    socket: sockets.take,
    ...more,
  })
  return {
    port,
    clock,
    entry,
    host: `127.0.0.1:${port}`,
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
