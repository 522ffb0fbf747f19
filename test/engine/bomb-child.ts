import { makeBudget } from '../../src/main/engine/mastodon/budget.ts'
import { makeGuard } from '../../src/main/engine/mastodon/request.ts'
import { makeSession } from '../../src/main/engine/mastodon/session.ts'
import { systemClock } from '../../src/shared/system-clock.ts'

/** Asks a server for each path, in a process of its own, and prints what became of each and by how many bytes memory ever grew beyond what honest pages take. */
const [origin = '', ...paths] = process.argv.slice(2)
const guard = makeGuard(globalThis.fetch, systemClock)
const budget = makeBudget(systemClock)
const session = makeSession({ key: 's1', origin, release: 406, token: 't', budget })
const { signal } = new AbortController()
const ask = (path: string) =>
  guard.exchange(session, { cls: 'interactive', signal, timeoutMs: 60_000, unread: true }, () =>
    fetch(new URL(path, origin)),
  )
const highest = () => process.resourceUsage().maxRSS * 1024
// What an ordinary page takes is no growth.
for (let n = 0; n < 5; n++) await ask('/page')
const before = highest()
const found: Record<string, string> = {}
for (const path of paths) {
  const exchange = await ask(path)
  found[path] = exchange.fate === 'answered' ? `${exchange.status}` : String(exchange.failure.detail.reason)
}
process.stdout.write(JSON.stringify({ found, grown: highest() - before }))
