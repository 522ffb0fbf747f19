import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine, useShell } from '../../client/engine.tsx'
import { useServers } from '../../client/servers.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { date } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'
import styles from './ServerList.module.css'

const Row = ({ server, again, onLeave }: { server: Server; again: string; onLeave(): void }) => (
  <li className={styles.row}>
    <Mark server={server} />
    <div className={styles.about}>
      <p>
        <bdi className={styles.host}>{server.domain}</bdi>
        {server.insecure && <span className={styles.insecure}> {say('servers.insecure')}</span>}
      </p>
      <p className={parts.quiet}>
        {say('servers.about', { acct: server.account.acct, role: server.role.name, release: server.release })}
      </p>
      <p className={parts.quiet}>
        {say(server.signedIn ? `servers.sealed-${server.sealedBy}` : 'servers.signed-out', {
          on: date(server.signedInAt),
        })}
      </p>
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

const Leave = ({ server, onClose }: { server: Server; onClose(revokeAt: string | null): void }) => {
  const engine = useEngine()
  const [failure, setFailure] = useState<Failure>()
  const leave = () =>
    void engine.call('servers.signOut', { server: server.key }).then(
      ({ revokeAt }) => onClose(revokeAt),
      error => setFailure(asFailure(error)),
    )
  return (
    <Dialog
      open
      onClose={() => onClose(null)}
      title={<Words code="servers.sign-out-of" values={{ server: <bdi>{server.domain}</bdi> }} />}
      foot={
        <>
          <Button look="primary" onClick={leave}>
            {say('servers.sign-out')}
          </Button>
          <Button onClick={() => onClose(null)}>{say('sheet.back')}</Button>
        </>
      }
    >
      <p>{say('servers.sign-out-says')}</p>
      {failure && (
        <p className={parts.error} role="alert">
          {sayFailure(failure)}
        </p>
      )}
    </Dialog>
  )
}

/** The servers signed in to, and the ways out and back in. `signInAt` gives the address of the sign-in screen. */
export const ServerList = ({ signInAt }: { signInAt(url: string): string }) => {
  const servers = useServers()
  const shell = useShell()
  const [leaving, setLeaving] = useState<Server>()
  const [revokeAt, setRevokeAt] = useState<string>()
  return (
    <section aria-labelledby="servers-h">
      <h2 id="servers-h">{say('servers.title')}</h2>
      {revokeAt !== undefined && (
        <p className={styles.revoke} role="status">
          {say('servers.revoke-at')}{' '}
          <Button look="bare" onClick={() => shell.openLink(revokeAt)}>
            <Icon name="out" small />
            {revokeAt}
          </Button>
        </p>
      )}
      <ul>
        {servers.map(server => (
          <Row key={server.key} server={server} again={signInAt(server.origin)} onLeave={() => setLeaving(server)} />
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
          onClose={revoke => {
            setLeaving(undefined)
            if (revoke !== null) setRevokeAt(revoke)
          }}
        />
      )}
    </section>
  )
}
