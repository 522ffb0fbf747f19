import type { Batch } from '../../../../shared/contract/batches.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useServers } from '../../client/servers.tsx'
import { cx } from '../../ui/cx.ts'
import { secondsLeft } from '../../ui/decision-words.ts'
import { HintOf } from '../../ui/Keys.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { StateMark } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Batches.module.css'
import { useBundle } from './store.ts'
import { batchWords, countsDown, lookOfBatch, sent } from './words.ts'

type Shown = {
  graceSeconds: number
  /** What the key takes back, be it one of these or a single decision. */
  last: string | null
}

const Entry = ({ batch, graceSeconds, last }: Shown & { batch: Batch }) => {
  const now = useNow(1000)
  const servers = useServers()
  const [value, max] = countsDown(batch, now)
    ? [secondsLeft(batch.sendAt, now), graceSeconds]
    : [sent(batch), batch.size]
  return (
    <li className={cx(styles.entry, batch.state === 'paused' && styles.asks)}>
      <progress className={styles.time} max={max} value={value} aria-hidden="true" />
      <button type="button" aria-haspopup="dialog" onClick={() => useBundle.setState({ panel: batch.id })}>
        <StateMark state={lookOfBatch(batch)} />
        {servers
          .filter(({ key }) => batch.servers.includes(key))
          .map(server => (
            <Mark key={server.key} server={server} />
          ))}
        <span className={parts.cut}>{batchWords(batch, now)}</span>
        {batch.id === last && <HintOf command="take-back">{say('held.takes-back')}</HintOf>}
      </button>
    </li>
  )
}

/** The batches of the held bar: those that go on, and those that ended a moment ago. */
export const BatchEntries = ({ batches, ...shown }: Shown & { batches: Output<'batches.list'>['batches'] }) => (
  <ol className={styles.entries} aria-label={say('batch.title')}>
    {batches.map(batch => (
      <Entry key={batch.id} batch={batch} {...shown} />
    ))}
  </ol>
)
