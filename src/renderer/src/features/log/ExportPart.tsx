import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { LogFormat } from '../../../../shared/contract/log.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine, useShell } from '../../client/engine.tsx'
import type { Output } from '../../client/question.ts'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { bytes } from '../../ui/format.ts'
import { StateMark } from '../../ui/State.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import styles from './Log.module.css'

const PATIENCE = { timeoutMs: 120_000 }

type Exported = Output<'log.export'>

const Saved = ({ exported }: { exported: Exported }) => {
  const shell = useShell()
  return (
    <span className={styles.saved}>
      <StateMark state="done">
        {say('log.exported', { entries: exported.entries, size: bytes(exported.bytes) })}
      </StateMark>
      {shell.kind === 'browser' && (
        <Button look="bare" onClick={() => shell.saveExport(exported.name)}>
          {exported.name}
        </Button>
      )}
    </span>
  )
}

type Asked = { format: LogFormat; found: Output<'log.hits'> | null }

/** Writes the log to a file and hands it over. What goes into it is shown first; personal values stay out unless asked for. */
export const ExportPart = () => {
  const engine = useEngine()
  const shell = useShell()
  const [personal, setPersonal] = useState(false)
  const [exported, setExported] = useState<Exported>()
  const [asked, setAsked] = useState<Asked>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const doing = (run: () => Promise<void>) => {
    setBusy(true)
    setFailure(undefined)
    setExported(undefined)
    run()
      .catch(error => setFailure(asFailure(error)))
      .finally(() => setBusy(false))
  }
  const write = async (format: LogFormat, hits: number) => {
    const written = await engine.call('log.export', { format, personal, hits }, PATIENCE)
    setExported(written)
    shell.saveExport(written.name)
  }
  const begin = (format: LogFormat) =>
    doing(async () => setAsked({ format, found: personal ? null : await engine.call('log.hits', {}, PATIENCE) }))
  return (
    <div className={styles.tool}>
      <Button onClick={() => begin('csv')} disabled={busy}>
        {say('log.export-csv')}
      </Button>
      <Button onClick={() => begin('jsonl')} disabled={busy}>
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
      {asked && (
        <ExportDialog
          format={asked.format}
          found={asked.found}
          onClose={() => setAsked(undefined)}
          onWrite={() => {
            setAsked(undefined)
            doing(() => write(asked.format, asked.found?.total ?? 0))
          }}
        />
      )}
    </div>
  )
}
