import { Failure } from '../../../shared/contract/failure.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import { say } from '../../../shared/messages/say.ts'
import { printJson, printTable, type Run } from './session.ts'
import { isoTime, plainLine } from './table.ts'

/** A server as a document for programs. */
export const documentOf = (server: Server) => ({
  key: server.key,
  domain: server.domain,
  origin: server.origin,
  release: server.release,
  account: server.account.acct,
  role: server.role.name,
  scopes: server.scopes,
  signedIn: server.signedIn,
  ownNetwork: server.ownNetwork,
  sealedBy: server.sealedBy,
  tokenFrom: server.tokenFrom,
  notRevoked: server.notRevoked,
  signedInAt: isoTime(server.signedInAt),
})

/** The server that a person means by an address or a bare domain. Fails with `not-found` when it is none of ours, or several. */
export const findServer = async (engine: Engine, given: string): Promise<Server> => {
  const { servers } = await engine.call('servers.list', {})
  const wanted = given.toLowerCase().replace(/\/+$/, '')
  const found = servers.filter(({ origin, domain, key }) =>
    [origin, domain, key, origin.replace(/^https?:\/\//, '')].includes(wanted),
  )
  const [server] = found
  if (!server || found.length > 1) {
    const reason = server ? 'cli.server-ambiguous' : 'cli.server-unknown'
    throw new Failure('not-found', { reason, server: plainLine(given) })
  }
  return server
}

/** `howdah signout`: revokes a token of our own sign-in, forgets it, and says where a person revokes what is left. */
export const signOut: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const server = await findServer(open, words.text('server') ?? '')
  const { revokeAt, token } = await open.call('servers.signOut', { server: server.key }, { timeoutMs: 120_000 })
  if (words.has('json')) printJson(print, { server: server.domain, revokeAt, token })
  else print.out(`${say(`cli.signed-out-${token}`, { server: plainLine(server.domain), page: plainLine(revokeAt) })}\n`)
  return 0
}

const stateOf = ({ signedIn, notRevoked, ownNetwork }: Server): string => {
  const state = say(signedIn ? 'cli.state.signed-in' : notRevoked ? 'cli.state.not-revoked' : 'cli.state.signed-out')
  return ownNetwork === null ? state : say('cli.state.own-network', { state, network: plainLine(ownNetwork) })
}

/** `howdah servers`: the servers of this data folder; before, the agreement to one's own network is taken back where that is asked. */
export const listServers: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const withdrawn = words.text('withdraw-network')
  if (withdrawn !== undefined)
    await open.call('servers.withdrawNetwork', { server: (await findServer(open, withdrawn)).key })
  const { servers } = await open.call('servers.list', {})
  if (words.has('json')) printJson(print, servers.map(documentOf))
  else if (servers.length === 0) print.note(`${say('cli.servers-none')}\n`)
  else {
    const head = [
      say('cli.head.key'),
      say('cli.head.server'),
      say('cli.head.release'),
      say('cli.head.account'),
      say('cli.head.role'),
      say('cli.head.state'),
    ]
    const rows = servers.map(server => [
      server.key,
      plainLine(server.origin),
      plainLine(server.release),
      `@${plainLine(server.account.acct)}`,
      plainLine(server.role.name),
      stateOf(server),
    ])
    printTable(print, head, rows)
  }
  return 0
}
