import { useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import type { ServerSync } from '../../../../shared/contract/sync.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Output } from '../../client/question.ts'
import { useServer } from '../../client/servers.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Domain } from '../../ui/Domain.tsx'
import { ago, exactTime, number, span, time } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Words } from '../../ui/Words.tsx'
import { LeftOut } from './LeftOut.tsx'
import { ListTable } from './ListTable.tsx'
import { Stuck } from './Stuck.tsx'
import styles from './Sync.module.css'

/** What goes on with one server beside its lists: how fresh, how costly, how long still. */
const facts = (sync: ServerSync, now: number, waits: boolean): string[] => {
  const bad = sync.lists.reduce((sum, list) => sum + list.bad, 0)
  return [
    ...(sync.lastAt === null ? [] : [say('sync.looked', { ago: ago(now - sync.lastAt) })]),
    ...(sync.nextAt === null || sync.nextAt < now || waits ? [] : [say('sync.next-look', { at: time(sync.nextAt) })]),
    say('sync.budget', { used: number(sync.used), limit: number(sync.limit) }),
    say('sync.budget-paged', { used: number(sync.pagedUsed), limit: number(sync.pagedLimit) }),
    ...(sync.leftMs === 0
      ? []
      : [
          sync.leftMs === null || sync.lists.some(list => list.failure)
            ? say('sync.left-unknown')
            : say('sync.left', { span: span(sync.leftMs) }),
        ]),
    ...(bad > 0 ? [say('sync.bad', { count: bad })] : []),
  ]
}

const OneServer = ({ sync, server }: { sync: ServerSync; server: Server }) => {
  const now = useNow(1000)
  const waits = server.waitsUntil !== null && server.waitsUntil > now
  // That it asked to wait says its strip's sentence, and no more once that is over; what a list says already is not said once more.
  const isSaid = sync.lists.some(
    ({ failure }) => failure && sync.failure && sayFailure(failure) === sayFailure(sync.failure),
  )
  const failure = sync.failure?.code === 'rate-limited' || isSaid ? null : sync.failure
  return (
    <section className={styles.server} aria-labelledby={`sync-${server.key}`}>
      <h3 className={parts.line} id={`sync-${server.key}`}>
        <Mark server={server} />
        <Domain name={server.domain} className={parts.cut} />
      </h3>
      <ListTable lists={sync.lists} label={server.domain} />
      <LeftOut lists={sync.lists} origin={server.origin} />
      <ul className={cx(parts.quiet, styles.facts)}>
        {server.signedIn ? (
          facts(sync, now, waits).map(fact => <li key={fact}>{fact}</li>)
        ) : (
          <li>{say('servers.signed-out')}</li>
        )}
      </ul>
      {waits && server.waitsUntil !== null && (
        <p role="status">
          <Words
            code="sync.asks-to-wait"
            values={{ server: <Domain name={server.domain} />, at: exactTime(server.waitsUntil) }}
          />
        </p>
      )}
      <Stuck lists={sync.lists} />
      {failure && <Trouble failure={failure} />}
    </section>
  )
}

const Known = ({ sync }: { sync: ServerSync }) => {
  const server = useServer(sync.server)
  return server ? <OneServer sync={sync} server={server} /> : null
}

type Shown = { open: boolean; onClose(): void; status: Output<'sync.status'> }

/** Everything that is read of every server, in numbers; here it is paused, and asked for at once. */
export const SyncDialog = ({ open, onClose, status }: Shown) => {
  const engine = useEngine()
  const first = useRef<HTMLButtonElement>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const run = (asked: Promise<unknown>) => {
    setBusy(true)
    setFailure(undefined)
    asked.catch(error => setFailure(asFailure(error))).finally(() => setBusy(false))
  }
  // What stands beside a server or a list already is not said once more.
  const told = status.servers.flatMap(each => [each.failure, ...each.lists.map(list => list.failure)])
  const isNews = failure && !told.some(each => each && sayFailure(each) === sayFailure(failure))
  const failed = status.servers.flatMap(({ lists }) => lists).find(({ list }) => list === failure?.detail.list)
  const list = failed && say(`list.${failed.list}`)
  // What a look came to is told as long as one is there.
  const close = () => {
    setFailure(undefined)
    onClose()
  }
  const toggle = () => run(engine.call('sync.pause', { paused: !status.paused }))
  return (
    <Dialog
      open={open}
      onClose={close}
      title={say('sync.all')}
      focus={first}
      foot={
        <>
          <Button ref={first} onClick={() => run(engine.call('sync.now', {}))} disabled={busy}>
            {say('sync.look-now')}
          </Button>
          <Button onClick={toggle} disabled={busy}>
            {say(status.paused ? 'sync.go-on' : 'sync.pause')}
          </Button>
          <Button look="primary" onClick={close}>
            {say('sync.done')}
          </Button>
        </>
      }
    >
      {status.paused && <p>{say('sync.paused')}</p>}
      {status.metered && <p>{say('sync.metered')}</p>}
      {isNews && <Trouble failure={failure} says={list && say('sync.list-why', { list, why: sayFailure(failure) })} />}
      {status.servers.map(sync => (
        <Known key={sync.server} sync={sync} />
      ))}
    </Dialog>
  )
}
