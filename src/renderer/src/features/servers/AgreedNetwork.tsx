import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Domain } from '../../ui/Domain.tsx'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'

/** That a person agreed to reach a server in a network of their own, and the way to take that back. */
export const AgreedNetwork = ({ server, network }: { server: Server; network: string }) => {
  const engine = useEngine()
  const [asked, setAsked] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const close = () => {
    setAsked(false)
    setFailure(undefined)
  }
  const withdraw = () =>
    engine.call('servers.withdrawNetwork', { server: server.key }).then(close, error => setFailure(asFailure(error)))
  return (
    <>
      <p className={parts.quiet}>{say('servers.own-network', { network })}</p>
      <p className={parts.line}>
        <Button onClick={() => setAsked(true)}>{say('servers.withdraw-network')}</Button>
      </p>
      {asked && (
        <Dialog
          open
          onClose={close}
          title={<Words code="servers.withdraw-network-of" values={{ server: <Domain name={server.domain} /> }} />}
          foot={
            <>
              <Button look="primary" onClick={() => void withdraw()}>
                {say('servers.withdraw-network')}
              </Button>
              <Button onClick={close}>{say('sheet.back')}</Button>
            </>
          }
        >
          <p>{say('servers.withdraw-network-says')}</p>
          {failure && (
            <p className={parts.error} role="alert">
              {sayFailure(failure)}
            </p>
          )}
        </Dialog>
      )}
    </>
  )
}
