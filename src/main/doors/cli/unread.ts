import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import type { SyncedList } from '../../../shared/contract/sync.ts'
import { say } from '../../../shared/messages/say.ts'
import type { Printer } from './session.ts'
import { plainLine } from './table.ts'

/**
 * Says why rows may be missing from a table: nobody signed in, or a list that is not whole, such as one the role may not read. An empty
 * table would say that the server has none. `only`: the one server that was asked for, or null for all.
 */
export const noteUnread = async (
  open: Engine,
  print: Printer,
  servers: readonly Server[],
  list: SyncedList['list'],
  only: ServerKey | null,
): Promise<void> => {
  if (servers.length === 0) return print.note(`${say('cli.servers-none')}\n`)
  for (const { key, domain, signedIn } of servers)
    if (!signedIn && (only === null || only === key))
      print.note(`${say('cli.unread-signed-out', { server: plainLine(domain) })}\n`)
  const status = await open.call('sync.status', {})
  for (const { server, lists } of status.servers) {
    const found = lists.find(each => each.list === list)
    if (!found || found.state === 'complete' || (only !== null && only !== server)) continue
    const domain = plainLine(servers.find(({ key }) => key === server)?.domain ?? server)
    const state = say(`cli.reading.${found.state}`)
    print.note(`${say('cli.unread', { list: say(`cli.list.${list}`), server: domain, state })}\n`)
  }
}
