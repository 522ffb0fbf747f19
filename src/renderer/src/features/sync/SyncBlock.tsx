import type { ServerSync } from '../../../../shared/contract/sync.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useServer } from '../../client/servers.tsx'
import type { Output } from '../../client/use-live.ts'
import { ago, number } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Sync.module.css'

const Row = ({ sync, now }: { sync: ServerSync; now: number }) => {
  const server = useServer(sync.server)
  if (!server) return null
  return (
    <tr>
      <th scope="row">
        <Mark server={server} />
      </th>
      <td>
        {!server.signedIn
          ? say('sync.signed-out-short')
          : sync.offlineSince !== null
            ? say('sync.offline')
            : sync.lastAt === null
              ? say('sync.reading')
              : ago(now - sync.lastAt)}
      </td>
      <td className={styles.calls}>{say('sync.calls', { used: number(sync.used), limit: number(sync.limit) })}</td>
    </tr>
  )
}

/** How far the closed reports have come, over all servers. */
const history = (servers: readonly ServerSync[]) => {
  const lists = servers.flatMap(sync => sync.lists.filter(list => list.list === 'reports-resolved'))
  const sum = (of: (list: (typeof lists)[number]) => number) => lists.reduce((all, list) => all + of(list), 0)
  const values = { pages: sum(list => list.pages), rows: sum(list => list.rows) }
  return say(lists.every(list => list.complete) ? 'sync.history-done' : 'sync.history', values)
}

/** The foot of the rail: how old what one sees is, and what it costs the server. */
export const SyncBlock = ({ status }: { status: Output<'sync.status'> }) => {
  const now = useNow(1000)
  return (
    <section className={styles.block} aria-labelledby="sync-h">
      <h2 id="sync-h">{say('sync.title')}</h2>
      <table>
        <tbody>
          {status.servers.map(sync => (
            <Row key={sync.server} sync={sync} now={now} />
          ))}
        </tbody>
      </table>
      <p>{status.paused ? say('sync.paused') : history(status.servers)}</p>
    </section>
  )
}
