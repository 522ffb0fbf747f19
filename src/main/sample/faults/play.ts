/** What each fault does to a request: before the route runs, and to its answer. */
import { setTimeout as sleep } from 'node:timers/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Answer, Call } from '../routes/call.ts'
import { htmlPage } from '../routes/error-pages.ts'
import { cut, outgoingOf } from '../routes/node-bindings.ts'
import { revokeToken } from '../rules/oauth.ts'
import { type Count, rateHeaders } from '../rules/throttles.ts'
import type { Fault } from './faults.ts'
import { demote, moveRecord, removeRecord } from './world-faults.ts'

const html = { 'content-type': 'text/html; charset=utf-8' }

function page(status: number, title: string): Response {
  return new Response(htmlPage(title), { status, headers: html })
}

/** A status as a proxy (502 to 504) or the server itself sends it. */
function statusResponse(status: number): Response {
  if (status >= 502 && status <= 504) return page(status, `${status}`)
  const text =
    status === 500
      ? '{"status":500,"error":"Internal Server Error"}'
      : '{"error":"There was a temporary problem serving your request, please try again"}'
  return new Response(text, { status, headers: { 'content-type': 'application/json; charset=utf-8' } })
}

/**
 * Plays what comes before the effect. A response: the route does not run. `RESPONSE_ALREADY_SENT`: the connection is dealt with.
 */
export async function playBefore(
  faults: readonly Fault[],
  call: Call,
  counts: readonly Count[],
): Promise<Response | null> {
  for (const fault of faults) {
    switch (fault.kind) {
      case 'cut-before':
        cut(call.context)
        return RESPONSE_ALREADY_SENT
      case 'delayed':
        if (!fault.after) await sleep(fault.ms)
        break
      case 'captive-portal':
        return new Response(null, {
          status: 302,
          headers: { location: 'http://portal.example/sign-in', 'content-type': 'text/html' },
        })
      case 'html':
        if (!fault.after) return page(fault.status ?? 200, 'Welcome')
        break
      case 'throttled': {
        const now = call.sample.clock.now()
        const own = counts.length > 0 ? counts : [{ limit: 300, count: 300, period: 300_000 }]
        const spent = own.map(count => ({ ...count, count: count.limit }))
        const headers = { 'content-type': 'application/json', ...(fault.headers ? rateHeaders(spent, now) : {}) }
        return new Response('{"error":"Too many requests"}', { status: 429, headers })
      }
      case 'status':
        if (!fault.after) return statusResponse(fault.status)
        break
      case 'revoked-token':
        if (call.token !== null) revokeToken(call.sample, call.token)
        break
      case 'demoted-role':
        demote(call)
        break
      case 'moved-record':
        moveRecord(call)
        break
      case 'gone-record':
        removeRecord(call)
        break
    }
  }
  return null
}

/** JSON of another shape than the client asked for. */
function otherShape(text: string): string {
  return text.startsWith('[') ? '{"data":[]}' : '[1,"two",null]'
}

/** Rows of a list with a change; other answers as they are. */
function rearranged(text: string, change: (rows: unknown[]) => unknown[]): string {
  const value: unknown = JSON.parse(text)
  return Array.isArray(value) ? JSON.stringify(change(value)) : text
}

/** True when an answer shows this record, in a list or alone. */
function shows(response: Response, text: string, id: string): boolean {
  if (!response.ok || text === '' || !/json/.test(response.headers.get('content-type') ?? '')) return false
  const value: unknown = JSON.parse(text)
  const rows: unknown[] = Array.isArray(value) ? value : [value]
  return rows.some(row => typeof row === 'object' && row !== null && 'id' in row && row.id === id)
}

/** Takes the connection over and writes by hand. */
async function write(
  call: Call,
  response: Response,
  body: Buffer,
  how: { upTo: number; piece: number; everyMs: number },
): Promise<void> {
  const outgoing = outgoingOf(call.context)
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    'content-length': String(body.length),
  })
  for (let at = 0; at < how.upTo && !outgoing.destroyed; at += how.piece) {
    outgoing.write(body.subarray(at, Math.min(how.upTo, at + how.piece)))
    if (how.everyMs > 0) await sleep(how.everyMs)
  }
}

/** Plays what happens to the answer; `answered` is false when the client does not get it whole. */
export async function playAfter(
  faults: readonly Fault[],
  call: Call,
  response: Response,
  answer: Answer,
): Promise<{ response: Response; answered: boolean }> {
  let shown = response
  const said = (): string => answer.text.toString()
  const remake = (text: string, more: Record<string, string> = {}): Response =>
    new Response(text, { status: shown.status, headers: { ...Object.fromEntries(shown.headers), ...more } })
  for (const fault of faults) {
    switch (fault.kind) {
      case 'cut-after':
        cut(call.context)
        return { response: RESPONSE_ALREADY_SENT, answered: false }
      case 'silent':
        return { response: RESPONSE_ALREADY_SENT, answered: false }
      case 'delayed':
        if (fault.after) await sleep(fault.ms)
        break
      case 'status':
        if (fault.after) shown = statusResponse(fault.status)
        break
      case 'html':
        if (fault.after) shown = page(fault.status ?? 200, 'Welcome')
        break
      case 'poison':
        if (shows(shown, said(), fault.id)) shown = statusResponse(500)
        break
      case 'wrong-type':
        shown = remake(otherShape(said()))
        break
      case 'wrong-content-type':
        shown = remake(said(), { 'content-type': fault.contentType })
        break
      case 'duplicate-rows':
        shown = remake(rearranged(said(), rows => [...rows, ...rows.slice(0, 2)]))
        break
      case 'out-of-order':
        shown = remake(rearranged(said(), rows => [...rows].reverse()))
        break
      case 'clock-skew':
        shown = skewed(shown, fault.ms)
        break
      case 'truncated': {
        const body = Buffer.from(answer.text)
        await write(call, shown, body, { upTo: Math.floor(body.length / 2), piece: body.length + 1, everyMs: 20 })
        cut(call.context)
        return { response: RESPONSE_ALREADY_SENT, answered: false }
      }
      case 'trickled': {
        const body = Buffer.from(answer.text)
        await write(call, shown, body, { upTo: body.length, piece: fault.bytes, everyMs: fault.everyMs })
        outgoingOf(call.context).end()
        return { response: RESPONSE_ALREADY_SENT, answered: true }
      }
    }
  }
  return { response: shown, answered: true }
}

/** The same answer with times in its headers moved. */
function skewed(response: Response, ms: number): Response {
  const headers = new Headers(response.headers)
  const date = headers.get('date')
  if (date !== null) headers.set('date', new Date(Date.parse(date) + ms).toUTCString())
  const reset = headers.get('x-ratelimit-reset')
  if (reset !== null)
    headers.set('x-ratelimit-reset', new Date(Date.parse(reset) + ms).toISOString().replace('Z', '000Z'))
  return new Response(response.body, { status: response.status, headers })
}
