import type { Batch } from '../../../../shared/contract/batches.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useServers } from '../../client/servers.tsx'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { kindName } from '../../ui/decision-words.ts'
import { dayAndTime } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import page from '../../ui/page.module.css'
import parts from '../../ui/parts.module.css'
import { StateMark } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Batches.module.css'
import { useBundle } from './store.ts'
import { batchWords, lookOfBatch, pauseWords } from './words.ts'

const Row = ({ batch }: { batch: Batch }) => {
  const now = useNow(30_000)
  const servers = useServers().filter(({ key }) => batch.servers.includes(key))
  return (
    <li className={cx(page.row, styles.asking)}>
      <span className={parts.line}>
        {servers.map(server => (
          <Mark key={server.key} server={server} />
        ))}
      </span>
      <strong className={styles.kind}>{kindName(batch.kind)}</strong>
      <span className={parts.cut}>
        <StateMark state={lookOfBatch(batch)}>{batchWords(batch, now)}</StateMark>{' '}
        <span className={parts.quiet}>{pauseWords(batch)}</span>
      </span>
      <span className={parts.quiet}>{dayAndTime(batch.armedAt, now)}</span>
      <Button onClick={() => useBundle.setState({ panel: batch.id })}>{say('needs.look')}</Button>
    </li>
  )
}

/** Batches that something stopped, as rows among what needs a person. */
export const BatchesAsking = ({ batches }: { batches: readonly Batch[] }) =>
  batches.map(batch => <Row key={batch.id} batch={batch} />)
