import type { DomainRow } from '../../../shared/contract/domains.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import { say } from '../../../shared/messages/say.ts'
import { findServer } from './servers.ts'
import { printJson, printTable, type Run } from './session.ts'
import { cutTo, domainCell, isoTime, plainLine, showTime } from './table.ts'
import { noteUnread } from './unread.ts'

const PAGE = 200

const readRows = async (open: Engine, server: string | null, limit: number): Promise<DomainRow[]> => {
  const rows: DomainRow[] = []
  for (;;) {
    const page = await open.call('domains.list', { server, from: rows.length, count: PAGE })
    rows.push(...page.rows)
    if (page.rows.length < PAGE || rows.length >= limit) return rows.slice(0, limit)
  }
}

/** `howdah blocks`: the domain blocks of one server or of all, by name. */
export const listBlocks: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const { servers } = await open.call('servers.list', {})
  const homes = new Map(servers.map(({ key, domain }) => [key, domain]))
  const given = words.text('server')
  const server = given === undefined ? null : (await findServer(open, given)).key
  const rows = await readRows(open, server, words.number('limit') ?? Number.MAX_SAFE_INTEGER)
  const homeOf = (row: DomainRow) => homes.get(row.server) ?? row.server
  await noteUnread(open, print, servers, 'domain-blocks', server)
  if (words.has('json')) {
    printJson(
      print,
      rows.map(row => ({ server: homeOf(row), ...row.block, createdAt: isoTime(row.block.createdAt) })),
    )
    return 0
  }
  const head = ['server', 'domain', 'severity', 'media', 'reports', 'since', 'comment'] as const
  const refused = (is: boolean) => (is ? say('cli.refused') : '')
  const cells = rows.map(({ block, ...row }) => [
    plainLine(homes.get(row.server) ?? row.server),
    cutTo(domainCell(block.domain), 70),
    block.severity ?? '',
    refused(block.rejectMedia),
    refused(block.rejectReports),
    showTime(block.createdAt),
    plainLine(block.publicComment),
  ])
  printTable(
    print,
    head.map(name => say(`cli.head.${name}`)),
    cells,
  )
  print.note(`${say('cli.blocks-count', { blocks: rows.length })}\n`)
  return 0
}
