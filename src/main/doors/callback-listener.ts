import { createServer, type ServerResponse } from 'node:http'
import { Failure } from '../../shared/contract/failure.ts'
import type { Server } from '../../shared/contract/servers.ts'
import { answerReturn, type Finish, readReturn } from './callback.ts'
import { answerHeaders } from './loopback/answer-headers.ts'
import { judge } from './loopback/gate.ts'

/** How long it listens. */
const OPEN_MS = 300_000
const HEAD_BYTES = 16 << 10
const ARRIVAL_MS = 10_000

/** A listener on this computer that waits for one return of a sign-in. */
export type CallbackListener = {
  /** What to begin the sign-in with. */
  redirect: string
  /** What came of it. Fails with the server's no, or with `failure.sign-in-expired` after five minutes. */
  ended: Promise<{ server: Server }>
  close(): void
}

const send = (response: ServerResponse, status: number, html = '') => {
  const type: Record<string, string> = html === '' ? {} : { 'Content-Type': 'text/html; charset=utf-8' }
  response.writeHead(status, { ...answerHeaders, ...type, Connection: 'close' }).end(html)
}

/**
 * Listens on a port of 127.0.0.1 (0: a free one) for `/callback`, for doors that have no port of their own. The first return that
 * belongs to a sign-in ends it, whatever came of that; strays do not. It answers nothing else. Fails with `door.port-taken`.
 */
export const listenForCallback = async (finish: Finish, wanted = 0, openMs = OPEN_MS): Promise<CallbackListener> => {
  let port = wanted
  let settle: { resolve(done: { server: Server }): void; reject(why: Failure): void } | undefined
  const ended = new Promise<{ server: Server }>((resolve, reject) => {
    settle = { resolve, reject }
  })
  // Who waits for nothing, as the desktop does, must not fall over it.
  ended.catch(() => {})
  const server = createServer(
    { maxHeaderSize: HEAD_BYTES, headersTimeout: ARRIVAL_MS, requestTimeout: ARRIVAL_MS, requireHostHeader: false },
    async (request, response) => {
      const knock = {
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.rawHeaders,
        upgrade: false,
      }
      const verdict = judge(knock, `127.0.0.1:${port}`)
      if ('refused' in verdict) return send(response, verdict.refused)
      const returned = readReturn(verdict.path)
      if (!returned) return send(response, verdict.path === '/favicon.ico' ? 204 : 404)
      const { status, html, came } = await answerReturn(finish, returned)
      send(response, status, html)
      if ('failure' in came && came.stray) return
      close()
      if ('server' in came) settle?.resolve(came)
      else settle?.reject(came.failure)
    },
  )
  server.maxConnections = 32
  const close = () => {
    clearTimeout(timer)
    server.close()
    server.closeIdleConnections()
  }
  const timer = setTimeout(() => {
    close()
    settle?.reject(new Failure('timeout', { reason: 'failure.sign-in-expired' }))
  }, openMs)
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => {
      clearTimeout(timer)
      reject(new Failure('conflict', { reason: 'door.port-taken', port: `${wanted}` }))
    })
    // SECURITY: this computer only, by its literal.
    server.listen(wanted, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address !== null && typeof address === 'object') port = address.port
  return { redirect: `http://127.0.0.1:${port}/callback`, ended, close }
}

/** Listens anew each time it is asked, for a door whose person may begin again: the listener before is closed. */
export const listenAnew = (finish: Finish) => {
  let last: Promise<CallbackListener> | undefined
  const close = () =>
    last?.then(
      listener => listener.close(),
      () => {},
    )
  const listen = async (): Promise<string> => {
    void close()
    last = listenForCallback(finish)
    return (await last).redirect
  }
  return { listen, close }
}
