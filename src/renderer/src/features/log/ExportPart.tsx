import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { LogFormat } from '../../../../shared/contract/log.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine, useShell } from '../../client/engine.tsx'
import { asFailure, type Output } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { bytes } from '../../ui/format.ts'
import { StateMark } from '../../ui/State.tsx'
import styles from './Log.module.css'

type Exported = Output<'log.export'>

const Saved = ({ exported }: { exported: Exported }) => {
  const shell = useShell()
  const url = shell.exportUrl(exported.name)
  return (
    <span className={styles.saved}>
      <StateMark state="done">
        {say('log.exported', { entries: exported.entries, size: bytes(exported.bytes) })}
      </StateMark>
      {url !== null && (
        <a href={url} download={exported.name}>
          {exported.name}
        </a>
      )}
    </span>
  )
}

/** Writes the log to a file and hands it over. Personal values stay out unless asked for. */
export const ExportPart = () => {
  const engine = useEngine()
  const shell = useShell()
  const [personal, setPersonal] = useState(false)
  const [exported, setExported] = useState<Exported>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const write = (format: LogFormat) => {
    setBusy(true)
    setFailure(undefined)
    setExported(undefined)
    engine
      .call('log.export', { format, personal }, { timeoutMs: 120_000 })
      .then(
        written => {
          setExported(written)
          shell.saveExport(written.name)
        },
        error => setFailure(asFailure(error)),
      )
      .finally(() => setBusy(false))
  }
  return (
    <div className={styles.tool}>
      <Button onClick={() => write('csv')} disabled={busy}>
        {say('log.export-csv')}
      </Button>
      <Button onClick={() => write('jsonl')} disabled={busy}>
        {say('log.export-jsonl')}
      </Button>
      <label className={controls.check}>
        <input type="checkbox" checked={personal} onChange={event => setPersonal(event.target.checked)} />
        {say('log.with-personal')}
      </label>
      <span role="status">
        {exported && <Saved exported={exported} />}
        {failure && <StateMark state="failed">{sayFailure(failure)}</StateMark>}
      </span>
    </div>
  )
}
