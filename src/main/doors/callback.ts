import { Failure } from '../../shared/contract/failure.ts'
import type { Client } from '../../shared/contract/method.ts'
import { connect } from '../../shared/contract/rpc.ts'
import { type Server, SignInReturn, servers } from '../../shared/contract/servers.ts'
import type { Wire } from '../../shared/contract/wires.ts'
import { directionOf } from '../../shared/messages/languages.ts'
import { say, sayFailure, spoken } from '../../shared/messages/say.ts'
import { systemClock } from '../../shared/system-clock.ts'

/** What came back from a server to `/callback`: a code or an error, with the state it belongs to. */
export type Returned = SignInReturn

/** Hands it to the engine. Fails with the engine's word. */
export type Finish = (returned: Returned) => Promise<{ server: Server }>

/** A server that answers slowly is given time: the person looks at a page that loads. */
const PATIENCE_MS = 120_000

/** Reads a request's target; nothing when it is no return of a sign-in. What a server adds to it, but for who it is (`iss`), is left aside. */
export const readReturn = (target: string): Returned | undefined => {
  if (!target.startsWith('/callback?') || target.length > 2000) return undefined
  const query = new URLSearchParams(target.slice('/callback?'.length))
  const only = (name: string) => (query.getAll(name).length === 1 ? (query.get(name) ?? undefined) : undefined)
  if (query.getAll('iss').length > 1) return undefined
  const [error, iss] = [only('error'), only('iss')]
  const given =
    error === undefined ? { state: only('state'), iss, code: only('code') } : { state: only('state'), iss, error }
  return SignInReturn.safeParse(given).data
}

/** Finishes over a wire of its own, which does not count as a desk: one for all that come at once, since anybody may send them. */
export const finishOver = (dial: () => Promise<Wire>): Finish => {
  let shared: { engine: Client<typeof servers>; users: number } | undefined
  return async returned => {
    shared ??= { engine: connect(servers, dial, { clock: systemClock }), users: 0 }
    const mine = shared
    mine.users += 1
    try {
      return await mine.engine.call('servers.finishSignIn', returned, { timeoutMs: PATIENCE_MS })
    } finally {
      mine.users -= 1
      if (mine.users === 0) {
        mine.engine.close()
        shared = undefined
      }
    }
  }
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, letter => escapes[letter] ?? '')

/** A small page that nothing runs on: what came of it, for the tab that the person looks at. */
const pageOf = (title: string, sentence: string) => `<!doctype html>
<html lang="${spoken()}" dir="${directionOf(spoken())}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} · Howdah</title>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(sentence)}</p>
</main>
</body>
</html>
`

/** What the browser is shown, and what came of it. `stray`: it belongs to no sign-in that waits. */
export type Shown = { status: number; html: string; came: { server: Server } | { failure: Failure; stray: boolean } }

/** Finishes a sign-in and words the answer: 200 when it is done, 404 for what nobody waits for, 400 for every other no. */
export const answerReturn = async (finish: Finish, returned: Returned): Promise<Shown> => {
  try {
    const { server } = await finish(returned)
    const html = pageOf(say('callback.done'), say('callback.done-says', { server: server.domain }))
    return { status: 200, html, came: { server } }
  } catch (error) {
    const failure = error instanceof Failure ? error : new Failure('internal')
    const stray = failure.code === 'not-found'
    const html = pageOf(say('callback.refused'), sayFailure(failure))
    return { status: stray ? 404 : 400, html, came: { failure, stray } }
  }
}
