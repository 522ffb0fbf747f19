import { Failure } from '../../../shared/contract/failure.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import { say } from '../../../shared/messages/say.ts'
import { listenForCallback } from '../callback-listener.ts'
import { openBrowser } from '../loopback/open-browser.ts'
import { documentOf } from './servers.ts'
import { printJson, type Run, type Session } from './session.ts'
import { readLine } from './stdin.ts'
import { plainLine } from './table.ts'

const PATIENCE = { timeoutMs: 120_000 }

/** The server that was named, and the address of an own network that it is agreed to lead to. */
type Where = { url: string; privateAddress: string | undefined }

const withToken = async ({ stdin }: Session, engine: Engine, where: Where): Promise<Server> => {
  const token = (await readLine(stdin)).trim()
  if (token === '') throw new Failure('invalid-input', { reason: 'cli.token-missing' })
  return (await engine.call('servers.signIn', { ...where, token }, PATIENCE)).server
}

/** Shows the address, and opens it where there is a screen. It holds no secret: state and challenge are worth nothing to others. */
const show = async ({ words, print }: Session, address: string) => {
  print.note(`${say('cli.sign-in-open', { address })}\n`)
  if (!words.has('no-open')) await openBrowser(address)
}

const withCode = async (session: Session, engine: Engine, where: Where): Promise<Server> => {
  const { authorizeUrl, state } = await engine.call('servers.beginSignIn', { ...where, redirect: 'oob' }, PATIENCE)
  await show(session, authorizeUrl)
  session.print.note(`${say('cli.sign-in-code')}\n`)
  const code = (await readLine(session.stdin)).trim()
  if (code === '') throw new Failure('invalid-input', { reason: 'cli.code-missing' })
  return (await engine.call('servers.finishSignIn', { state, code }, PATIENCE)).server
}

const withBrowser = async (session: Session, engine: Engine, where: Where): Promise<Server> => {
  const listener = await listenForCallback(
    returned => engine.call('servers.finishSignIn', returned, PATIENCE),
    session.words.number('port'),
  )
  try {
    const { redirect } = listener
    const { authorizeUrl } = await engine.call('servers.beginSignIn', { ...where, redirect }, PATIENCE)
    await show(session, authorizeUrl)
    return (await listener.ended).server
  } finally {
    listener.close()
  }
}

/**
 * `howdah signin`: through the browser, which comes back to this computer; with `--oob` through a code that is copied to standard
 * input; or with a token on standard input, so that it is in no history and no process list.
 */
export const signIn: Run = async session => {
  const { words, print } = session
  const where = { url: words.text('server') ?? '', privateAddress: words.text('private-address') }
  const engine = await session.engine()
  const go = words.has('token-stdin') ? withToken : words.has('oob') ? withCode : withBrowser
  const server = await go(session, engine, where).catch((error: unknown) => {
    if (!(error instanceof Failure) || error.detail.reason !== 'failure.own-network') throw error
    throw new Failure(error.code, { ...error.detail, reason: 'cli.own-network' })
  })
  const named = {
    server: plainLine(server.domain),
    account: plainLine(server.account.acct),
    role: plainLine(server.role.name),
  }
  if (words.has('json')) printJson(print, documentOf(server))
  else print.out(`${say('cli.signed-in', named)}\n`)
  return 0
}
