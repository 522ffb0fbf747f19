import type { Batch } from '../../../../shared/contract/batches.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useLive } from '../../client/use-live.ts'
import { BackButton } from '../../ui/BackButton.tsx'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { DecisionRow, DecisionRows } from '../../ui/DecisionRows.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { kindName } from '../../ui/decision-words.ts'
import { number } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { StateMark } from '../../ui/State.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Batches.module.css'
import { Hosts } from './Hosts.tsx'
import { useBundle } from './store.ts'
import { useBatchActs } from './use-batch-acts.ts'
import { batchWords, lines, pauseWords, sent, timeLeft, waiting } from './words.ts'

const Counts = ({ batch }: { batch: Batch }) => (
  <table className={styles.counts}>
    <caption className={parts.unseen}>{say('batch.counts')}</caption>
    <tbody>
      {lines(batch).map(({ state, count }) => (
        <tr key={state}>
          <th scope="row">
            <StateMark state={state}>{say(`batch.line.${state}`)}</StateMark>
          </th>
          <td className={parts.num}>{number(count)}</td>
          <td className={parts.soft}>{say(`batch.line.${state}.says`)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** Which of it did not come about, or may not have, each with its steps a press away. */
const Troubles = ({ batch, onLook }: { batch: Batch; onLook(decision: string): void }) => {
  const troubled = lines(batch).some(({ state }) => state === 'failed' || state === 'unknown')
  const decisions = useLive('batches.trouble', troubled ? { id: batch.id } : null).data?.decisions ?? []
  if (decisions.length === 0) return null
  return (
    <DecisionRows label={say('batch.troubles')}>
      {decisions.map(decision => (
        <DecisionRow key={decision.id} decision={decision}>
          <Button onClick={() => onLook(decision.id)}>{say('needs.look')}</Button>
        </DecisionRow>
      ))}
    </DecisionRows>
  )
}

type Shown = { needs: string; onLook(decision: string): void }

const Panel = ({ batch, needs, onLook, onClose }: Shown & { batch: Batch; onClose(): void }) => {
  const now = useNow(1000)
  const acts = useBatchActs()
  const goesOn = batch.state !== 'ended'
  const left = timeLeft(batch.secondsLeft)
  const why = pauseWords(batch)
  const shortcut = useShortcut('pause')
  return (
    <Dialog
      open
      onClose={onClose}
      title={kindName(batch.kind)}
      foot={
        <>
          {batch.state === 'paused' && (
            <Button
              look="primary"
              disabled={acts.busy}
              aria-keyshortcuts={shortcut}
              onClick={() => acts.resume(batch.id)}
            >
              {say('batch.resume')}
              <KeyOf command="pause" />
            </Button>
          )}
          {(batch.state === 'running' || batch.state === 'held') && (
            <Button disabled={acts.busy} aria-keyshortcuts={shortcut} onClick={() => acts.pause(batch.id)}>
              {say('batch.pause')}
              <KeyOf command="pause" />
            </Button>
          )}
          {goesOn && waiting(batch) > 0 && (
            <Button disabled={acts.busy} onClick={() => acts.takeBack(batch.id)}>
              <Icon name="undo" small />
              {say('batch.take-back', { count: waiting(batch) })}
            </Button>
          )}
          <span className={parts.push} />
          <BackButton look="bare" onClick={onClose} />
        </>
      }
    >
      <p className={parts.line}>
        <span className={parts.strong}>{batchWords(batch, now)}</span>
        <span className={parts.push} />
        {goesOn && left !== null && <span className={parts.soft}>{say('batch.time-left', { left })}</span>}
      </p>
      <Hosts of={batch.servers} />
      {batch.label !== '' && (
        <p className={parts.soft}>
          <bdi>{batch.label}</bdi>
        </p>
      )}
      {why !== null && <p className={styles.box}>{why}</p>}
      <progress
        className={controls.meter}
        max={batch.size}
        value={sent(batch)}
        aria-label={say('batch.sent-of', { sent: sent(batch), size: batch.size })}
      />
      <Counts batch={batch} />
      <Troubles
        batch={batch}
        onLook={decision => {
          onClose()
          onLook(decision)
        }}
      />
      {lines(batch).some(({ state }) => state === 'unknown') && (
        <p>
          <a href={needs} onClick={onClose}>
            {say('batch.look-again')}
          </a>
        </p>
      )}
      {acts.failure && <Trouble failure={acts.failure} />}
    </Dialog>
  )
}

/**
 * One batch with true counts, what can be done with the whole of it, and which of it did not come about. `needs`: where all that is of unknown
 * outcome is looked at; `onLook`: shows one decision.
 */
export const BatchPanel = ({ needs, onLook }: Shown) => {
  const id = useBundle(bundle => bundle.panel)
  const all = useLive('batches.list', id === null ? null : { all: true })
  const batch = all.data?.batches.find(each => each.id === id)
  return batch ? (
    <Panel batch={batch} needs={needs} onLook={onLook} onClose={() => useBundle.setState({ panel: null })} />
  ) : null
}
