import type { ReactNode } from 'react'
import type { Decision } from '../../../../shared/contract/decisions.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useServer, useServers } from '../../client/servers.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { asksPerson, canTakeBack, decisionWords, doing, drawnAs, secondsLeft } from '../../ui/decision-words.ts'
import { seconds } from '../../ui/format.ts'
import { HintOf, KeyOf, useShortcut } from '../../ui/Keys.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { StateMark } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Whom } from '../../ui/Whom.tsx'
import { Words } from '../../ui/Words.tsx'
import styles from './HeldBar.module.css'
import { inOrder } from './held.ts'
import { useHand } from './store.ts'

type Bar = Output<'decisions.bar'>

const Entry = ({ decision, graceSeconds, isLast }: { decision: Decision; graceSeconds: number; isLast: boolean }) => {
  const now = useNow(1000)
  const server = useServer(decision.server)
  const several = useServers().length > 1
  const counts = decision.state === 'held' && decision.sendAt !== null && decision.waitingFor === null
  const left = counts && decision.sendAt !== null ? secondsLeft(decision.sendAt, now) : 0
  const host = server && several && <Domain name={server.domain} className={parts.quiet} />
  return (
    <li className={cx(canTakeBack(decision) && styles.waits, asksPerson(decision) && styles.asks)}>
      {counts && <progress className={styles.time} max={graceSeconds} value={left} aria-hidden="true" />}
      <button
        type="button"
        className={styles.entry}
        aria-haspopup="dialog"
        onClick={() => useHand.setState({ panel: decision.id })}
      >
        <StateMark state={drawnAs(decision)} />
        {server && <Mark server={server} />}
        {counts ? (
          <>
            <span className={parts.cut}>
              <Words code="decided.on" values={{ what: doing(decision.kind), who: <Whom decision={decision} /> }} />
            </span>
            {host && ' '}
            {host} <span className={styles.left}>{say('decided.in', { left: seconds(left) })}</span>
            {isLast && <HintOf command="take-back">{say('held.takes-back')}</HintOf>}
          </>
        ) : (
          <span className={parts.cut}>
            <Words
              code="decided.of"
              values={{ what: decisionWords(decision, now, server?.waitsUntil), who: <Whom decision={decision} /> }}
            />
            {host && ' '}
            {host}
          </span>
        )}
      </button>
    </li>
  )
}

/** What has no room in the bar, and all of it, a press away. */
const More = ({ count, look }: { count: number; look?: string | undefined }) => (
  <li className={cx(styles.more, look)}>
    <button
      type="button"
      className={styles.entry}
      aria-haspopup="dialog"
      aria-keyshortcuts={useShortcut('outbox')}
      onClick={() => useHand.setState({ outbox: true })}
    >
      {say('held.more', { count })}
      <KeyOf command="outbox" />
    </button>
  </li>
)

/** How many the bar shows; the rest is a number. */
const [WIDE, NARROW] = [5, 2]

/** `inBatches`: how many decisions of batches have not left either. */
type Shown = {
  bar: Bar | undefined
  batches: ReactNode
  inBatches: number
  /** What the key takes back, be it one of these or a batch. */
  last: string | null
}

/** The bar that is always there, also when nothing is held. `batches` stand before the single decisions. */
export const HeldBar = ({ bar, batches, inBatches, last }: Shown) => {
  const decisions = inOrder(bar?.decisions ?? [])
  const waiting = decisions.filter(canTakeBack)
  return (
    <section className={styles.held} aria-labelledby="held-h">
      <h2 className={styles.title} id="held-h">
        {say('held.title', { count: waiting.length + inBatches })}
        {bar && <span>{say('held.after', { left: seconds(bar.graceSeconds) })}</span>}
      </h2>
      {batches}
      {decisions.length === 0 && batches === null && <p className={styles.empty}>{say('held.empty')}</p>}
      <ol className={styles.list}>
        {decisions.slice(0, WIDE).map(decision => (
          <Entry
            key={decision.id}
            decision={decision}
            graceSeconds={bar?.graceSeconds ?? 10}
            isLast={decision.id === last}
          />
        ))}
        {decisions.length > WIDE && <More count={decisions.length - WIDE} />}
        {decisions.length > NARROW && <More count={decisions.length - NARROW} look={styles.narrow} />}
      </ol>
    </section>
  )
}
