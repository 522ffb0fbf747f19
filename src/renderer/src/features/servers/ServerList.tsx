import { useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Output } from '../../client/question.ts'
import { useServers } from '../../client/servers.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Domain } from '../../ui/Domain.tsx'
import { date } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'
import { AgreedNetwork } from './AgreedNetwork.tsx'
import { Limits, ServerPage } from './Limits.tsx'
import { NotRevoked } from './NotRevoked.tsx'
import { roleWords } from './role-words.ts'
import styles from './ServerList.module.css'

const Row = ({ server, again, onLeave }: { server: Server; again: string; onLeave(): void }) => (
  <li className={styles.row}>
    <Mark server={server} />
    <div className={styles.about}>
      <p>
        <Domain name={server.domain} className={styles.host} />
        {server.insecure && <span className={styles.insecure}> {say('servers.insecure')}</span>}
      </p>
      <p className={parts.quiet}>
        {say('servers.about', { acct: server.account.acct, role: roleWords(server.role), release: server.release })}
      </p>
      <p className={parts.quiet}>
        {say(server.signedIn ? `servers.sealed-${server.sealedBy}` : 'servers.signed-out', {
          on: date(server.signedInAt),
        })}
      </p>
      {server.signedIn && (
        <p className={parts.quiet}>
          {say(
            server.scopes === null
              ? 'servers.may-unknown'
              : server.mayDecide
                ? 'servers.may-decide'
                : 'servers.may-read',
          )}
        </p>
      )}
      {server.ownNetwork !== null && <AgreedNetwork server={server} network={server.ownNetwork} />}
      <Limits server={server} />
      {server.notRevoked && <NotRevoked server={server} />}
    </div>
    <span className={parts.push} />
    {server.signedIn ? (
      <Button onClick={onLeave}>{say('servers.sign-out')}</Button>
    ) : (
      <a className={buttonClass('primary')} href={again}>
        {say('sync.sign-in-again')}
      </a>
    )}
  </li>
)

/** What signing out came to. */
type Left = Output<'servers.signOut'>

type Leaving = { server: Server; onClose(left: Left | null): void; focusAfter(): HTMLElement | null }

const Leave = ({ server, onClose, focusAfter }: Leaving) => {
  const engine = useEngine()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const leave = () => {
    setBusy(true)
    engine.call('servers.signOut', { server: server.key }, { timeoutMs: 120_000 }).then(onClose, error => {
      setBusy(false)
      setFailure(asFailure(error))
    })
  }
  return (
    <Dialog
      open
      onClose={() => onClose(null)}
      focusAfter={focusAfter}
      title={<Words code="servers.sign-out-of" values={{ server: <Domain name={server.domain} /> }} />}
      foot={
        <>
          <Button look="primary" disabled={busy} onClick={leave}>
            {say('servers.sign-out')}
          </Button>
          <Button onClick={() => onClose(null)}>{say('sheet.back')}</Button>
        </>
      }
    >
      <p>{say(`servers.sign-out-says-${server.tokenFrom}`)}</p>
      {failure && (
        <p className={parts.error} role="alert">
          {sayFailure(failure)}
        </p>
      )}
    </Dialog>
  )
}

/** The servers signed in to, and the ways out and back in. `signInAt` gives the address of the sign-in screen. */
export const ServerList = ({ signInAt }: { signInAt(url: string, server?: ServerKey): string }) => {
  const servers = useServers()
  const [leaving, setLeaving] = useState<Server>()
  const [left, setLeft] = useState<Left>()
  const heading = useRef<HTMLHeadingElement>(null)
  /** What was pressed is gone with the sign-in. */
  const isGone = useRef(false)
  return (
    <section aria-labelledby="servers-h">
      <h2 id="servers-h" ref={heading} tabIndex={-1}>
        {say('servers.title')}
      </h2>
      {left && (
        <p className={styles.revoke} role="status">
          {say(`servers.left-${left.token}`)} {left.token !== 'revoked' && <ServerPage url={left.revokeAt} />}
        </p>
      )}
      <ul>
        {servers.map(server => (
          <Row
            key={server.key}
            server={server}
            again={signInAt(server.origin, server.key)}
            onLeave={() => {
              isGone.current = false
              setLeaving(server)
            }}
          />
        ))}
      </ul>
      <p className={styles.add}>
        <a className={buttonClass()} href={signInAt('')}>
          <Icon name="plus" small />
          {say('servers.add')}
        </a>
      </p>
      {leaving && (
        <Leave
          server={leaving}
          focusAfter={() => (isGone.current ? heading.current : null)}
          onClose={came => {
            isGone.current = came !== null
            setLeaving(undefined)
            if (came !== null) setLeft(came)
          }}
        />
      )}
    </section>
  )
}
