import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Clock } from '../../../shared/clock.ts'
import { say } from '../../../shared/messages/say.ts'
import { answerReturn, type Finish, type Returned, readReturn } from '../callback.ts'
import type { PageFile } from '../page-files.ts'
import { type Answer, answerHeaders, plain, send, sendBare } from './answers.ts'
import type { Entry } from './entry.ts'
import { openExport, readExport } from './exports.ts'
import { cookiesOf, judge } from './gate.ts'
import { openServer } from './server.ts'

/** What the loopback door serves. `socket` takes over a connection that may become the page's wire. */
export type Serving = {
  page: ReadonlyMap<string, PageFile>
  folder: string
  entry: Entry
  /** Ends a sign-in with what a server sent the browser back with. Needs no cookie: a page of another site leads here, and the state proves it. */
  finish: Finish
  /** Whether the desks are locked: then no export is handed out, since it comes past the engine. */
  isLocked(): Promise<boolean>
  clock: Clock
  /** Milliseconds that a request may take to arrive, where a test says less than usual. */
  arrivalMs?: number
  socket: (request: IncomingMessage, stream: Duplex, head: Buffer, cookies: readonly string[]) => void
}

/** Cookies are shared by all ports of this computer, so that each door has a name of its own. */
const cookieName = (port: number): string => `howdah-${port}`

/** What a request is answered with by itself, and what is fetched first. */
type Said = Answer & { known?: boolean; afterMs?: number }
type Fetched = { export: string } | { returned: Returned }

const redeem = (entry: Entry, code: string, port: number): Said => {
  const redeemed = entry.redeem(code)
  if ('waitMs' in redeemed)
    return redeemed.waitMs === 0 ? plain(401) : { ...plain(429, { 'Retry-After': '60' }), afterMs: redeemed.waitMs }
  const cookie = `${cookieName(port)}=${redeemed.cookie}; HttpOnly; SameSite=Strict; Path=/`
  return { status: 303, headers: { Location: '/', 'Set-Cookie': cookie }, known: true }
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
export const serveLoopback = async (wanted: number, serving: Serving): Promise<{ port: number; server: Server }> => {
  const { entry, page, clock } = serving
  let port = wanted
  const host = () => `127.0.0.1:${port}`
  const cookies = (request: IncomingMessage) => cookiesOf(request.rawHeaders, cookieName(port))

  const answer = (request: IncomingMessage): Said | Fetched => {
    const verdict = judge(knockOf(request, false), host())
    // Who forwards a port with ssh, and took another number on the way, is told which one works.
    if ('refused' in verdict && verdict.refused === 421)
      return plain(421, {}, say('door.other-name', { port: `${port}` }))
    if ('refused' in verdict) return plain(verdict.refused, verdict.refused === 405 ? { Allow: 'GET' } : {})
    if (verdict.code !== null) return redeem(entry, verdict.code, port)
    const returned = readReturn(verdict.path)
    if (returned) return { returned }
    // Browsers ask for it beside every page, also that of a sign-in.
    if (verdict.path === '/favicon.ico') return { status: 204 }
    if (!entry.isCookie(cookies(request))) return plain(401)
    const wantedExport = readExport(verdict.path)
    if (wantedExport) {
      // The cookie reaches every server of this computer that the browser asks for something: with it alone nothing is told of people.
      return entry.isPass(wantedExport.pass, wantedExport.name) ? { export: wantedExport.name } : plain(403)
    }
    const file = page.get(verdict.path)
    return file
      ? { status: 200, headers: { 'Content-Type': file.type }, body: file.body, known: true }
      : { ...plain(404), known: true }
  }

  const open = await openServer(
    wanted,
    async (request, response) => {
      const said = answer(request)
      if ('returned' in said) return await sendReturn(response, serving.finish, said.returned)
      if ('export' in said || said.known) open.know(request.socket)
      if ('export' in said) return await sendExport(response, serving, said.export)
      if (said.afterMs === undefined) return send(response, said, said.known)
      // Whoever hangs up meanwhile is forgotten.
      const forget = clock.after(said.afterMs, () => send(response, said))
      response.once('close', forget)
    },
    serving.arrivalMs,
  )
  port = open.port
  open.server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    const verdict = judge(knockOf(request, true), host())
    if ('refused' in verdict) return sendBare(stream, verdict.refused)
    const held = cookies(request)
    if (!entry.isCookie(held)) return sendBare(stream, 401)
    open.know(request.socket)
    serving.socket(request, stream, head, held)
  })
  return { port, server: open.server }
}
