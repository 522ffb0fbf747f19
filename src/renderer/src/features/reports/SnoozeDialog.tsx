import { type FormEvent, useId, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Target } from '../../../../shared/contract/ids.ts'
import { SNOOZE_REASON } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { type Place, shortName, useWords } from '../../client/drafts.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { BackButton } from '../../ui/BackButton.tsx'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { Dialog } from '../../ui/Dialog.tsx'
import { dayAndTime } from '../../ui/format.ts'
import { Key } from '../../ui/Keys.tsx'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import styles from './SnoozeDialog.module.css'
import { fieldTime, fieldValue, snoozeTimes } from './snooze-times.ts'

type Shown = {
  reports: readonly Target[]
  /** Whether they are snoozed already: then they can be brought back. */
  away: boolean
  onClose(): void
  /** Once it is done; `away`: they left the queue. */
  onDone(away: boolean): void
}

/** The reason of one report is its own; that of several belongs to these together. */
const placeOf = (reports: readonly Target[]): Place => {
  const [first = '', ...others] = reports.map(({ server, id }) => `${server} ${id}`).sort()
  return { of: 'snooze', key: others.length === 0 ? first : `many ${shortName([first, ...others].join())}` }
}

/** Until when a report is left alone, and what it waits for. */
export const SnoozeDialog = ({ reports, away, onClose, onDone }: Shown) => {
  const engine = useEngine()
  const [now] = useState(() => Date.now())
  const times = snoozeTimes(now)
  const [until, setUntil] = useState<string>(fieldValue(times[1].at))
  const { words, keep: write, drop } = useWords(placeOf(reports), { reason: '' })
  const { reason } = words
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const formId = useId()
  const at = fieldTime(until)
  const act = async (run: () => Promise<unknown>, says: string, leaves: boolean) => {
    setBusy(true)
    try {
      await run()
      drop()
      announce(says)
      onDone(leaves)
    } catch (error) {
      setFailure(asFailure(error))
      setBusy(false)
    }
  }
  const snooze = (event: FormEvent) => {
    event.preventDefault()
    if (busy || at === null) return
    const says = say('snooze.done', { count: reports.length, at: dayAndTime(at, now) })
    void act(() => engine.call('reports.snooze', { reports: [...reports], until: at, reason }), says, true)
  }
  const wake = () =>
    void act(
      () => engine.call('reports.wake', { reports: [...reports] }),
      say('snooze.woken', { count: reports.length }),
      false,
    )
  return (
    <Dialog
      open
      onClose={onClose}
      focus={first}
      title={say('snooze.title', { count: reports.length })}
      foot={
        <>
          <Button type="submit" form={formId} look="primary" aria-disabled={busy || at === null}>
            {say('snooze.now', { at: at === null ? '' : dayAndTime(at, now) })}
            <Key>{say('key.enter')}</Key>
          </Button>
          <BackButton onClick={onClose} />
          {away && (
            <Button className={parts.push} aria-disabled={busy} onClick={wake}>
              {say('snooze.wake')}
            </Button>
          )}
        </>
      }
    >
      <form id={formId} className={styles.form} onSubmit={snooze}>
        <LineField
          label={say('snooze.reason')}
          ref={first}
          maxLength={SNOOZE_REASON}
          dir="auto"
          placeholder={say('snooze.for-example')}
          value={reason}
          onType={typed => write({ reason: typed })}
        />
        <fieldset className={styles.times}>
          <legend className={controls.label}>{say('snooze.until-when')}</legend>
          {times.map(({ name, at: then }) => (
            <label key={name} className={styles.time}>
              <input
                type="radio"
                name="until"
                checked={until === fieldValue(then)}
                onChange={() => setUntil(fieldValue(then))}
              />
              {say(`snooze.time.${name}`)}
              <span className={parts.quiet}>{dayAndTime(then, now)}</span>
            </label>
          ))}
        </fieldset>
        <LineField
          label={say('snooze.other-time')}
          type="datetime-local"
          min={fieldValue(now)}
          value={until}
          onType={setUntil}
        />
        {failure && <Trouble failure={failure} />}
        <p className={parts.quiet}>{say('snooze.says')}</p>
      </form>
    </Dialog>
  )
}
