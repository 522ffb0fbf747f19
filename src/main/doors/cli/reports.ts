import type { AccountName } from '../../../shared/contract/accounts.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import type { ReportRow } from '../../../shared/contract/reports.ts'
import { say } from '../../../shared/messages/say.ts'
import { findServer } from './servers.ts'
import { printJson, printTable, type Run } from './session.ts'
import { cutTo, domainCell, isoTime, plainLine, showTime } from './table.ts'
import { noteUnread } from './unread.ts'

const PAGE = 200

/** `@name@domain`, the way people write it; a member's domain is that of the server. */
const handleOf = ({ username, domain }: AccountName, home: string) => plainLine(`@${username}@${domain ?? home}`)

const readRows = async (
  open: Engine,
  state: 'open' | 'resolved',
  server: string | null,
  limit: number,
): Promise<ReportRow[]> => {
  const { list, lines } = await open.call('reports.open', { filter: { state, server }, group: 'none', sort: 'newest' })
  const rows: ReportRow[] = []
  for (let from = 0; from < lines && rows.length < limit; from += PAGE) {
    const page = await open.call('reports.lines', { list, from, count: PAGE })
    for (const line of page.lines) if (line.line === 'report') rows.push(line.row)
  }
  return rows.slice(0, limit)
}

const documentOf = (row: ReportRow, home: string) => ({
  server: home,
  id: row.id,
  category: row.category,
  comment: row.comment,
  createdAt: isoTime(row.createdAt),
  resolvedAt: isoTime(row.resolvedAt),
  resolvedBy: row.resolvedBy,
  assignedTo: row.assignedTo?.name ?? null,
  target: { id: row.target.id, handle: handleOf(row.target, home), ...row.target.flags },
  reporterDomain: row.reporter.domain,
  posts: row.posts,
  openOnTarget: row.openOnTarget,
})

/** `howdah reports`: the open reports (or the resolved ones), newest first. */
export const listReports: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const { servers } = await open.call('servers.list', {})
  const homes = new Map(servers.map(({ key, domain }) => [key, domain]))
  const given = words.text('server')
  const server = given === undefined ? null : (await findServer(open, given)).key
  const state = words.text('state') === 'resolved' ? 'resolved' : 'open'
  const rows = await readRows(open, state, server, words.number('limit') ?? Number.MAX_SAFE_INTEGER)
  const homeOf = (row: ReportRow) => homes.get(row.server) ?? row.server
  await noteUnread(open, print, servers, state === 'open' ? 'reports-open' : 'reports-resolved', server)
  if (words.has('json')) {
    printJson(
      print,
      rows.map(row => documentOf(row, homeOf(row))),
    )
    return 0
  }
  const head = ['server', 'report', 'filed', 'category', 'target', 'from', 'posts', 'comment'] as const
  const cells = rows.map(row => [
    plainLine(homeOf(row)),
    plainLine(row.id),
    showTime(row.createdAt),
    say(`cli.category.${row.category}`),
    cutTo(domainCell(handleOf(row.target, homeOf(row))), 60),
    row.reporter.domain === null ? say('cli.member') : cutTo(domainCell(row.reporter.domain), 50),
    String(row.posts),
    plainLine(row.comment),
  ])
  printTable(
    print,
    head.map(name => say(`cli.head.${name}`)),
    cells,
  )
  print.note(`${say('cli.reports-count', { reports: rows.length, state })}\n`)
  return 0
}
