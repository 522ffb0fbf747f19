import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine, useShell } from '../../client/engine.tsx'
import { asFailure, useLive } from '../../client/use-live.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import { useFirstFocus } from '../../ui/use-first-focus.ts'
import styles from './SignIn.module.css'
import { SignInFailure } from './SignInFailure.tsx'
import type { Begun } from './use-begin.ts'

/** A link of the page itself, pressed by the person: no browser holds it back as it does what a script opens. */
const ToServer = ({ url }: { url: string }) => {
  const shell = useShell()
  const link = useRef<HTMLAnchorElement>(null)
  // The one next thing to do.
  useFirstFocus(link)
  return (
    <a
      className={buttonClass('primary')}
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      ref={link}
      onClick={event => {
        if (shell.kind === 'browser') return
        event.preventDefault()
        shell.openLink(url)
      }}
    >
      <Icon name="out" small />
      {say('sign-in.continue', { host: new URL(url).host })}
    </a>
  )
}

/** The code that the server showed, copied by hand. */
const CodeForm = ({ state }: { state: string }) => {
  const engine = useEngine()
  const [code, setCode] = useState('')
  const [failure, setFailure] = useState<Failure>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    engine.call('servers.finishSignIn', { state, code: code.trim() }, { timeoutMs: 120_000 }).catch(error => {
      // What the server said comes with the phase; here only what never reached it.
      if (asFailure(error).code === 'invalid-input') setFailure(asFailure(error))
    })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <LineField
        label={say('sign-in.code')}
        required
        maxLength={512}
        spellCheck={false}
        value={code}
        onType={setCode}
      />
      {failure && <SignInFailure failure={failure} />}
      <p>
        <Button type="submit">{say('sign-in.use-code')}</Button>
      </p>
    </form>
  )
}

type Shown = { begun: Begun; onDone(server: Server): void; onEnd(): void }

/** The second step happens on the server; here one waits, gives up, or reads why not. */
export const WaitForServer = ({ begun, onDone, onEnd }: Shown) => {
  const { state, authorizeUrl, waitsFor } = begun
  const engine = useEngine()
  const { data } = useLive('servers.signInPhase', { state })
  const phase = data?.phase ?? 'waiting'
  useEffect(() => {
    if (data?.phase === 'done') onDone(data.server)
  }, [data, onDone])
  const giveUp = () => {
    engine.call('servers.cancelSignIn', { state }).catch(() => {})
    onEnd()
  }
  if (phase === 'refused' || phase === 'gone')
    return (
      <div className={styles.form}>
        <SignInFailure
          failure={
            data?.phase === 'refused' ? data : { code: 'not-found', detail: { reason: 'failure.sign-in-unknown' } }
          }
        />
        <p>
          <Button look="primary" autoFocus onClick={onEnd}>
            {say('sign-in.again')}
          </Button>
        </p>
      </div>
    )
  return (
    <div className={styles.form}>
      <p>{say(waitsFor === 'code' ? 'sign-in.code-says' : 'sign-in.browser-says')}</p>
      <p>
        <ToServer url={authorizeUrl} />
      </p>
      {waitsFor === 'code' && <CodeForm state={state} />}
      <p className={parts.soft} role="status">
        {say(phase === 'waiting' ? 'sign-in.waiting' : phase === 'done' ? 'sign-in.done' : 'sign-in.checking')}
      </p>
      <p>
        <Button onClick={giveUp}>{say('sign-in.give-up')}</Button>
      </p>
    </div>
  )
}
