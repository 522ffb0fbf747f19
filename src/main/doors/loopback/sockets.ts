import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { readFrame } from '../../../shared/contract/frames.ts'
import { pipe, socketWire, type Wire } from '../../../shared/contract/wires.ts'
import { firstFrame } from '../first-frame.ts'
import type { Entry } from './entry.ts'
import { sendBare } from './http.ts'

/** The page's first word: the secret of its tab, or nothing yet. It is answered with the same shape. */
const Hello = z.strictObject({ tab: z.string().max(200).nullable() })

/** Why a page's socket was closed: it may not come in (a new code helps), or there is no engine to talk to at the moment. */
const CLOSED = { notAdmitted: 4401, noEngine: 4503 } as const

/** How many pages may be connected at once, and how long one may take to say its first word. */
const MOST_SOCKETS = 32
const HELLO_MS = 5000
const FRAME_BYTES = 1 << 20

/** Pages' sockets. `dial` opens a wire to the engine for each page that was let in. */
export const pageSockets = (entry: Entry, dial: () => Promise<Wire>) => {
  // No compression: small hostile frames could unpack to big ones.
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES, perMessageDeflate: false })

  const greet = async (socket: WebSocket, cookies: readonly string[]) => {
    // A frame that breaks the rules closes its socket; unheard, the error would end the process.
    socket.on('error', () => {})
    const wire = socketWire(socket)
    const timer = setTimeout(() => socket.close(CLOSED.notAdmitted), HELLO_MS)
    const first = await firstFrame(wire)
    clearTimeout(timer)
    if (!first) return
    const hello = readFrame(Hello, first.text)
    const tab = hello && entry.admit(cookies, hello.tab)
    if (tab === undefined) return socket.close(CLOSED.notAdmitted)
    socket.once('message', () => entry.keep(cookies))
    wire.send(JSON.stringify({ tab }))
    const engine = await dial().catch(() => undefined)
    if (!engine) return socket.close(CLOSED.noEngine)
    pipe(first.rest, engine)
  }

  return {
    /** Takes over a connection that the gate let through. */
    take: (request: IncomingMessage, stream: Duplex, head: Buffer, cookies: readonly string[]) => {
      if (server.clients.size >= MOST_SOCKETS) return sendBare(stream, 503)
      server.handleUpgrade(request, stream, head, socket => void greet(socket, cookies))
    },
    close: () => {
      for (const socket of server.clients) socket.close(1001)
      server.close()
    },
  }
}
