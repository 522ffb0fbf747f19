import { useState } from 'react'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useLive } from '../../client/use-live.ts'
import { Choice } from '../../ui/Choice.tsx'
import { dayAndTime, span } from '../../ui/format.ts'
import page from '../../ui/page.module.css'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import { Ended } from './Ended.tsx'
import styles from './Handover.module.css'
import { Seen } from './Seen.tsx'
import { Stale } from './Stale.tsx'
import { Waits } from './Waits.tsx'
import type { Ways } from './ways.ts'

type Told = Output<'handover.read'>

const spans = ['last', 'day', 'week'] as const
type Span = (typeof spans)[number]
const DAY_MS = 86_400_000

const isQuiet = ({ seen, ended, waits, stale }: Told) =>
  seen.length + ended.length + stale.signups === 0 &&
  [stale.old, stale.back, stale.mine].every(({ count }) => count === 0) &&
  Object.values(waits).every(count => count === 0)

const Since = ({ told, chosen }: { told: Told; chosen: Span }) => {
  const now = useNow(60_000)
  const at = dayAndTime(told.since, now)
  if (chosen !== 'last') return say('handover.since', { at })
  return told.left === null
    ? say('handover.new-desk', { at })
    : say('handover.left', { at, span: span(now - told.since) })
}

/** What happened since one last sat here, for who comes back or takes over: what waits, what lies, what others did, how it ended. */
export const HandoverScreen = ({ ways }: { ways: Ways }) => {
  const [chosen, setChosen] = useState<Span>('last')
  const [opened] = useState(() => Date.now())
  const since = chosen === 'last' ? null : opened - (chosen === 'day' ? DAY_MS : 7 * DAY_MS)
  const live = useLive('handover.read', { since })
  const told = live.data ?? live.before
  return (
    <main className={page.page} aria-labelledby="handover-h" aria-busy={live.loading}>
      <header className={page.head}>
        <div className={parts.line}>
          <h1 id="handover-h">{say('handover.title')}</h1>
          <span className={parts.push} />
          <Choice
            label={say('handover.span')}
            value={chosen}
            options={spans.map(value => ({ value, says: say(`handover.span.${value}`) }))}
            onPick={(value: Span) => setChosen(value)}
          />
        </div>
        <p className={parts.soft} role="status">
          {told ? <Since told={told} chosen={chosen} /> : say('handover.reading')}
        </p>
      </header>
      {live.failure && (
        <p className={styles.trouble} role="alert">
          {sayFailure(live.failure)}
        </p>
      )}
      {told && isQuiet(told) && <p className={page.empty}>{say('handover.quiet')}</p>}
      {told && !isQuiet(told) && (
        <div className={styles.parts}>
          <Waits waits={told.waits} ways={ways} />
          <Stale stale={told.stale} ways={ways} />
          <Seen seen={told.seen} more={told.more} ways={ways} />
          <Ended ended={told.ended} />
        </div>
      )}
    </main>
  )
}
