import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import styles from './Lock.module.css'

/** The passphrase, once more for each wrong one. That the desk is open is told to everyone who shows it, by the engine. */
const OpenForm = () => {
  const engine = useEngine()
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const field = useRef<HTMLInputElement>(null)
  const whyId = useId()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    field.current?.focus()
    if (busy || passphrase === '') return
    setBusy(true)
    try {
      await engine.call('lock.open', { passphrase })
      setFailure(undefined)
    } catch (error) {
      setFailure(asFailure(error))
      field.current?.select()
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className={styles.form} onSubmit={event => void submit(event)} aria-labelledby="lock-h">
      <LineField
        label={say('lock.passphrase')}
        type="password"
        autoComplete="current-password"
        autoFocus
        required
        ref={field}
        maxLength={1024}
        aria-invalid={failure?.code === 'not-allowed'}
        aria-describedby={failure ? whyId : undefined}
        value={passphrase}
        onType={setPassphrase}
      />
      {failure && (
        <div id={whyId}>
          <Trouble failure={failure} />
        </div>
      )}
      <p>
        <Button type="submit" look="primary" aria-disabled={busy}>
          {say(busy ? 'lock.opening' : 'lock.open')}
        </Button>
      </p>
    </form>
  )
}

/** All that a locked desk shows. `waiting`: how many reports are open; `forgotten`: the other way in. */
export const LockScreen = ({ waiting, forgotten }: { waiting: number | undefined; forgotten: ReactNode }) => {
  useEffect(() => {
    document.title = say('bar.document-title', { title: say('lock.title') })
  }, [])
  return (
    <main className={styles.page}>
      <header>
        <h1 id="lock-h">
          <Icon name="lock" />
          {say('lock.title')}
        </h1>
        <p className={parts.soft}>{say('lock.says')}</p>
      </header>
      <OpenForm />
      {waiting !== undefined && <p className={parts.soft}>{say('lock.waiting', { count: waiting })}</p>}
      <details>
        <summary>{say('lock.forgotten')}</summary>
        {forgotten}
      </details>
    </main>
  )
}
