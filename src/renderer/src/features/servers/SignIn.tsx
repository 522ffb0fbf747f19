import { type FormEvent, useId, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import styles from './SignIn.module.css'
import { TokenHelp } from './TokenHelp.tsx'

type Shown = {
  /** Nothing is here yet: a word of welcome. */
  first: boolean
  /** The address to begin with, where one server is to be signed in to again. */
  url: string
  onDone(server: Server): void
  onBack?: (() => void) | undefined
}

/** Sign-in with a pasted token: the server's address, where a token is made, and what the server said. */
export const SignIn = ({ first, url: given, onDone, onBack }: Shown) => {
  const engine = useEngine()
  const [url, setUrl] = useState(given)
  const [token, setToken] = useState('')
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const [urlId, tokenId, whyId] = [useId(), useId(), useId()]
  const urlField = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy || url.trim() === '' || token.trim() === '') return
    setBusy(true)
    engine.call('servers.signIn', { url: url.trim(), token: token.trim() }).then(
      ({ server }) => {
        setBusy(false)
        setToken('')
        onDone(server)
      },
      error => {
        setBusy(false)
        setFailure(asFailure(error))
        urlField.current?.focus()
      },
    )
  }
  const wrong = failure ? { 'aria-invalid': true, 'aria-describedby': whyId } : {}
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit} aria-labelledby="sign-in-h">
        <header>
          <h1 id="sign-in-h">{say(first ? 'sign-in.welcome' : 'sign-in.title')}</h1>
          <p className={parts.soft}>{say(first ? 'sign-in.welcome-says' : 'sign-in.says')}</p>
        </header>
        <div>
          <label className={controls.label} htmlFor={urlId}>
            {say('sign-in.url')}
          </label>
          <input
            id={urlId}
            ref={urlField}
            className={controls.field}
            // biome-ignore lint/a11y/noAutofocus: the screen has nothing else to begin with
            autoFocus
            required
            maxLength={300}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={say('sign-in.url-example')}
            value={url}
            onChange={event => setUrl(event.target.value)}
            {...wrong}
          />
        </div>
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
            {...wrong}
          />
        </div>
        {failure && (
          <p className={parts.error} id={whyId} role="alert">
            <Icon name="failed" />
            <span>{failure.code === 'offline' ? say('sign-in.offline') : sayFailure(failure)}</span>
          </p>
        )}
        <p className={parts.line}>
          <Button type="submit" look="primary" disabled={busy}>
            {say(busy ? 'sign-in.busy' : 'sign-in.do')}
          </Button>
          {onBack && <Button onClick={onBack}>{say('sign-in.back')}</Button>}
        </p>
        <p className={styles.promise}>{say('sign-in.promise')}</p>
      </form>
    </main>
  )
}
