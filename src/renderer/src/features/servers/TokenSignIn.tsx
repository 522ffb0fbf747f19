import { type FormEvent, useId, useState } from 'react'
import { Failure } from '../../../../shared/contract/failure.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import styles from './SignIn.module.css'
import { SignInFailure } from './SignInFailure.tsx'
import { TokenHelp } from './TokenHelp.tsx'

/** Sign-in with a pasted token: where it is made, and what the server said. The address is that of the form above. */
export const TokenSignIn = ({ url, onDone }: { url: string; onDone(server: Server): void }) => {
  const engine = useEngine()
  const [token, setToken] = useState('')
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const [tokenId, whyId] = [useId(), useId()]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy || token.trim() === '') return
    if (url.trim() === '') return setFailure(new Failure('invalid-input', { reason: 'failure.no-address' }))
    setBusy(true)
    engine.call('servers.signIn', { url: url.trim(), token: token.trim() }, { timeoutMs: 120_000 }).then(
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
  return (
    <form className={styles.form} onSubmit={submit}>
      <TokenHelp url={url} />
      <div>
        <label className={controls.label} htmlFor={tokenId}>
          {say('sign-in.token')}
        </label>
        <input
          id={tokenId}
          type="password"
          className={controls.field}
          required
          maxLength={2000}
          autoComplete="off"
          value={token}
          onChange={event => setToken(event.target.value)}
          {...(failure ? { 'aria-invalid': true, 'aria-describedby': whyId } : {})}
        />
      </div>
      {failure && <SignInFailure id={whyId} failure={failure} />}
      <p>
        <Button type="submit" disabled={busy}>
          {say(busy ? 'sign-in.busy' : 'sign-in.by-token')}
        </Button>
      </p>
    </form>
  )
}
