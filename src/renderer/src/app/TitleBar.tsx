import { useState } from 'react'
import type { LinkState } from '../../../shared/contract/method.ts'
import { say } from '../../../shared/messages/say.ts'
import { useShell } from '../client/engine.tsx'
import type { Output } from '../client/question.ts'
import { caveatsOf } from '../features/servers/caveats.ts'
import { roleWords } from '../features/servers/role-words.ts'
import { SyncDialog } from '../features/sync/SyncDialog.tsx'
import { Button } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'
import { Domain } from '../ui/Domain.tsx'
import { ago } from '../ui/format.ts'
import { Icon } from '../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../ui/Keys.tsx'
import { Mark } from '../ui/Mark.tsx'
import parts from '../ui/parts.module.css'
import { still } from '../ui/still.ts'
import { useNow } from '../ui/use-now.ts'
import type { Route } from './route.ts'
import styles from './TitleBar.module.css'
import { useServerInUse } from './use-server-in-use.ts'

type Status = Output<'sync.status'>

const SyncAge = ({ status }: { status: Status }) => {
  const now = useNow(1000)
  const known = status.servers.flatMap(each => each.lastAt ?? [])
  if (known.length === 0) return say('bar.reading')
  const [newest, oldest] = [ago(now - Math.max(...known)), ago(now - Math.min(...known))]
  return newest === oldest ? say('bar.synced', { ago: oldest }) : say('bar.synced-between', { newest, oldest })
}

/** How fresh what one sees is; behind it everything that is read. */
const Freshness = ({ status }: { status: Status }) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="bare" className={cx(styles.age, parts.cut)} title={say('sync.all')} onClick={() => setOpen(true)}>
        <SyncAge status={status} />
      </Button>
      <SyncDialog open={open} onClose={() => setOpen(false)} status={status} />
    </>
  )
}

type Shown = { title: string; route: Route; status: Status | undefined; link: LinkState; onFind(): void }

/** Looks like a field and opens the palette, which is one. */
const Find = ({ onFind }: { onFind(): void }) => (
  <button type="button" className={styles.find} aria-keyshortcuts={useShortcut('palette')} onClick={onFind}>
    <Icon name="search" small />
    <span className={parts.cut}>{say('bar.find')}</span>
    <span className={styles.findKey}>
      <KeyOf command="palette" />
    </span>
  </button>
)

/** The server that one acts on, where it is one. */
const InUse = ({ route }: { route: Route }) => {
  const server = useServerInUse(route)
  const door = useShell().kind
  if (!server) return null
  return (
    <p className={styles.who}>
      <Mark server={server} />
      <span className={parts.cut}>
        <Domain name={server.domain} />
        {say('bar.as', { acct: server.account.acct, role: roleWords(server.role) })}
      </span>
      {caveatsOf(server, door).map(code => (
        <span key={code} className={styles.insecure}>
          {say(code)}
        </span>
      ))}
    </p>
  )
}

/** Where one is, how fresh it is, and on which server as whom. */
export const TitleBar = still(({ title, route, status, link, onFind }: Shown) => (
  <header className={styles.bar}>
    <p className={styles.title}>
      <strong>{title}</strong>
      {status && status.servers.length > 0 && <Freshness status={status} />}
    </p>
    <div className={styles.middle}>
      <p className={styles.link} role="status">
        {link !== 'open' && (
          <>
            <Icon name="offline" small />
            {say('bar.link-lost')}
          </>
        )}
      </p>
      {link === 'open' && <Find onFind={onFind} />}
    </div>
    <InUse route={route} />
  </header>
))
