import { useCallback, useState } from 'react'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { type Asking, useAskFirst } from '../../client/ask-first.ts'
import { useServer } from '../../client/servers.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Domain } from '../../ui/Domain.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Words } from '../../ui/Words.tsx'
import { Scopes } from './Scopes.tsx'
import styles from './SignIn.module.css'
import { SignInFailure } from './SignInFailure.tsx'
import { type Begun, useBegin } from './use-begin.ts'
import { WaitForServer } from './WaitForServer.tsx'

type Step = { server: Server; asking: Asking; onClose(): void }

/** Why once more, and for what; nothing is lost meanwhile. */
const Ask = ({ server, asking, onClose, onBegun }: Step & { onBegun(begun: Begun): void }) => {
  const { begin, busy, failure } = useBegin(onBegun)
  const asked = { url: server.origin, decide: true, server: server.key }
  return (
    <div className={styles.form}>
      <p>
        <Words code="rights.says" values={{ server: <Domain name={server.domain} />, what: asking.what }} />
      </p>
      <Scopes only={['admin:write', 'write:reports']} />
      {server.tokenFrom === 'pasted' && <p>{say('rights.pasted')}</p>}
      {failure && <SignInFailure failure={failure} />}
      <p className={styles.acts}>
        <Button look="primary" autoFocus disabled={busy} onClick={() => void begin(asked, false)}>
          {say(busy ? 'sign-in.busy' : 'rights.grant')}
        </Button>
        <Button disabled={busy} onClick={() => void begin(asked, true)}>
          {say('sign-in.by-code')}
        </Button>
        <Button onClick={onClose}>{say('sheet.back')}</Button>
      </p>
    </div>
  )
}

/** The right is there: the person says once more that the decision is wanted, since they come back from another page. */
const Again = ({ asking, onClose }: Omit<Step, 'server'>) => (
  <div className={styles.form}>
    <p role="status">{say('rights.granted')}</p>
    <p className={styles.acts}>
      <Button
        look="primary"
        autoFocus
        onClick={() => {
          onClose()
          asking.again()
        }}
      >
        {say('rights.again', { what: asking.what })}
      </Button>
      <Button onClick={onClose}>{say('sheet.back')}</Button>
    </p>
  </div>
)

const Steps = (step: Step) => {
  const [begun, setBegun] = useState<Begun>()
  const [granted, setGranted] = useState(false)
  const onDone = useCallback(() => setGranted(true), [])
  if (granted) return <Again {...step} />
  if (!begun) return <Ask {...step} onBegun={setBegun} />
  return <WaitForServer key={begun.state} begun={begun} onDone={onDone} onEnd={() => setBegun(undefined)} />
}

/** Stands over the desk when a decision needs a right that the token does not have. */
export const MoreRights = () => {
  const asking = useAskFirst(state => state.asking)
  const server = useServer(asking?.server)
  const onClose = () => useAskFirst.setState({ asking: null })
  if (asking?.about !== 'rights' || !server) return null
  return (
    <Dialog open onClose={onClose} title={say('rights.title')} aside={<Mark server={server} />}>
      <Steps server={server} asking={asking} onClose={onClose} />
    </Dialog>
  )
}
