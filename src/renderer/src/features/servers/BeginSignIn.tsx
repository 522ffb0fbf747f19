import { type FormEvent, useId, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine, useShell } from '../../client/engine.tsx'
import type { Output } from '../../client/use-live.ts'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import parts from '../../ui/parts.module.css'
import { Scopes } from './Scopes.tsx'
import styles from './SignIn.module.css'
import { SignInFailure } from './SignInFailure.tsx'

/** A sign-in that waits for the person and their server. */
export type Begun = Output<'servers.beginSignIn'>

type Shown = { url: string; onUrl(url: string): void; onBegun(begun: Begun): void; onBack: (() => void) | undefined }

/** The first step: which server, and what it will be asked for. */
export const BeginSignIn = ({ url, onUrl, onBegun, onBack }: Shown) => {
  const engine = useEngine()
  const shell = useShell()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const [urlId, whyId] = [useId(), useId()]
  const field = useRef<HTMLInputElement>(null)
  const begin = async (byCode: boolean) => {
    if (busy) return
    if (url.trim() === '') return field.current?.focus()
    setBusy(true)
    setFailure(undefined)
    try {
      const redirect = byCode ? 'oob' : await shell.redirect()
      onBegun(await engine.call('servers.beginSignIn', { url: url.trim(), redirect }, { timeoutMs: 120_000 }))
    } catch (error) {
      setBusy(false)
      setFailure(asFailure(error))
      field.current?.focus()
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void begin(false)
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-labelledby="sign-in-h">
      <div>
        <label className={controls.label} htmlFor={urlId}>
          {say('sign-in.url')}
        </label>
        <input
          id={urlId}
          ref={field}
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
          onChange={event => onUrl(event.target.value)}
          {...(failure ? { 'aria-invalid': true, 'aria-describedby': whyId } : {})}
        />
      </div>
      <div className={styles.asked}>
        <p>{say('sign-in.asks-for')}</p>
        <Scopes />
      </div>
      {failure && <SignInFailure id={whyId} failure={failure} />}
      <p className={parts.line}>
        <Button type="submit" look="primary" disabled={busy}>
          {say(busy ? 'sign-in.busy' : 'sign-in.by-browser')}
        </Button>
        <Button disabled={busy} onClick={() => void begin(true)}>
          {say('sign-in.by-code')}
        </Button>
        {onBack && <Button onClick={onBack}>{say('sign-in.back')}</Button>}
      </p>
    </form>
  )
}
