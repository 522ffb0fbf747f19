import type { Engine } from '../../../shared/contract/index.ts'
import type { SignupRow } from '../../../shared/contract/signups.ts'
import { say } from '../../../shared/messages/say.ts'
import { findServer } from './servers.ts'
import { printJson, printTable, type Run } from './session.ts'
import { cutTo, isoTime, plainLine, showTime } from './table.ts'
import { noteUnread } from './unread.ts'

const PAGE = 200

/** Everyone who waits on a server, who waits longest first. */
const readWaiting = async (open: Engine, server: string): Promise<SignupRow[]> => {
  const { people } = await open.call('signups.cluster', { server, pattern: 'all', value: '' })
  const rows: SignupRow[] = []
  for (let from = 0; from < people.length; from += PAGE) {
    const ids = people.slice(from, from + PAGE).map(({ id }) => id)
    rows.push(...(await open.call('signups.rows', { server, ids })).rows)
  }
  return rows
}

/** E-mail and address as they are shown on the desk: masked. */
const documentOf = (row: SignupRow, home: string) => ({
  server: home,
  id: row.account.id,
  username: row.account.username,
  signedUpAt: isoTime(row.signedUpAt),
  confirmed: row.confirmed,
  locale: row.locale,
  email: row.email,
  address: row.address,
  invited: row.invited,
  byApplication: row.byApplication,
  reason: row.reason,
  ownReason: row.ownReason,
  shares: row.shares.map(({ pattern, says, count }) => ({ pattern, value: says, count })),
})

/** `howdah signups`: who waits for approval, who waits longest first; personal data masked. */
export const listSignups: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const { servers } = await open.call('servers.list', {})
  const given = words.text('server')
  const only = given === undefined ? null : (await findServer(open, given)).key
  const all: { row: SignupRow; home: string }[] = []
  for (const { key, domain } of servers.filter(each => only === null || each.key === only))
    for (const row of await readWaiting(open, key)) all.push({ row, home: domain })
  const rows = all.slice(0, words.number('limit') ?? Number.MAX_SAFE_INTEGER)
  await noteUnread(open, print, servers, 'signups', only)
  if (words.has('json')) {
    printJson(
      print,
      rows.map(({ row, home }) => documentOf(row, home)),
    )
    return 0
  }
  const head = ['server', 'account', 'signed-up', 'address', 'shares', 'reason'] as const
  const cells = rows.map(({ row, home }) => [
    plainLine(home),
    cutTo(plainLine(`@${row.account.username}`), 30),
    showTime(row.signedUpAt),
    plainLine(row.address ?? ''),
    String(row.shares.length),
    plainLine(row.reason),
  ])
  printTable(
    print,
    head.map(name => say(`cli.head.${name}`)),
    cells,
  )
  print.note(`${say('cli.signups-count', { count: rows.length })}\n`)
  return 0
}
