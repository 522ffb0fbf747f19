import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { say } from '../../../shared/messages/say.ts'
import { contentPolicy } from '../content-policy.ts'

// Not by an import: that reads every name of the module, and `WebSocket` among them loads all of fetch, a seventh of a start.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

/** On every answer, whatever its status: so that no page of another place can read, frame or keep any of them. */
export const answerHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
}

/** What a request is answered with. */
export type Answer = { status: number; headers?: Record<string, string>; body?: Buffer | string }

const refusalOf = (status: number): string => {
  if (status === 401) return say('door.needs-code')
  if (status === 423) return say('failure.locked')
  if (status === 429) return say('door.too-many-codes')
  return STATUS_CODES[status] ?? String(status)
}

/** A line of text, by default what the status means. */
export const plain = (status: number, headers: Record<string, string> = {}, says = refusalOf(status)): Answer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers },
  body: `${says}\n`,
})

/** Answers a request. `known`: it came from a browser that was let in; all others get one answer a connection. */
export const send = (response: ServerResponse, { status, headers, body = '' }: Answer, known = false) => {
  const length = String(Buffer.byteLength(body))
  const closing = known && status < 400 ? {} : { Connection: 'close' }
  response.writeHead(status, { ...answerHeaders, ...closing, ...headers, 'Content-Length': length }).end(body)
}

/** How long one who was turned away has to read why, and to hang up. */
const LINGER_MS = 500

/** An answer on a bare connection: for upgrades, and for what is no HTTP. Node watches over these no more, so that their end is ours. */
export const sendBare = (stream: Duplex, status: number) => {
  const { headers = {}, body = '' } = plain(status)
  const all = { ...answerHeaders, Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)), ...headers }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  // Nobody else listens by now, and unheard the error would end the process.
  stream.on('error', () => stream.destroy())
  const timer = setTimeout(() => stream.destroy(), LINGER_MS)
  stream.once('close', () => clearTimeout(timer))
  stream.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...head, '', body.toString()].join('\r\n'))
  // What still comes is let go unread: destroyed with it in its hands, the system would take the answer back.
  stream.resume()
}
