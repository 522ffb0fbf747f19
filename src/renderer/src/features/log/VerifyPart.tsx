import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { LogVerdict } from '../../../../shared/contract/log.ts'
import { say, sayCode, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { StateMark } from '../../ui/State.tsx'
import styles from './Log.module.css'

const verdictWords = ({ ok, entries, firstBad }: LogVerdict) =>
  ok || firstBad === null
    ? say('verdict.ok', { entries })
    : say('log.broken', { why: sayCode(firstBad.why, { seq: firstBad.seq }) })

/** Proves the log from its first entry to its last. */
export const VerifyPart = () => {
  const engine = useEngine()
  const [verdict, setVerdict] = useState<LogVerdict>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const verify = () => {
    setBusy(true)
    setFailure(undefined)
    setVerdict(undefined)
    engine
      .call('log.verify', {}, { timeoutMs: 120_000 })
      .then(setVerdict, error => setFailure(asFailure(error)))
      .finally(() => setBusy(false))
  }
  return (
    <div className={styles.tool}>
      <Button onClick={verify} disabled={busy}>
        {say(busy ? 'log.verifying' : 'log.verify')}
      </Button>
      <span role="status">
        {verdict && <StateMark state={verdict.ok ? 'done' : 'failed'}>{verdictWords(verdict)}</StateMark>}
        {failure && <StateMark state="failed">{sayFailure(failure)}</StateMark>}
      </span>
    </div>
  )
}
