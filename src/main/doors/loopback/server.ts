import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { plain, send, sendBare } from './answers.ts'

const { createServer } = process.getBuiltinModule('node:http')

/** Longest head of a request, and how long one may take to arrive: with the looks and the answer that is under ten seconds. */
const HEAD_BYTES = 16 << 10
const ARRIVAL_MS = 8500
const LOOK_MS = 500
/** How long a connection may stand still while it is answered: longer than a server may take that a sign-in ends at. */
const STILL_MS = 130_000
/**
 * Connections at once, and those among them that have not shown that they may come in: so many that a browser on a busy computer has a tenth of
 * a second to say who it is while two thousand a second knock. Sockets of pages, which cost more, are at most 32 (`sockets.ts`).
 */
const MOST = 384
const MOST_STRANGERS = 256

/** A server of this computer, for strangers too. */
export type OpenServer = {
  port: number
  server: Server
  /** Whoever is at the other end was let in: it is no longer among those that have to go for newcomers. */
  know(socket: Socket): void
}

/**
 * Opens a server on a port of 127.0.0.1 (0: a free one), and resolves when it listens. Every answer carries the door's headers, nobody
 * stays who says nothing, and strangers cannot fill it: the oldest of them goes when one too many comes, since a browser says in a
 * moment who it is. `hear` may fail: that is answered with 500. Fails as the system fails.
 */
export const openServer = async (
  port: number,
  hear: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
  arrivalMs = ARRIVAL_MS,
): Promise<OpenServer> => {
  const strangers = new Set<Socket>()
  const asked = new WeakSet<Socket>()
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    // One answer is all that a stranger gets: what it sent behind its first request is no browser's. Its socket ends with the request; ended
    // alone, Node would make an error, stack and all, for each of a hundred requests that were read already.
    if (strangers.has(socket) && asked.has(socket)) return void request.destroy()
    asked.add(socket)
    try {
      await hear(request, response)
    } catch {
      if (response.headersSent) response.destroy()
      else send(response, plain(500))
    }
  }
  const server = createServer(
    {
      maxHeaderSize: HEAD_BYTES,
      headersTimeout: arrivalMs,
      requestTimeout: arrivalMs,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: LOOK_MS,
      // Ours to refuse, with the door's own headers and status.
      requireHostHeader: false,
    },
    answer,
  )
  server.maxConnections = MOST
  server.timeout = STILL_MS
  const know = (socket: Socket) => void strangers.delete(socket)
  server.on('connection', socket => {
    strangers.add(socket)
    socket.once('close', () => know(socket))
    const [oldest] = strangers
    if (!oldest || strangers.size <= MOST_STRANGERS) return
    know(oldest)
    oldest.destroy()
  })
  server.on('connect', (_request, stream) => sendBare(stream, 405))
  // Who waits for a word before it sends a body gets the answer instead: no body is ever wanted.
  server.on('checkContinue', answer)
  server.on('checkExpectation', (_request, response) => send(response, plain(417)))
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }
    if (stream.writable) sendBare(stream, statuses[error.code ?? ''] ?? 400)
    else stream.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // SECURITY: this computer only. Never a name, never all interfaces.
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return { port: address !== null && typeof address === 'object' ? address.port : port, server, know }
}
