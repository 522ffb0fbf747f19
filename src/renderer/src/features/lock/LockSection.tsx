import { type FormEvent, useState } from 'react'
import { Failure } from '../../../../shared/contract/failure.ts'
import { LOCK_LENGTH } from '../../../../shared/contract/lock.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Choice.tsx'
import controls from '../../ui/controls.module.css'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Lock.module.css'
import { useForm } from './use-form.tsx'

const choices = [2, 5, 15, 30, 60]

const Minutes = ({ value, onPick }: { value: number; onPick(minutes: number): void }) => (
  <div className={styles.minutes}>
    <span className={controls.label} aria-hidden>
      {say('lock.after')}
    </span>
    <Chip
      label={say('lock.after')}
      value={`${value}`}
      options={[...new Set([...choices, value])]
        .sort((one, other) => one - other)
        .map(minutes => ({ value: `${minutes}`, says: say('lock.minutes', { minutes }) }))}
      onPick={picked => onPick(Number(picked))}
    />
  </div>
)

/** A slip in a passphrase is found only at a locked desk. */
const wrongWith = (passphrase: string, again: string): Failure | null => {
  if (passphrase.length < LOCK_LENGTH)
    return new Failure('invalid-input', { reason: 'lock.short-passphrase', least: LOCK_LENGTH })
  return passphrase === again ? null : new Failure('invalid-input', { reason: 'backup.passphrases-differ' })
}

const ChooseForm = () => {
  const engine = useEngine()
  const { passphrase, setPassphrase, attempt, secret, trouble, busy, field } = useForm()
  const [again, setAgain] = useState('')
  const [afterMinutes, setAfterMinutes] = useState(15)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const choose = async () => {
      const wrong = wrongWith(passphrase, again)
      if (wrong) throw wrong
      await engine.call('lock.choose', { passphrase, afterMinutes })
    }
    void attempt(choose, say('lock.chosen'))
  }
  return (
    <form onSubmit={submit} className={styles.part}>
      <div className={styles.fields}>
        <LineField
          label={say('lock.new-passphrase')}
          autoComplete="new-password"
          ref={field}
          {...secret}
          value={passphrase}
          onType={setPassphrase}
        />
        <LineField label={say('lock.again')} autoComplete="new-password" {...secret} value={again} onType={setAgain} />
        <Minutes value={afterMinutes} onPick={setAfterMinutes} />
        <Button type="submit" aria-disabled={busy}>
          {say('lock.choose')}
        </Button>
      </div>
      {trouble}
    </form>
  )
}

const ChangeForm = ({ now }: { now: number }) => {
  const engine = useEngine()
  const { passphrase, setPassphrase, attempt, secret, trouble, busy, field } = useForm()
  const [afterMinutes, setAfterMinutes] = useState(now)
  const change = (to: number | null) =>
    void attempt(
      () => engine.call('lock.change', { passphrase, afterMinutes: to }),
      say(to === null ? 'lock.given-up' : 'lock.changed'),
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change(afterMinutes)
  }
  return (
    <form onSubmit={submit} className={styles.part}>
      <p className={parts.line}>
        {say('lock.stands', { minutes: now })}
        <Button onClick={() => void engine.call('lock.now', {}).catch(() => {})}>{say('lock.now')}</Button>
      </p>
      <div className={styles.fields}>
        <LineField
          label={say('lock.passphrase')}
          autoComplete="current-password"
          ref={field}
          {...secret}
          value={passphrase}
          onType={setPassphrase}
        />
        <Minutes value={afterMinutes} onPick={setAfterMinutes} />
        <Button type="submit" aria-disabled={busy}>
          {say('lock.change')}
        </Button>
        <Button aria-disabled={busy} onClick={() => change(null)}>
          {say('lock.give-up')}
        </Button>
      </div>
      {trouble}
    </form>
  )
}

/** Whether the desk locks when nobody is there, and after how long. */
export const LockSection = () => {
  const { data } = useLive('lock.state', {})
  return (
    <section className={styles.part} aria-labelledby="lock-h" aria-busy={!data}>
      <h2 id="lock-h">{say('lock.name')}</h2>
      <p className={parts.soft}>{say('lock.name-says')}</p>
      {data && (data.afterMinutes === null ? <ChooseForm /> : <ChangeForm now={data.afterMinutes} />)}
    </section>
  )
}
