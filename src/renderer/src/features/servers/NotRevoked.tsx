import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Engine } from '../../../../shared/contract/index.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'
import { ServerPage } from './Limits.tsx'
import styles from './ServerList.module.css'

/** A token that the server has yet to prove dead: Howdah tries again by itself, now if asked, or a person did it there. */
export const NotRevoked = ({ server }: { server: Server }) => {
  const engine = useEngine()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const [unproved, setUnproved] = useState(false)
  const act = (run: (of: Engine) => Promise<unknown>) => {
    setBusy(true)
    setUnproved(false)
    run(engine)
      .then(
        () => setFailure(undefined),
        error => setFailure(asFailure(error)),
      )
      .finally(() => setBusy(false))
  }
  const tryNow = async (of: Engine) => {
    const { token } = await of.call('servers.revokeAgain', { server: server.key }, { timeoutMs: 120_000 })
    setUnproved(token === 'unproved')
  }
  return (
    <div className={styles.insecure}>
      <p>
        <Words
          code="servers.not-revoked"
          values={{ page: <ServerPage url={`${server.origin}/oauth/authorized_applications`} /> }}
        />
      </p>
      <p className={parts.line}>
        <Button disabled={busy} onClick={() => act(tryNow)}>
          {say('servers.revoke-again')}
        </Button>
        <Button disabled={busy} onClick={() => act(of => of.call('servers.settleRevoked', { server: server.key }))}>
          {say('servers.settle-revoked')}
        </Button>
      </p>
      {unproved && <p role="status">{say('servers.still-unproved')}</p>}
      {failure && (
        <p className={parts.error} role="alert">
          {sayFailure(failure)}
        </p>
      )}
    </div>
  )
}
