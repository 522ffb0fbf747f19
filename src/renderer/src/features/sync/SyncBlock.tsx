import { useState } from 'react'
import type { ServerSync } from '../../../../shared/contract/sync.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useServer } from '../../client/servers.tsx'
import { Button } from '../../ui/Button.tsx'
import { ago, exactTime, number, span } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import { isStrange } from './Strips.tsx'
import styles from './Sync.module.css'
import { SyncDialog } from './SyncDialog.tsx'

const Row = ({ sync, now }: { sync: ServerSync; now: number }) => {
  const server = useServer(sync.server)
  if (!server) return null
  const isThere = server.signedIn && sync.offlineSince === null
  const until = isThere && server.waitsUntil !== null && server.waitsUntil > now ? server.waitsUntil : null
  return (
    <tr>
      <th scope="row">
        <Mark server={server} />
      </th>
      {/* Until when takes the room of how many: all of them, as far as the server is concerned. */}
      <td colSpan={until === null ? 1 : 2}>
        {!server.signedIn
          ? say('sync.signed-out-short')
          : sync.offlineSince !== null
            ? say(isStrange(sync) ? 'sync.fails' : 'sync.offline')
            : until !== null
              ? say('sync.waits-until', { at: exactTime(until) })
              : sync.lastAt === null
                ? say('sync.reading')
                : ago(now - sync.lastAt)}
      </td>
      {until === null && (
        <td className={styles.calls}>{say('sync.calls', { used: number(sync.used), limit: number(sync.limit) })}</td>
      )}
    </tr>
  )
}

/** How far the closed reports have come, over all servers. */
const history = ({ servers, metered }: Output<'sync.status'>) => {
  const lists = servers.flatMap(sync => sync.lists.filter(list => list.list === 'reports-resolved'))
  const sum = (of: (list: (typeof lists)[number]) => number) => lists.reduce((all, list) => all + of(list), 0)
  const pages = sum(list => list.pages)
  const rows = number(sum(list => list.rows))
  if (lists.every(list => list.pagesLeft === 0)) return say('sync.history-done', { rows: sum(list => list.rows) })
  if (metered) return say('sync.history-metered', { rows })
  if (lists.some(list => list.pagesLeft === null)) return say('sync.history', { pages, rows: sum(list => list.rows) })
  const longest = Math.max(...servers.map(({ leftMs }) => leftMs ?? 0))
  const all = number(pages + sum(list => list.pagesLeft ?? 0))
  return say('sync.history-left', { page: number(pages), all, rows, span: span(longest) })
}

/** The foot of the rail: how old what one sees is, and what it costs the server; all of it behind one button. */
export const SyncBlock = ({ status }: { status: Output<'sync.status'> }) => {
  const now = useNow(1000)
  const [open, setOpen] = useState(false)
  const lists = status.servers.flatMap(sync => sync.lists)
  const stuck = lists.filter(list => list.failure !== null).length
  const leftOut = lists.flatMap(list => list.leftOut).length
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
      <p>{status.paused ? say('sync.paused') : history(status)}</p>
      {stuck > 0 && (
        <p className={parts.error} role="status">
          {say('sync.stuck-lists', { count: stuck })}
        </p>
      )}
      {leftOut > 0 && <p role="status">{say('sync.left-out-places', { count: leftOut })}</p>}
      <Button look="bare" className={styles.all} onClick={() => setOpen(true)}>
        {say('sync.all')}
      </Button>
      <SyncDialog open={open} onClose={() => setOpen(false)} status={status} />
    </section>
  )
}
