import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { readFrame } from '../../../shared/contract/frames.ts'
import { pipe, socketWire, type Wire } from '../../../shared/contract/wires.ts'
import { firstFrame } from '../first-frame.ts'
import { answerHeaders, sendBare } from './answers.ts'
import type { Entry } from './entry.ts'

/** The page's first word: the secret of its tab, or nothing yet. It is answered with the same shape. */
const Hello = z.strictObject({ tab: z.string().max(200).nullable() })

/** Why a page's socket was closed: it may not come in (a new code helps), or there is no engine to talk to at the moment. */
const CLOSED = { notAdmitted: 4401, noEngine: 4503 } as const

/** How many pages may be connected at once, how long one may take to say its first word, and how long to hang up when it is told to. */
const MOST_SOCKETS = 32
const HELLO_MS = 5000
const CLOSE_MS = 1000
const FRAME_BYTES = 1 << 20

/** Closes a socket, also where the other end will not. */
const hangUp = (socket: WebSocket, why: number) => {
  socket.close(why)
  const timer = setTimeout(() => socket.terminate(), CLOSE_MS)
  socket.once('close', () => clearTimeout(timer))
}

/** Pages' sockets. `dial` opens a wire to the engine for each page that was let in. */
export const pageSockets = (entry: Entry, dial: () => Promise<Wire>) => {
  // No compression: small hostile frames could unpack to big ones.
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES, perMessageDeflate: false })
  server.on('headers', lines => {
    for (const [name, value] of Object.entries(answerHeaders)) lines.push(`${name}: ${value}`)
  })
  server.on('wsClientError', (_error, stream) => sendBare(stream, 400))
  /** Pages that were let in, and whoever has not said the right word, the oldest first. */
  const pages = new Set<WebSocket>()
  const strangers = new Set<WebSocket>()

  const greet = async (socket: WebSocket, cookies: readonly string[]) => {
    strangers.add(socket)
    socket.on('close', () => {
      strangers.delete(socket)
      pages.delete(socket)
    })
    // A frame that breaks the rules closes its socket; unheard, the error would end the process.
    socket.on('error', () => {})
    const wire = socketWire(socket)
    const timer = setTimeout(() => hangUp(socket, CLOSED.notAdmitted), HELLO_MS)
    const first = await firstFrame(wire)
    clearTimeout(timer)
    if (!first) return
    const refuse = (why: number) => {
      hangUp(socket, why)
      // What it says from now on is kept nowhere.
      first.rest.close()
    }
    const hello = readFrame(Hello, first.text)
    const tab = hello && entry.admit(cookies, hello.tab)
    if (tab === undefined) return refuse(CLOSED.notAdmitted)
    strangers.delete(socket)
    pages.add(socket)
    socket.once('message', () => entry.keep(cookies))
    wire.send(JSON.stringify({ tab }))
    const engine = await dial().catch(() => undefined)
    if (!engine) return refuse(CLOSED.noEngine)
    pipe(first.rest, engine)
  }

  /** Whether one more may come in. Who has not said who it is goes for a newcomer; a page does not. */
  const makeRoom = () => {
    if (pages.size + strangers.size < MOST_SOCKETS) return true
    const [oldest] = strangers
    if (oldest) strangers.delete(oldest)
    oldest?.terminate()
    return oldest !== undefined
  }
  return {
    /** Takes over a connection that the gate let through. */
    take: (request: IncomingMessage, stream: Duplex, head: Buffer, cookies: readonly string[]) => {
      if (!makeRoom()) return sendBare(stream, 503)
      server.handleUpgrade(request, stream, head, socket => void greet(socket, cookies))
    },
    close: () => {
      for (const socket of server.clients) hangUp(socket, 1001)
      server.close()
    },
  }
}
