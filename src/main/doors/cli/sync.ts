import { FailureCode } from '../../../shared/contract/failure.ts'
import type { ServerSync } from '../../../shared/contract/sync.ts'
import { say } from '../../../shared/messages/say.ts'
import { findServer } from './servers.ts'
import { printJson, type Run } from './session.ts'
import { isoTime, plainFailure, plainLine } from './table.ts'

/** A first sync of a big server takes hours at a gentle pace. */
const LONGEST_MS = 7 * 24 * 3_600_000

const documentOf = (sync: ServerSync) => ({
  server: sync.server,
  lists: sync.lists.map(({ list, state, pages, pagesLeft, rows, bad, complete }) => ({
    list,
    state,
    pages,
    pagesLeft,
    rows,
    bad,
    complete,
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
export const syncTrouble = ({ failure }: ServerSync): string | null => {
  if (!failure) return null
  const code = FailureCode.safeParse(failure.code).data ?? 'internal'
  return plainFailure({ code, detail: failure.detail })
}

/** `howdah sync`: until nothing is left to fetch. What changed goes to standard error, a line each. */
export const syncNow: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const given = words.text('server')
  const server = given === undefined ? undefined : (await findServer(open, given)).key
  const known = await open.call('servers.list', {})
  const domains = new Map(known.servers.map(({ key, domain }) => [key, domain]))
  let shown: string[] = []
  const show = (syncs: readonly ServerSync[]) => {
    const lines = progressOf(
      syncs.filter(sync => server === undefined || sync.server === server),
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
  const asked = server === undefined ? { all: true } : { all: true, server }
  const { servers } = await open.call('sync.now', asked, { timeoutMs: LONGEST_MS }).finally(stop)
  show(servers)
  if (words.has('json')) printJson(print, servers.map(documentOf))
  const troubles = servers.flatMap(sync => syncTrouble(sync) ?? [])
  for (const trouble of troubles) print.note(`${trouble}\n`)
  return troubles.length > 0 || servers.some(({ lists }) => lists.some(({ state }) => state === 'failed')) ? 1 : 0
}
