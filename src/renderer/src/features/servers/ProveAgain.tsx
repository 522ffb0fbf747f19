import { useState } from 'react'
import type { LockState } from '../../../../shared/contract/lock.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { Domain } from '../../ui/Domain.tsx'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'
import styles from './SignIn.module.css'
import { SignInFailure } from './SignInFailure.tsx'
import { type Begun, useBegin } from './use-begin.ts'
import { WaitForServer } from './WaitForServer.tsx'

/** The desk is open then, which the engine tells everyone. */
const proved = () => {}

/** Who one is, proved at one of the servers that one is signed in to: what opens a locked desk without its passphrase. */
export const ProveAgain = ({ servers }: Pick<LockState, 'servers'>) => {
  const [begun, setBegun] = useState<Begun>()
  const { begin, busy, failure } = useBegin(setBegun)
  if (begun) return <WaitForServer key={begun.state} begun={begun} onDone={proved} onEnd={() => setBegun(undefined)} />
  return (
    <div className={styles.form}>
      <p className={parts.soft}>{say('lock.forgotten-says')}</p>
      {failure && <SignInFailure failure={failure} />}
      {servers.map(({ key, domain, origin, acct }) => (
        <div key={key}>
          <p>
            <Words code="lock.sign-in-at" values={{ server: <Domain name={domain} />, acct }} />
          </p>
          <p className={styles.acts}>
            <Button disabled={busy} onClick={() => void begin({ url: origin, server: key }, false)}>
              {say(busy ? 'sign-in.busy' : 'sign-in.by-browser')}
            </Button>
            <Button disabled={busy} onClick={() => void begin({ url: origin, server: key }, true)}>
              {say('sign-in.by-code')}
            </Button>
          </p>
        </div>
      ))}
    </div>
  )
}
