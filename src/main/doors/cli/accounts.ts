import { AccountFilter, type AccountRow } from '../../../shared/contract/accounts.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import { say } from '../../../shared/messages/say.ts'
import { findServer } from './servers.ts'
import { printJson, printTable, type Run } from './session.ts'
import { cutTo, domainCell, isoTime, plainLine, showTime } from './table.ts'

const PAGE = 200

const readRows = async (open: Engine, accounts: readonly Target[]): Promise<AccountRow[]> => {
  const rows: AccountRow[] = []
  for (let from = 0; from < accounts.length; from += PAGE)
    rows.push(...(await open.call('accounts.rows', { accounts: accounts.slice(from, from + PAGE) })).rows)
  return rows
}

const handleOf = ({ account: { username, domain } }: AccountRow) => `@${username}${domain === null ? '' : `@${domain}`}`

const standing = ({ flags, pending }: AccountRow): string[] => [
  ...(pending ? ['pending'] : []),
  ...(['suspended', 'limited', 'frozen', 'sensitive'] as const).filter(flag => flags[flag] === true),
]

const documentOf = (row: AccountRow, home: string) => ({
  server: home,
  id: row.account.id,
  handle: handleOf(row),
  displayName: row.account.displayName,
  states: standing(row),
  role: row.role,
  staff: row.isStaff,
  joinedAt: row.joinedAt === null ? null : isoTime(row.joinedAt),
  followers: row.followers,
  openReports: row.open,
})

/** `howdah accounts`: those that are known here, or with `--ask` a page of what the server names too; no personal data. */
export const listAccounts: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const { servers } = await open.call('servers.list', {})
  const given = words.text('server')
  const server = given === undefined ? null : await findServer(open, given)
  const filter = AccountFilter.parse({
    server: server?.key ?? null,
    text: words.text('text') ?? '',
    origin: words.text('origin') ?? null,
    state: words.text('state') ?? null,
    domain: words.text('domain')?.toLowerCase() ?? null,
    staff: words.has('staff'),
  })
  if (words.has('ask'))
    for (const { key } of servers.filter(each => each.signedIn && (server === null || each.key === server.key)))
      await open.call('accounts.ask', { ...filter, server: key })
  const { accounts, more } = await open.call('accounts.find', filter)
  const rows = await readRows(open, accounts.slice(0, words.number('limit') ?? accounts.length))
  if (servers.length === 0) print.note(`${say('cli.servers-none')}\n`)
  const homeOf = (row: AccountRow) => servers.find(({ key }) => key === row.server)?.domain ?? row.server
  if (words.has('json')) {
    printJson(
      print,
      rows.map(row => documentOf(row, homeOf(row))),
    )
    return 0
  }
  const head = ['server', 'account', 'in-force', 'open', 'joined'] as const
  const cells = rows.map(row => [
    plainLine(homeOf(row)),
    cutTo(domainCell(handleOf(row)), 64),
    standing(row).join(' '),
    String(row.open),
    row.joinedAt === null ? '' : showTime(row.joinedAt),
  ])
  printTable(
    print,
    head.map(name => say(`cli.head.${name}`)),
    cells,
  )
  print.note(`${say(more ? 'accounts.sum-more' : 'accounts.sum', { total: rows.length })}\n`)
  return 0
}
