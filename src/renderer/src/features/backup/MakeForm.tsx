import { type FormEvent, useId, useRef, useState } from 'react'
import { type Backup, PASSPHRASE_LENGTH } from '../../../../shared/contract/backup.ts'
import { Failure } from '../../../../shared/contract/failure.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine, useShell } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { bytes } from '../../ui/format.ts'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import { StateMark } from '../../ui/State.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import styles from './Backup.module.css'

const LONGEST_MS = 3_600_000

/** Where it went. A browser may have asked, or lost it: the button gives it once more. */
const Made = ({ made }: { made: Backup }) => {
  const shell = useShell()
  return (
    <div className={styles.made}>
      <p>
        <StateMark state="done">{say('backup.made', { size: bytes(made.bytes), entries: made.entries })}</StateMark>{' '}
        {shell.kind === 'browser' && (
          <Button look="bare" onClick={() => shell.saveExport(made.name)}>
            {made.name}
          </Button>
        )}
      </p>
      <p className={parts.soft}>
        {say('backup.made-elsewhere')} <bdi className={styles.path}>{made.file}</bdi>
      </p>
    </div>
  )
}

/** Why no backup can be made with what was typed; null when it can. A slip in a passphrase is found only when all depends on it. */
const wrongWith = (passphrase: string, again: string): Failure | null => {
  if (passphrase.length < PASSPHRASE_LENGTH)
    return new Failure('invalid-input', { reason: 'backup.short-passphrase', least: PASSPHRASE_LENGTH })
  return passphrase === again ? null : new Failure('invalid-input', { reason: 'backup.passphrases-differ' })
}

/** Makes a backup under a passphrase that is typed twice, and hands it over. */
export const MakeForm = () => {
  const engine = useEngine()
  const shell = useShell()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<Backup>()
  const [failure, setFailure] = useState<Failure>()
  const field = useRef<HTMLInputElement>(null)
  const [saysId, whyId] = [useId(), useId()]
  const make = async () => {
    setBusy(true)
    try {
      const written = await engine.call('backup.make', { passphrase }, { timeoutMs: LONGEST_MS })
      setPassphrase('')
      setAgain('')
      setMade(written)
      shell.saveExport(written.name)
    } catch (error) {
      setFailure(asFailure(error))
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const wrong = wrongWith(passphrase, again)
    setMade(undefined)
    setFailure(wrong ?? undefined)
    if (wrong) field.current?.focus()
    else void make()
  }
  const secret = {
    type: 'password',
    autoComplete: 'new-password',
    maxLength: 1024,
    'aria-describedby': failure ? `${saysId} ${whyId}` : saysId,
    'aria-invalid': failure?.code === 'invalid-input',
  } as const
  return (
    <form onSubmit={submit} className={styles.part}>
      <div className={styles.form}>
        <LineField label={say('backup.passphrase')} ref={field} {...secret} value={passphrase} onType={setPassphrase} />
        <LineField label={say('backup.again')} {...secret} value={again} onType={setAgain} />
        <Button type="submit" look="primary" aria-disabled={busy}>
          {say('backup.make')}
        </Button>
      </div>
      <p className={parts.quiet} id={saysId}>
        {say('backup.passphrase-says', { least: PASSPHRASE_LENGTH })}
      </p>
      {failure && (
        <div id={whyId}>
          <Trouble failure={failure} />
        </div>
      )}
      <div role="status">
        {busy && <p className={parts.soft}>{say('backup.making')}</p>}
        {made && <Made made={made} />}
      </div>
    </form>
  )
}
