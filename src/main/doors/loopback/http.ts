import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { say } from '../../../shared/messages/say.ts'
import { answerReturn, type Finish, type Returned, readReturn } from '../callback.ts'
import type { PageFile } from '../page-files.ts'
import { answerHeaders } from './answer-headers.ts'
import type { Entry } from './entry.ts'
import { exportName, openExport } from './exports.ts'
import { cookiesOf, judge } from './gate.ts'

// Not by an import: that reads every name of the module, and `WebSocket` among them loads all of fetch, a seventh of a start.
const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http')

/** What the loopback door serves. `socket` takes over a connection that may become the page's wire. */
export type Serving = {
  page: ReadonlyMap<string, PageFile>
  folder: string
  entry: Entry
  /** Ends a sign-in with what a server sent the browser back with. Needs no cookie: a page of another site leads here, and the state proves it. */
  finish: Finish
  /** Whether the desks are locked: then no export is handed out, since it comes past the engine. */
  isLocked(): Promise<boolean>
  /** Milliseconds that a request may take to arrive; 10 s unless a test says less. */
  arrivalMs?: number
  socket: (request: IncomingMessage, stream: Duplex, head: Buffer, cookies: readonly string[]) => void
}

/** Cookies are shared by all ports of this computer, so that each door has a name of its own. */
const cookieName = (port: number): string => `howdah-${port}`

/** Longest head of a request, and how long one may take to arrive. */
const HEAD_BYTES = 16 << 10
const ARRIVAL_MS = 10_000

type Answer = { status: number; headers?: Record<string, string>; body?: Buffer | string }

const plain = (status: number, headers: Record<string, string> = {}, says = refusalOf(status)): Answer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers },
  body: `${says}\n`,
})
const refusalOf = (status: number): string => {
  if (status === 401) return say('door.needs-code')
  if (status === 423) return say('failure.locked')
  if (status === 429) return say('door.too-many-codes')
  return STATUS_CODES[status] ?? String(status)
}

const send = (response: ServerResponse, { status, headers, body = '' }: Answer) => {
  const length = String(Buffer.byteLength(body))
  // What was turned away gets no second request on the same connection.
  const closing = status >= 400 ? { Connection: 'close' } : {}
  response.writeHead(status, { ...answerHeaders, ...closing, ...headers, 'Content-Length': length }).end(body)
}

/** An answer on a bare connection: for upgrades, and for what is no HTTP. */
export const sendBare = (stream: Duplex, status: number) => {
  const { headers = {}, body = '' } = plain(status)
  const all = { ...answerHeaders, Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)), ...headers }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  stream.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...head, '', body.toString()].join('\r\n'))
}

const redeem = (entry: Entry, code: string, port: number): Answer => {
  const redeemed = entry.redeem(code)
  if (redeemed === 'wrong') return plain(401)
  if (redeemed === 'wait') return plain(429, { 'Retry-After': '60' })
  const cookie = `${cookieName(port)}=${redeemed.cookie}; HttpOnly; SameSite=Strict; Path=/`
  return { status: 303, headers: { Location: '/', 'Set-Cookie': cookie } }
}

const sendExport = async (response: ServerResponse, { folder, isLocked }: Serving, name: string) => {
  // Where nobody can say, it stays shut.
  if (await isLocked().catch(() => true)) return send(response, plain(423))
  const file = await openExport(folder, name)
  if (!file) return send(response, plain(404))
  response.writeHead(200, {
    ...answerHeaders,
    'Content-Type': file.type,
    'Content-Length': String(file.size),
    'Content-Disposition': `attachment; filename="${name}"`,
  })
  file.stream.on('error', () => response.destroy())
  response.on('close', () => file.stream.destroy())
  file.stream.pipe(response)
}

const sendReturn = async (response: ServerResponse, finish: Finish, returned: Returned) => {
  const { status, html } = await answerReturn(finish, returned)
  send(response, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: html })
}

const knockOf = (request: IncomingMessage, upgrade: boolean) => ({
  method: request.method ?? '',
  target: request.url ?? '',
  headers: request.rawHeaders,
  upgrade,
})

/** The page's server, on a free port of this computer only (or on the one asked for). Resolves when it listens. */
export const serveLoopback = async (port: number, serving: Serving): Promise<{ port: number; server: Server }> => {
  let bound = port
  const host = () => `127.0.0.1:${bound}`
  const cookies = (request: IncomingMessage) => cookiesOf(request.rawHeaders, cookieName(bound))

  const answer = (request: IncomingMessage): Answer | { export: string } | { returned: Returned } => {
    const verdict = judge(knockOf(request, false), host())
    // Who forwards a port with ssh, and took another number on the way, is told which one works.
    if ('refused' in verdict && verdict.refused === 421)
      return plain(421, {}, say('door.other-name', { port: `${bound}` }))
    if ('refused' in verdict) return plain(verdict.refused, verdict.refused === 405 ? { Allow: 'GET' } : {})
    if (verdict.code !== null) return redeem(serving.entry, verdict.code, bound)
    const returned = readReturn(verdict.path)
    if (returned) return { returned }
    // Browsers ask for it beside every page, also that of a sign-in.
    if (verdict.path === '/favicon.ico') return { status: 204 }
    if (!serving.entry.isCookie(cookies(request))) return plain(401)
    const name = exportName(verdict.path)
    if (name !== undefined) return { export: name }
    const file = serving.page.get(verdict.path)
    return file ? { status: 200, headers: { 'Content-Type': file.type }, body: file.body } : plain(404)
  }

  const server = createServer(
    {
      maxHeaderSize: HEAD_BYTES,
      headersTimeout: serving.arrivalMs ?? ARRIVAL_MS,
      requestTimeout: serving.arrivalMs ?? ARRIVAL_MS,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: 500,
      // Ours to refuse, with the door's own headers and status.
      requireHostHeader: false,
    },
    (request, response) => {
      const said = answer(request)
      if ('export' in said) void sendExport(response, serving, said.export)
      else if ('returned' in said) void sendReturn(response, serving.finish, said.returned)
      else send(response, said)
    },
  )
  server.maxConnections = 128
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    const verdict = judge(knockOf(request, true), host())
    if ('refused' in verdict) return sendBare(stream, verdict.refused)
    const held = cookies(request)
    if (!serving.entry.isCookie(held)) return sendBare(stream, 401)
    serving.socket(request, stream, head, held)
  })
  server.on('connect', (_request, stream) => sendBare(stream, 405))
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
  if (address !== null && typeof address === 'object') bound = address.port
  return { port: bound, server }
}
