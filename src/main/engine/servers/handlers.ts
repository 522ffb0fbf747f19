import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Server, servers } from '../../../shared/contract/servers.ts'
import type { Context } from '../context.ts'
import { makeBrowserSignIns } from './browser-sign-in.ts'
import { clockAhead, waitsUntil } from './clock.ts'
import type { Revocations } from './revocations.ts'
import { asOfSignIn, signIn } from './sign-in.ts'
import { signOut, withdrawNetwork } from './standing.ts'
import { findServer, listServers, tellWentBack } from './table.ts'

/** What the lock of the desks has to do with signing in. */
type Opens = { isLocked(): boolean; expects(state: string): void; proved(state: string): void }

/**
 * Signing in and out. `signedIn` is told of each new sign-in, so that what waited for it goes on. At a locked desk one may only sign in
 * again as who is here already, by the server's own page, which then opens the `lock`.
 */
export const serversHandlers = (
  context: Context,
  revocations: Revocations,
  lock: Opens,
  signedIn: (key: string) => void,
): Handlers<typeof servers, unknown> => {
  const byBrowser = makeBrowserSignIns(context, revocations)
  const serverOf = (key: ServerKey): Server => {
    const server = context.gate.read(db => findServer(db, key))
    if (!server) throw new Failure('not-found')
    return server
  }
  const failsAsSignIn = async <T>(signingIn: Promise<T>): Promise<T> => {
    try {
      return await signingIn
    } catch (error) {
      throw asOfSignIn(error)
    }
  }
  const begun = (key: ServerKey) => {
    signedIn(key)
    return { server: serverOf(key) }
  }
  return {
    'servers.list': () => ({
      servers: context.gate.read(listServers).map(server => ({
        ...server,
        clockAheadMs: clockAhead(context, server.key),
        waitsUntil: waitsUntil(context, server.key),
      })),
    }),
    'servers.signIn': async ({ token, ...where }) =>
      begun(await failsAsSignIn(signIn(context, revocations, where, token))),
    'servers.beginSignIn': async asked => {
      if (!lock.isLocked()) return await failsAsSignIn(byBrowser.begin(asked))
      if (asked.server === undefined) throw new Failure('not-allowed', { reason: 'failure.locked' })
      const begun = await failsAsSignIn(byBrowser.begin({ ...asked, asksWho: true }))
      lock.expects(begun.state)
      return begun
    },
    'servers.finishSignIn': async given => {
      const key = await byBrowser.finish(given)
      lock.proved(given.state)
      return begun(key)
    },
    'servers.signInPhase': ({ state }) => {
      const at = byBrowser.phaseOf(state)
      if (at.phase === 'done') return { phase: at.phase, server: serverOf(at.key) }
      if (at.phase === 'refused') return { phase: at.phase, code: at.failure.code, detail: at.failure.detail }
      return at
    },
    'servers.cancelSignIn': ({ state }) => {
      byBrowser.cancel(state)
      return {}
    },
    'servers.signOut': async ({ server: key }) => {
      const server = serverOf(key)
      if (!server.signedIn && !server.notRevoked)
        throw new Failure('conflict', { reason: 'failure.already-signed-out', server: server.domain })
      const token = await signOut(context, revocations, server)
      return { revokeAt: `${server.origin}/oauth/authorized_applications`, token }
    },
    'servers.withdrawNetwork': ({ server }) => {
      if (!withdrawNetwork(context, serverOf(server))) throw new Failure('conflict', { reason: 'failure.no-agreement' })
      return {}
    },
    'servers.revokeAgain': async ({ server }) => ({
      token: (await revocations.tryNow(serverOf(server).key)) ? 'revoked' : 'unproved',
    }),
    'servers.noteWentBack': ({ server }) => {
      context.gate.write(['servers'], db => tellWentBack(db, serverOf(server).key))
      return {}
    },
    'servers.settleRevoked': ({ server }) => {
      revocations.settle(serverOf(server).key)
      return {}
    },
  }
}
