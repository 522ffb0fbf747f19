import { type FormEvent, type ReactNode, useEffect } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Lock.module.css'
import { useForm } from './use-form.tsx'

/** The passphrase, once more for each wrong one. That the desk is open is told to everyone who shows it, by the engine. */
const OpenForm = () => {
  const engine = useEngine()
  const { passphrase, setPassphrase, attempt, secret, trouble, failure, busy, field } = useForm()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    field.current?.focus()
    if (passphrase !== '') void attempt(() => engine.call('lock.open', { passphrase }))
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-labelledby="lock-h">
      <LineField
        label={say('lock.passphrase')}
        autoComplete="current-password"
        autoFocus
        required
        ref={field}
        {...secret}
        aria-invalid={failure?.code === 'not-allowed'}
        value={passphrase}
        onType={setPassphrase}
      />
      {trouble}
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
