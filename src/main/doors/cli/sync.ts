import { FailureCode } from '../../../shared/contract/failure.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import type { ServerSync } from '../../../shared/contract/sync.ts'
import { say } from '../../../shared/messages/say.ts'
import { findServer } from './servers.ts'
import { printJson, type Run } from './session.ts'
import { isoTime, plainFailure, plainLine } from './table.ts'

/** A first sync of a big server takes hours at a gentle pace. */
const LONGEST_MS = 7 * 24 * 3_600_000

const documentOf = (sync: ServerSync, domains: ReadonlyMap<string, string>) => ({
  server: sync.server,
  domain: domains.get(sync.server) ?? null,
  lists: sync.lists.map(({ list, state, pages, pagesLeft, rows, bad, complete, leftOut }) => ({
    list,
    state,
    pages,
    pagesLeft,
    rows,
    bad,
    complete,
    leftOut: leftOut.map(({ from, to, since }) => ({ from, to, since: isoTime(since) })),
  })),
  lastAt: isoTime(sync.lastAt),
  leftSeconds: sync.leftMs === null ? null : Math.ceil(sync.leftMs / 1000),
  offlineSince: isoTime(sync.offlineSince),
  failure: sync.failure?.code ?? null,
})

/** What each list and its cost stand at, a line each; `domains` by server key. */
const progressOf = (syncs: readonly ServerSync[], domains: ReadonlyMap<string, string>): string[] =>
  syncs.flatMap(({ server: key, lists, used, limit, pagedUsed, pagedLimit, leftMs }) => {
    const server = plainLine(domains.get(key) ?? key)
    return [
      ...lists.map(({ list, state, pages, pagesLeft, rows, bad }) =>
        say('cli.sync-line', {
          server,
          list: say(`cli.list.${list}`),
          state: say(`cli.reading.${state}`),
          pages,
          left: pagesLeft ?? 0,
          rows,
          bad,
        }),
      ),
      say('cli.sync-cost', { server, used, limit, pagedUsed, pagedLimit, minutes: Math.ceil((leftMs ?? 0) / 60_000) }),
    ]
  })

/** What went wrong with a server, as a sentence; nothing when all went well. */
const syncTrouble = ({ failure, lists }: ServerSync): string | null => {
  if (!failure) return null
  // Each no means the same where reports are not for our role: that says what to ask for.
  if (failure.detail.reason === 'failure.role' && lists[0]?.state === 'not-permitted')
    return plainFailure({ code: 'not-allowed', detail: { reason: 'failure.no-role' } })
  const code = FailureCode.safeParse(failure.code).data ?? 'internal'
  return plainFailure({ code, detail: failure.detail })
}

/** Reads until nothing is left. A server that fails is told of by its standing; only what concerns none of them is thrown. */
const readAll = async (open: Engine, server: string | undefined): Promise<readonly ServerSync[]> => {
  const asked = server === undefined ? { all: true } : { all: true, server }
  const isAsked = (sync: ServerSync) => server === undefined || sync.server === server
  try {
    return (await open.call('sync.now', asked, { timeoutMs: LONGEST_MS })).servers.filter(isAsked)
  } catch (error) {
    const standing = (await open.call('sync.status', {})).servers.filter(isAsked)
    if (standing.some(({ failure }) => failure !== null)) return standing
    throw error
  }
}

/**
 * `howdah sync`: until nothing is left to fetch. What changed goes to standard error, a line each. 1 when a server could not be read,
 * or when nobody is signed in to any that was asked for: a job that fetches nothing must not look well.
 */
export const syncNow: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const given = words.text('server')
  const server = given === undefined ? undefined : (await findServer(open, given)).key
  const known = (await open.call('servers.list', {})).servers.filter(
    ({ key }) => server === undefined || key === server,
  )
  const domains = new Map(known.map(({ key, domain }) => [key, domain]))
  let shown: string[] = []
  const show = (syncs: readonly ServerSync[]) => {
    const lines = progressOf(
      syncs.filter(sync => domains.has(sync.server)),
      domains,
    )
    for (const line of lines) if (!shown.includes(line)) print.note(`${line}\n`)
    shown = lines
  }
  const stop = open.watch(
    ['sync'],
    () =>
      void open.call('sync.status', {}).then(
        ({ servers }) => show(servers),
        () => {},
      ),
  )
  const servers = await readAll(open, server).finally(stop)
  show(servers)
  if (words.has('json'))
    printJson(
      print,
      servers.map(sync => documentOf(sync, domains)),
    )
  for (const { domain, origin, signedIn } of known)
    if (!signedIn)
      print.note(`${say('cli.sync-signed-out', { server: plainLine(domain), origin: plainLine(origin) })}\n`)
  if (known.length === 0) print.note(`${say('cli.servers-none')}\n`)
  const troubles = servers.flatMap(sync => {
    const why = syncTrouble(sync)
    return why === null ? [] : [known.length > 1 ? `${plainLine(domains.get(sync.server) ?? '')}: ${why}` : why]
  })
  for (const trouble of troubles) print.note(`${trouble}\n`)
  return troubles.length > 0 || !known.some(({ signedIn }) => signedIn) ? 1 : 0
}
