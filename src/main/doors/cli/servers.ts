import { Failure } from '../../../shared/contract/failure.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import { say } from '../../../shared/messages/say.ts'
import { printJson, printLines, type Run, type Session } from './session.ts'
import { alignRows, isoTime, plainLine } from './table.ts'

const documentOf = (server: Server) => ({
  key: server.key,
  domain: server.domain,
  origin: server.origin,
  release: server.release,
  account: server.account.acct,
  role: server.role.name,
  signedIn: server.signedIn,
  sealedBy: server.sealedBy,
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

/** The first line of a stream, without its end. Nothing more is read from a person's terminal than that. */
const readLine = async (stream: Session['stdin']): Promise<string> => {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.includes('\n') || text.length > 4000) break
  }
  return (text.split('\n')[0] ?? '').trim()
}

/** `howdah signin`: signs in with a token that stands on standard input, so that it is in no history and no process list. */
export const signIn: Run = async ({ words, print, stdin, engine }) => {
  const token = await readLine(stdin)
  if (token === '') throw new Failure('invalid-input', { reason: 'cli.token-missing' })
  const url = words.text('server') ?? ''
  const { server } = await (await engine()).call('servers.signIn', { url, token }, { timeoutMs: 120_000 })
  if (words.has('json')) printJson(print, documentOf(server))
  else
    print.out(
      `${say('cli.signed-in', { server: plainLine(server.domain), account: plainLine(server.account.acct), role: plainLine(server.role.name) })}\n`,
    )
  return 0
}

/** `howdah signout`: forgets the token, and says where it is revoked. */
export const signOut: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const server = await findServer(open, words.text('server') ?? '')
  const { revokeAt } = await open.call('servers.signOut', { server: server.key })
  if (words.has('json')) printJson(print, { server: server.domain, revokeAt })
  else print.out(`${say('cli.signed-out', { server: plainLine(server.domain), page: plainLine(revokeAt) })}\n`)
  return 0
}

/** `howdah servers`: the servers of this data folder. */
export const listServers: Run = async ({ words, print, engine }) => {
  const { servers } = await (await engine()).call('servers.list', {})
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
      say(server.signedIn ? 'cli.state.signed-in' : 'cli.state.signed-out'),
    ])
    printLines(print, alignRows([head, ...rows]))
  }
  return 0
}
