import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Server, servers } from '../../../shared/contract/servers.ts'
import type { Context } from '../context.ts'
import { makeBrowserSignIns } from './browser-sign-in.ts'
import { signIn, signOut } from './sign-in.ts'
import { findServer, listServers } from './table.ts'

/** Signing in and out. `signedIn` is told of each new sign-in, so that what waited for it goes on. */
export const serversHandlers = (
  context: Context,
  signedIn: (key: string) => void,
): Handlers<typeof servers, unknown> => {
  const byBrowser = makeBrowserSignIns(context)
  const serverOf = (key: ServerKey): Server => {
    const server = context.gate.read(db => findServer(db, key))
    if (!server) throw new Failure('not-found')
    return server
  }
  const begun = (key: ServerKey) => {
    signedIn(key)
    return { server: serverOf(key) }
  }
  return {
    'servers.list': () => ({ servers: context.gate.read(listServers) }),
    'servers.signIn': async ({ url, token }) => begun(await signIn(context, url, token)),
    'servers.beginSignIn': ({ url, redirect }) => byBrowser.begin(url, redirect),
    'servers.finishSignIn': async given => begun(await byBrowser.finish(given)),
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
      return { revokeAt: `${server.origin}/oauth/authorized_applications`, token: await signOut(context, server) }
    },
  }
}
