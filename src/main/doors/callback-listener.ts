import { Failure } from '../../shared/contract/failure.ts'
import type { Server } from '../../shared/contract/servers.ts'
import { answerReturn, type Finish, readReturn } from './callback.ts'
import { plain, send } from './loopback/answers.ts'
import { judge } from './loopback/gate.ts'
import { openServer } from './loopback/server.ts'

/** How long it listens. */
const OPEN_MS = 300_000

/** A listener on this computer that waits for one return of a sign-in. */
export type CallbackListener = {
  /** What to begin the sign-in with. */
  redirect: string
  /** What came of it. Fails with the server's no, or with `failure.sign-in-expired` after five minutes. */
  ended: Promise<{ server: Server }>
  close(): void
}

/**
 * Listens on a port of 127.0.0.1 (0: a free one) for `/callback`, for doors that have no port of their own. The first return that
 * belongs to a sign-in ends it, whatever came of that; strays do not. It answers nothing else. Fails with `door.port-taken`.
 */
export const listenForCallback = async (finish: Finish, wanted = 0, openMs = OPEN_MS): Promise<CallbackListener> => {
  let settle: { resolve(done: { server: Server }): void; reject(why: Failure): void } | undefined
  const ended = new Promise<{ server: Server }>((resolve, reject) => {
    settle = { resolve, reject }
  })
  // Who waits for nothing, as the desktop does, must not fall over it.
  ended.catch(() => {})
  const open = await openServer(wanted, async (request, response) => {
    const knock = {
      method: request.method ?? '',
      target: request.url ?? '',
      headers: request.rawHeaders,
      upgrade: false,
    }
    const verdict = judge(knock, `127.0.0.1:${open.port}`)
    if ('refused' in verdict) return send(response, plain(verdict.refused))
    const returned = readReturn(verdict.path)
    if (!returned) return send(response, verdict.path === '/favicon.ico' ? { status: 204 } : plain(404))
    const { status, html, came } = await answerReturn(finish, returned)
    send(response, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: html })
    if ('failure' in came && came.stray) return
    close()
    if ('server' in came) settle?.resolve(came)
    else settle?.reject(came.failure)
  }).catch(() => {
    throw new Failure('conflict', { reason: 'door.port-taken', port: `${wanted}` })
  })
  const close = () => {
    clearTimeout(timer)
    open.server.close()
    open.server.closeIdleConnections()
    // Who is still there by then says nothing, and would keep the command line from ending.
    setTimeout(() => open.server.closeAllConnections(), 1000).unref()
  }
  const timer = setTimeout(() => {
    close()
    settle?.reject(new Failure('timeout', { reason: 'failure.sign-in-expired' }))
  }, openMs)
  return { redirect: `http://127.0.0.1:${open.port}/callback`, ended, close }
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
