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

type Shown = {
  /** The address is that of the form above. */
  url: string
  /** Whether it is this form that is filled in: only then its failure is shown. */
  inHand: boolean
  onBegin(): void
  onDone(server: Server): void
}

/** Sign-in with a pasted token: where it is made, and what the server said. */
export const TokenSignIn = ({ url, inHand, onBegin, onDone }: Shown) => {
  const engine = useEngine()
  const [token, setToken] = useState('')
  const [last, setFailure] = useState<Failure>()
  const failure = inHand ? last : undefined
  const [busy, setBusy] = useState(false)
  const whyId = useId()
  const [asked, setAsked] = useState(url)
  const signIn = (privateAddress?: string) => {
    if (busy) return
    onBegin()
    setAsked(url)
    setBusy(true)
    setFailure(undefined)
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
        onType={typed => {
          onBegin()
          setToken(typed)
        }}
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
