import { type FormEvent, useId, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { LineField } from '../../ui/LineField.tsx'
import { OwnNetwork } from './OwnNetwork.tsx'
import styles from './SignIn.module.css'
import { SignInFailure } from './SignInFailure.tsx'
import { TokenHelp } from './TokenHelp.tsx'

/** Sign-in with a pasted token: where it is made, and what the server said. The address is that of the form above. */
export const TokenSignIn = ({ url, onDone }: { url: string; onDone(server: Server): void }) => {
  const engine = useEngine()
  const [token, setToken] = useState('')
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const whyId = useId()
  const [asked, setAsked] = useState(url)
  const signIn = (privateAddress?: string) => {
    if (busy) return
    setAsked(url)
    setBusy(true)
    engine.call('servers.signIn', { url: url.trim(), token, privateAddress }, { timeoutMs: 120_000 }).then(
      ({ server }) => {
        setBusy(false)
        setToken('')
        onDone(server)
      },
      error => {
        setBusy(false)
        setFailure(asFailure(error))
      },
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn()
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TokenHelp url={url} />
      <LineField
        label={say('sign-in.token')}
        type="password"
        required
        maxLength={2000}
        value={token}
        onType={setToken}
        {...(failure ? { 'aria-invalid': true, 'aria-describedby': whyId } : {})}
      />
      {failure && <SignInFailure id={whyId} failure={failure} />}
      {failure && asked === url && <OwnNetwork failure={failure} busy={busy} onAgree={signIn} />}
      <p>
        <Button type="submit" disabled={busy}>
          {say(busy ? 'sign-in.busy' : 'sign-in.by-token')}
        </Button>
      </p>
    </form>
  )
}
