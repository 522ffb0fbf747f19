import { useDeferredValue, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { EraseReason } from '../../../../shared/contract/log.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Output } from '../../client/question.ts'
import { useServers } from '../../client/servers.tsx'
import { asFailure, useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip, Choice } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { number } from '../../ui/format.ts'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import { StateMark } from '../../ui/State.tsx'
import styles from './Dialogs.module.css'

type Touched = Output<'log.touched'>
const reasons: readonly EraseReason[] = ['request', 'retention', 'other']

/** How much of a person stands here. */
const TouchedPart = ({ touched }: { touched: Touched }) => (
  <>
    <p>
      {touched.handles.map(handle => (
        <bdi key={handle} className={styles.text}>
          {handle}{' '}
        </bdi>
      ))}
    </p>
    <dl className={styles.touched}>
      {(['entries', 'values', 'decisions', 'notes', 'posts'] as const).map(name => (
        <div key={name} className={parts.line}>
          <dt>{number(touched[name])}</dt>
          <dd>{say(`erase.touched-${name}`, { count: touched[name] })}</dd>
        </div>
      ))}
    </dl>
    {touched.openReports > 0 && <p className={parts.soft}>{say('erase.posts-stay', { count: touched.openReports })}</p>}
  </>
)

/** Erases a person from this computer: first what that touches, then, for good, that. */
export const EraseDialog = ({ onClose }: { onClose(): void }) => {
  const engine = useEngine()
  const servers = useServers()
  const field = useRef<HTMLInputElement>(null)
  const [handle, setHandle] = useState('')
  const [server, setServer] = useState(servers[0]?.key ?? '')
  const [reason, setReason] = useState<EraseReason>('request')
  const [erased, setErased] = useState<Touched>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const typed = useDeferredValue(handle.trim())
  // A handle without its server is that of a member, and then one must say where.
  const needsServer = typed !== '' && !typed.replace(/^@/, '').includes('@')
  const who = typed === '' ? null : needsServer ? { handle: typed, server } : { handle: typed }
  const live = useLive('log.touched', erased ? null : who)
  const touched = live.data
  const erase = () => {
    if (!who || !touched) return
    setBusy(true)
    setFailure(undefined)
    engine
      .call('log.erase', { ...who, reason, entries: touched.entries }, { timeoutMs: 120_000 })
      .then(setErased, error => setFailure(asFailure(error)))
      .finally(() => setBusy(false))
  }
  const some = touched && touched.entries + touched.decisions + touched.notes + touched.posts > 0
  const trouble = failure ?? live.failure
  return (
    <Dialog
      open
      onClose={onClose}
      title={say('erase.title')}
      focus={field}
      foot={
        <>
          {!erased && (
            <Button look="danger" disabled={busy || !some || touched.undecided > 0} onClick={erase}>
              {say('erase.do')}
            </Button>
          )}
          <Button onClick={onClose}>{say('sheet.back')}</Button>
        </>
      }
    >
      {erased ? (
        <p role="status">
          <StateMark state="done">{say('erase.done', { values: erased.values, entries: erased.entries })}</StateMark>
        </p>
      ) : (
        <>
          <p className={parts.soft}>{say('erase.says')}</p>
          <div className={styles.pair}>
            <LineField
              label={say('erase.handle')}
              ref={field}
              placeholder={say('erase.example')}
              spellCheck={false}
              maxLength={400}
              value={handle}
              onType={setHandle}
            />
            {needsServer && servers.length > 1 && (
              <Chip
                label={say('log.filter.server')}
                value={server}
                options={servers.map(({ key, domain }) => ({ value: key, says: domain }))}
                onPick={setServer}
              />
            )}
          </div>
          <div role="status">
            {touched && (some ? <TouchedPart touched={touched} /> : <p>{say('erase.nothing')}</p>)}
            {touched && touched.undecided > 0 && <p className={parts.error}>{say('erase.undecided')}</p>}
          </div>
          <Choice
            label={say('erase.reason')}
            value={reason}
            options={reasons.map(value => ({ value, says: say(`erase.reason-${value}`) }))}
            onPick={(picked: EraseReason) => setReason(picked)}
          />
        </>
      )}
      {trouble && (
        <p className={parts.error} role="alert">
          {sayFailure(trouble)}
        </p>
      )}
    </Dialog>
  )
}
