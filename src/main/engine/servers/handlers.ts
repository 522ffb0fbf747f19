import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { servers } from '../../../shared/contract/servers.ts'
import type { Context } from '../context.ts'
import { endSession, signIn } from './sign-in.ts'
import { findServer, listServers } from './table.ts'

/** Signing in and out. `signedIn` is told of each new sign-in, so that what waited for it goes on. */
export const serversHandlers = (
  context: Context,
  signedIn: (key: string) => void,
): Handlers<typeof servers, unknown> => ({
  'servers.list': () => ({ servers: context.gate.read(listServers) }),
  'servers.signIn': async ({ url, token }) => {
    const key = await signIn(context, url, token)
    signedIn(key)
    const server = context.gate.read(db => findServer(db, key))
    if (!server) throw new Failure('internal')
    return { server }
  },
  'servers.signOut': ({ server: key }) => {
    const server = context.gate.read(db => findServer(db, key))
    if (!server) throw new Failure('not-found')
    endSession(context, key, 'server.signed-out')
    return { revokeAt: `${server.origin}/oauth/authorized_applications` }
  },
})
